import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

// Pure functions: plain Node starts sooner, and has nothing to empty after each test.
const NODE = "unit/**/*.test.ts";
// Whatever needs KV, a Durable Object or another part of the runtime.
const WORKERD = "{spec,conformance,runtime}/**/*.test.ts";

/** The test files whose size the mode decides. */
function sizedFiles(): string[] {
  return globSync(WORKERD, { cwd: import.meta.dirname }).filter((file) =>
    readFileSync(join(import.meta.dirname, file), "utf8").includes("support/size.ts"),
  );
}

export default defineConfig(({ mode }) => ({
  cacheDir: "../node_modules/.vite",
  // Hides that the package `feed` ships no source map.
  logLevel: "error",
  test: {
    root: import.meta.dirname,
    // Starting afresh takes most of a file's time; setup.ts sees to it that no test finds anything of another.
    isolate: false,
    // No test asserts a time: these only end one that hangs, on however busy a machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: "100%",
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
          setupFiles: ["./support/seed.ts", "./support/setup.ts"],
        },
      },
    ],
  },
}));
