/** A site on this machine as `npm start` makes it, and the command line that speaks to it. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const START_MILLISECONDS = 90_000;
const VISIBLE_MILLISECONDS = 10_000;
const POLL_MILLISECONDS = 200;

/** The process, and its output up to the feeds' addresses. */
export type Running = { child: ChildProcess; printed: string };

/** Runs `npm start` on a port. @param options further ones */
export async function start(port: number, ...options: string[]): Promise<Running> {
  const child = spawn("npm", ["start", "--", "--port", String(port), ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let printed = "";
  const read = (chunk: Buffer): void => {
    printed += chunk.toString();
    if (printed.includes("Press Ctrl-C to stop.")) resolve(printed);
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  child.once("exit", () => reject(new Error(`npm start ended: ${printed}`)));
  const timer = setTimeout(
    () => reject(new Error(`npm start said too little: ${printed}`)),
    START_MILLISECONDS,
  );
  const whole = await promise.finally(() => clearTimeout(timer));
  return { child, printed: whole };
}

/** Sends Ctrl-C, as a terminal does, to the whole process group. */
export async function stop(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => child.once("exit", resolve));
  if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
  await exited;
}

/** Fetches an address until its body matches, or until a person would give up. */
export async function until(url: string, text: RegExp): Promise<{ response: Response; body: string }> {
  const deadline = Date.now() + VISIBLE_MILLISECONDS;
  for (;;) {
    const response = await fetch(url);
    const body = await response.text();
    if (text.test(body) || Date.now() > deadline) return { response, body };
    await sleep(POLL_MILLISECONDS);
  }
}

/** Runs a command; returns its exit code and its output. */
export async function dateline(
  origin: string,
  ...words: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const run = promisify(execFile)("npm", ["run", "-s", "dateline", "--", ...words], {
    env: { ...process.env, DATELINE_URL: origin },
    maxBuffer: 64 * 1024 * 1024,
  });
  const { child } = run;
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  return { code: child.exitCode ?? 0, stdout, stderr };
}
