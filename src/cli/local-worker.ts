/** The Worker on this machine: wrangler dev in a child process. */
import { type ChildProcess, spawn } from "node:child_process";
import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { makePrivateFolder } from "./files/private.ts";

const WRANGLER = "node_modules/wrangler/bin/wrangler.js";
const STATE = ".wrangler";
const READY_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 100;

/** Whether a server listens on a local port already. */
export function isPortInUse(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "localhost" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/**
 * Starts the Worker with local KV and local Durable Objects. Their data stays in `.wrangler` between starts, a folder
 * that only its owner may enter.
 * @param origin the address of the site, its SITE_URL
 * @returns the process, once the Worker answers
 * @throws Error when the process ends, or the Worker doesn't answer in time
 */
export async function startWorker(origin: string, port: number): Promise<ChildProcess> {
  await makePrivateFolder(STATE);
  const child = spawn(
    process.execPath,
    [WRANGLER, "dev", "--port", String(port), "--var", `SITE_URL:${origin}`, ...QUIET],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  const stop = (): void => {
    child.kill("SIGTERM");
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  // An error that ends this process must not leave the Worker running.
  process.once("exit", stop);
  const ended = new Promise<never>((_resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`wrangler dev ended (${code ?? signal})`)));
  });
  ended.catch(() => undefined);
  try {
    await Promise.race([waitUntilReady(`${origin}/health`), ended]);
  } catch (error) {
    stop();
    throw error;
  }
  return child;
}

// The first hides the warning that cron triggers don't run locally, the second the keyboard menu.
const QUIET = ["--test-scheduled", "--show-interactive-dev-session=false", "--log-level=warn"];

async function waitUntilReady(address: string): Promise<void> {
  const deadline = Date.now() + READY_MILLISECONDS;
  while (Date.now() < deadline) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok) return;
    await sleep(POLL_MILLISECONDS);
  }
  throw new Error(`The Worker did not answer at ${address}`);
}
