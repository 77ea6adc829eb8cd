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
const TOKEN = "a-long-token-for-the-tests-of-the-hub";
// The first hides the warning that cron triggers don't run locally, the second the keyboard menu.
const QUIET = ["--test-scheduled", "--show-interactive-dev-session=false", "--log-level=warn"];
// Only ends a test that hangs.
const PATIENCE_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 50;

/** How a fan-out is spread: by calls of the Worker to itself, or by Cloudflare Queues. */
export type Spread = "couriers" | "queues";

export type Site = AsyncDisposable & {
  origin: string;
  /** Publishes a wire document under an id. @throws Error when it is refused */
  publish: (id: string, document: string) => Promise<void>;
  /** An administrator's request to the API. @param body sent as JSON. @returns the answer's JSON. @throws Error for a refusal */
  api: (method: string, path: string, body?: unknown) => Promise<unknown>;
};

/** Starts Dateline with a hub that takes callbacks on this machine. */
export async function startSite(spread: Spread = "couriers"): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "dateline-hub-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  await writeFile(join(folder, "wrangler.toml"), await configuration(spread));
  await writeFile(join(folder, ".dev.vars"), `EDITOR_TOKEN=${TOKEN}\n`);
  const worker = spawn(
    process.execPath,
    [WRANGLER, "dev", "--port", String(port), ...variables(origin), ...QUIET],
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
  return {
    origin,
    publish: (id, document) => publish(origin, id, document),
    api: (method, path, body) => ask(origin, method, path, body),
    [Symbol.asyncDispose]: stop,
  };
}

function variables(origin: string): string[] {
  return ["--var", `SITE_URL:${origin}`, "--var", "HUB_ALLOW_LOOPBACK:true"];
}

/** The project's configuration, for a folder elsewhere: what wrangler writes stays there. */
async function configuration(spread: Spread): Promise<string> {
  const text = await readFile(join(ROOT, "wrangler.toml"), "utf8");
  const project = parse(spread === "queues" ? withQueues(text) : text);
  return stringify({
    ...project,
    main: join(ROOT, "src/index.ts"),
    alias: { sax: join(ROOT, "src/render/without-parser.ts") },
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

async function publish(origin: string, id: string, document: string): Promise<void> {
  await send(origin, "PUT", `/api/articles/${id}`, "text/plain", document);
}

async function ask(origin: string, method: string, path: string, body: unknown): Promise<unknown> {
  return JSON.parse(await send(origin, method, path, "application/json", JSON.stringify(body)));
}

/** Sends an administrator's request. @returns the answer's body. @throws Error for a refusal */
async function send(
  origin: string,
  method: string,
  path: string,
  type: string,
  body: string | undefined,
): Promise<string> {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": type },
    ...(body !== undefined && { body }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was refused: ${answer}`);
  return answer;
}

/** Waits for a condition. @throws Error with the message when it never holds */
export async function until(isReached: () => Promise<boolean>, message: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error(message);
    await sleep(POLL_MILLISECONDS);
  }
}
