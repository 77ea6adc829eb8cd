/** Runs the real command line in a process of its own. */
import { equal } from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

const COMMAND = join(import.meta.dirname, "../../src/cli/dateline.ts");
/** The token in these tests. */
export const TOKEN = "the-token-that-nobody-may-see";
// Hundreds of processes read the same sources: Node compiles them once.
const COMPILE_CACHE = join(tmpdir(), "dateline-compile-cache");
const PATIENCE_MILLISECONDS = 30_000;

export type Run = { code: number | null; stdout: string; stderr: string };
export type Running = {
  child: ChildProcessWithoutNullStreams;
  /** Resolves when stderr holds a text. */
  says: (text: string) => Promise<void>;
  ended: Promise<Run>;
};
type Surroundings = { cwd?: string; env?: Record<string, string>; stdin?: string };

/** Starts the command, and checks that it never prints the token. */
export function start(args: readonly string[], { cwd, env, stdin }: Surroundings = {}): Running {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: cwd ?? tmpdir(),
    env: {
      ...process.env,
      DATELINE_TOKEN: undefined,
      DATELINE_URL: undefined,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...(env ?? { DATELINE_TOKEN: TOKEN }),
    },
    stdio: "pipe",
    timeout: PATIENCE_MILLISECONDS,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  // A command that doesn't read its input may close it first.
  child.stdin.on("error", () => undefined);
  child.stdin.end(stdin ?? "");
  const { promise: ended, resolve } = Promise.withResolvers<Run>();
  child.once("close", (code) => resolve({ code, stdout, stderr }));
  return {
    child,
    ended: ended.then((whole) => {
      equal(`${whole.stdout}${whole.stderr}`.includes(TOKEN), false, "the token was printed");
      return whole;
    }),
    says: async (text) => {
      while (!stderr.includes(text)) {
        if (child.exitCode !== null) throw new Error(`It ended without saying ${text}: ${stderr}`);
        await sleep(5);
      }
    },
  };
}

/** Runs the command to its end. */
export async function run(args: readonly string[], surroundings?: Surroundings): Promise<Run> {
  return start(args, surroundings).ended;
}

/** Makes a folder with files, which is removed after the test. */
export async function folderOf(t: TestContext, files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dateline-"));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}
