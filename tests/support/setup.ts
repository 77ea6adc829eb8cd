import { reset } from "cloudflare:test";
import { afterEach, beforeEach, vi } from "vitest";
import { faults } from "./faulty-kv.ts";
import { startAnotherIsolate } from "./worker.ts";

beforeEach(() => {
  faults.reset();
  startAnotherIsolate();
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await reset();
});
