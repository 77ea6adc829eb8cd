import { globSync, readFileSync, statfsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

// Tests of pure functions: plain Node starts sooner, and has nothing to empty after each test.
const NODE = "unit/**/*.test.ts";
// Tests that need KV, a Durable Object or another part of the runtime.
const WORKERD = "{spec,conformance,runtime}/**/*.test.ts";

const GIGABYTE = 1_000_000_000;
const MEMORY = "/dev/shm";

/** Whether there is a file system in memory, as Linux has, with room for what all tests write. */
function hasRoomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > GIGABYTE;
  } catch {
    return false;
  }
}

// The local KV and SQLite write thousands of small files, which a disk makes slow.
if (hasRoomInMemory()) process.env["TMPDIR"] ??= MEMORY;

/** The test files whose size the mode decides: where the soak follows, `SIZED=later` leaves them to it. */
function sizedFiles(): string[] {
  return globSync(WORKERD, { cwd: import.meta.dirname }).filter((file) =>
    readFileSync(join(import.meta.dirname, file), "utf8").includes("support/size.ts"),
  );
}

export default defineConfig(({ mode }) => ({
  cacheDir: "../node_modules/.vite",
  // Hides the warning that the package `feed` ships no source map.
  logLevel: "error",
  test: {
    root: import.meta.dirname,
    // A fresh start takes most of a file's time; setup.ts ensures that no test finds anything of another.
    isolate: false,
    // No test asserts a time: these limits only end a test that hangs, even on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A worker waits for the runtime, and the runtime for it: one more than cores keeps them all busy.
    maxWorkers: availableParallelism() + 1,
    provide: { isSoak: mode === "soak" },
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: mode === "soak" ? [] : [NODE],
          setupFiles: ["./support/seed.ts"],
          restoreMocks: true,
        },
      },
      {
        extends: true,
        plugins: [
          cloudflareTest({
            main: "./support/worker.ts",
            wrangler: { configPath: "../wrangler.toml" },
            miniflare: {
              bindings: { SITE_URL: "https://news.example", EDITOR_TOKEN: "a-long-token-for-all-the-tests" },
            },
          }),
        ],
        test: {
          name: "workerd",
          include: mode === "soak" ? sizedFiles() : [WORKERD],
          exclude: mode !== "soak" && process.env["SIZED"] === "later" ? sizedFiles() : [],
          globalSetup: ["./support/subscribers/global-setup.ts"],
          setupFiles: ["./support/seed.ts", "./support/setup.ts"],
        },
      },
    ],
  },
}));
