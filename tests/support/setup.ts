import { reset } from "cloudflare:test";
import { afterEach, beforeEach, vi } from "vitest";
import { faults } from "./faulty-kv.ts";
import { limits, site, startAnotherIsolate } from "./worker.ts";

beforeEach(() => {
  faults.reset();
  limits.itemsPerFeed = site.itemsPerFeed;
  startAnotherIsolate();
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await reset();
});
