import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const ALL = "{unit,spec,conformance}/**/*.test.{ts,tsx}";

/** The test files whose size the mode decides. */
function sizedFiles(): string[] {
  return globSync(ALL, { cwd: import.meta.dirname }).filter((file) =>
    readFileSync(join(import.meta.dirname, file), "utf8").includes("support/size.ts"),
  );
}

export default defineConfig(({ mode }) => ({
  plugins: [
    cloudflareTest({
      main: "./support/worker.ts",
      wrangler: { configPath: "../wrangler.toml" },
      miniflare: {
        bindings: { SITE_URL: "https://news.example", EDITOR_TOKEN: "a-long-token-for-all-the-tests" },
      },
    }),
  ],
  cacheDir: "../node_modules/.vite",
  // Hides that the package `feed` ships no source map.
  logLevel: "error",
  test: {
    root: import.meta.dirname,
    include: mode === "soak" ? sizedFiles() : [ALL],
    provide: { isSoak: mode === "soak" },
    setupFiles: ["./support/setup.ts"],
    // Starting afresh takes most of a file's time; setup.ts sees to it that no test finds anything of another.
    isolate: false,
    // No test asserts a time: these only end one that hangs, on however busy a machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: "100%",
  },
}));
