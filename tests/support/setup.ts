import { afterEach, beforeEach, vi } from "vitest";
import { clear } from "./clear.ts";
import { faults } from "./faulty-kv.ts";
import { resetLayout, startAnotherIsolate } from "./worker.ts";

beforeEach(() => {
  faults.reset();
  resetLayout();
  startAnotherIsolate();
});

afterEach(async () => {
  vi.useRealTimers();
  await clear();
  vi.restoreAllMocks();
});
