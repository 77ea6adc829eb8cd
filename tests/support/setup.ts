import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import { clear } from "./clear.ts";
import { hubFaults } from "./faulty-hub.ts";
import { mediaFaults } from "./faulty-media.ts";
import { faults } from "./faulty-kv.ts";
import { at } from "./newsroom.ts";
import { resetLayout, startAnotherIsolate } from "./worker.ts";

// Ahead of the real clock: the platform's own alarms don't interfere with those that a test runs.
const NOON = Date.parse("2031-11-24T12:00:00Z");

const wait = scheduler.wait.bind(scheduler);

/**
 * Skips the second in which the Worker gathers refusals. A wait that can be cancelled is a time limit, and stays. No spy of Vitest's:
 * that one keeps what each wait has held.
 */
function skipPauses(): void {
  scheduler.wait = (milliseconds, options) =>
    wait(milliseconds >= 1000 && options === undefined ? 0 : milliseconds, options);
}

/** Begins a new installation: nothing of an earlier test or an earlier file is left in the isolate. */
function begin(): void {
  at(NOON);
  skipPauses();
  faults.reset();
  hubFaults.reset();
  mediaFaults.reset();
  resetLayout();
  startAnotherIsolate();
}

// What a file prepares for all of its tests begins in the same state as each test.
beforeAll(begin);
beforeEach(begin);

afterEach(async () => {
  vi.useRealTimers();
  await clear();
  vi.restoreAllMocks();
  // The runtime's own, of its prototype.
  Reflect.deleteProperty(scheduler, "wait");
});
