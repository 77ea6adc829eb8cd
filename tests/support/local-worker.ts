/** Dateline in a process of its own, in a folder of its own: the Worker as `npm start` runs it, without articles. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "smol-toml";
import { withQueues } from "../../src/cli/local-worker.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const WRANGLER = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
/** The administrator's token. */
export const TOKEN = "a-long-token-for-the-tests-of-processes";
// The first hides the warning that cron triggers don't run locally, the second the keyboard menu.
const QUIET = ["--test-scheduled", "--show-interactive-dev-session=false", "--log-level=warn"];
// By itself each of several that start at once finds the usual port free, and all but one fail.
const ANY_INSPECTOR = ["--inspector-port", "0"];
// Only ends a test that hangs.
const PATIENCE_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 50;
// As src/index.ts imports it.
const SITE_FILE = "../content/site.json";

/** How a fan-out is spread: by calls of the Worker to itself, or by Cloudflare Queues. */
export type Spread = "couriers" | "queues";

export type Options = {
  spread?: Spread;
  /** The content of site.json, where it isn't the project's. */
  site?: object;
};

export type LocalWorker = AsyncDisposable & {
  origin: string;
  /**
   * Sends an administrator's request.
   * @returns the body of the answer
   * @throws Error for a refusal
   */
  send: (method: string, path: string, type: string, body?: RequestInit["body"]) => Promise<string>;
  /** The same, whatever the answer. */
  ask: (method: string, path: string, type: string, body?: RequestInit["body"]) => Promise<Response>;
  /** The same with JSON both ways. @param body sent as JSON */
  api: (method: string, path: string, body?: unknown) => Promise<unknown>;
};

/** Starts Dateline with a hub that takes callbacks on this machine. */
export async function startWorker({ spread = "couriers", site }: Options = {}): Promise<LocalWorker> {
  const folder = await mkdtemp(join(tmpdir(), "dateline-worker-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const siteFile = site === undefined ? undefined : join(folder, "site.json");
  if (siteFile !== undefined) await writeFile(siteFile, JSON.stringify(site));
  await writeFile(join(folder, "wrangler.toml"), await configuration(spread, siteFile));
  await writeFile(join(folder, ".dev.vars"), `EDITOR_TOKEN=${TOKEN}\n`);
  const worker = spawn(
    process.execPath,
    [WRANGLER, "dev", "--port", String(port), ...ANY_INSPECTOR, ...variables(origin), ...QUIET],
    { cwd: folder, stdio: ["ignore", "inherit", "inherit"] },
  );
  const stop = async (): Promise<void> => {
    if (worker.exitCode === null && worker.kill("SIGTERM")) await once(worker, "exit");
    // The runtime may still write for a moment.
    await rm(folder, { recursive: true, maxRetries: 10 });
  };
  await ready(worker, origin).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const ask: LocalWorker["ask"] = (method, path, type, body) =>
    fetch(`${origin}${path}`, {
      method,
      headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": type },
      ...(body !== undefined && { body }),
    });
  const send: LocalWorker["send"] = async (method, path, type, body) => {
    const response = await ask(method, path, type, body);
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was refused: ${answer}`);
    return answer;
  };
  return {
    origin,
    ask,
    send,
    api: async (method, path, body) =>
      JSON.parse(await send(method, path, "application/json", JSON.stringify(body))),
    [Symbol.asyncDispose]: stop,
  };
}

function variables(origin: string): string[] {
  return ["--var", `SITE_URL:${origin}`, "--var", "HUB_ALLOW_LOOPBACK:true"];
}

/** The project's configuration, for a folder elsewhere: what wrangler writes stays there. */
async function configuration(spread: Spread, siteFile: string | undefined): Promise<string> {
  const text = await readFile(join(ROOT, "wrangler.toml"), "utf8");
  const project = parse(spread === "queues" ? withQueues(text) : text);
  return stringify({
    ...project,
    main: join(ROOT, "src/index.ts"),
    alias: {
      sax: join(ROOT, "src/render/without-parser.ts"),
      ...(siteFile !== undefined && { [SITE_FILE]: siteFile }),
    },
  });
}

/** A port that nobody uses. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const address = server.address();
  const closed = once(server, "close");
  server.close();
  await closed;
  if (address === null || typeof address === "string") throw new Error("There is no free port");
  return address.port;
}

/** Waits until the Worker answers. */
async function ready(worker: ChildProcess, origin: string): Promise<void> {
  await until(async () => {
    if (worker.exitCode !== null) throw new Error(`wrangler dev ended (${worker.exitCode})`);
    return (await fetch(`${origin}/health`).catch(() => undefined))?.ok ?? false;
  }, `${origin} didn't answer`);
}

/** Waits for a condition. @throws Error with the message when it never holds */
export async function until(isReached: () => Promise<boolean>, message: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error(message);
    await sleep(POLL_MILLISECONDS);
  }
}
