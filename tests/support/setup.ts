import { afterEach, beforeEach, vi } from "vitest";
import { clear } from "./clear.ts";
import { faults } from "./faulty-kv.ts";
import { at } from "./newsroom.ts";
import { resetLayout, startAnotherIsolate } from "./worker.ts";

// Ahead of the real clock: the platform's own alarms don't interfere with those that a test runs.
const NOON = Date.parse("2031-11-24T12:00:00Z");

beforeEach(() => {
  at(NOON);
  faults.reset();
  resetLayout();
  startAnotherIsolate();
});

afterEach(async () => {
  vi.useRealTimers();
  await clear();
  vi.restoreAllMocks();
});
