import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
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
    include: ["{unit,spec,conformance}/**/*.test.{ts,tsx}"],
    setupFiles: ["./support/setup.ts"],
    // Starting afresh takes most of a file's time; setup.ts sees to it that no test finds anything of another.
    isolate: false,
    // No test asserts a time: these only end one that hangs, on however busy a machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: "100%",
  },
});
