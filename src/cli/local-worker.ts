/** The Worker on this machine: wrangler dev in a child process. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { makePrivateFolder } from "./files/private.ts";

const CONFIGURATION = "wrangler.toml";
// Beside the file that it is made of: paths in it, and .dev.vars, are found from there.
const WITH_QUEUES = ".wrangler-queues.toml";
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
 * @param hasQueues whether the queues of wrangler.toml are there, which its owner has to uncomment
 * @returns the process, once the Worker answers
 * @throws Error when the process ends, or the Worker doesn't answer in time
 */
export async function startWorker(origin: string, port: number, hasQueues: boolean): Promise<ChildProcess> {
  await makePrivateFolder(STATE);
  const configuration = hasQueues ? await writeWithQueues() : CONFIGURATION;
  const child = spawn(
    process.execPath,
    [WRANGLER, "dev", "--config", configuration, "--port", String(port), ...variables(origin), ...QUIET],
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

/** Subscribers on this machine can be tried out: the site is on it too. */
function variables(origin: string): string[] {
  return ["--var", `SITE_URL:${origin}`, "--var", "HUB_ALLOW_LOOPBACK:true"];
}

/** Writes the configuration with its queues, which stand in wrangler.toml as comments: `#[[queues.producers]]`. @returns its name */
async function writeWithQueues(): Promise<string> {
  const text = await readFile(CONFIGURATION, "utf8");
  await writeFile(WITH_QUEUES, withQueues(text));
  return WITH_QUEUES;
}

/** The text of wrangler.toml with its queues. */
export function withQueues(text: string): string {
  return text.replaceAll(/^#(?=[[a-z])/gm, "");
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
