/** Ends an installation: no ledger, no KV, no work under way. */
import { reset } from "cloudflare:test";
import { vi } from "vitest";
import { backgroundTasks } from "./worker.ts";

// Work that a test has cut off never ends.
const PATIENCE_MILLISECONDS = 500;

/** Whether no background work is under way, nor begins next: one call of the Desk to the hub follows another. */
async function isQuiet(): Promise<boolean> {
  await scheduler.wait(0);
  return backgroundTasks() === 0;
}

/** Empties everything, after the background work has ended: that work must not fail in the next test. */
export async function clear(): Promise<void> {
  await vi.waitUntil(isQuiet, { timeout: PATIENCE_MILLISECONDS, interval: 1 }).catch(() => undefined);
  await reset();
}
