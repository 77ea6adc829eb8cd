/** Ends an installation: no ledger, no KV, no work under way. */
import { reset } from "cloudflare:test";
import { vi } from "vitest";
import { backgroundTasks } from "./worker.ts";

// Work that a test has cut off never ends.
const PATIENCE_MILLISECONDS = 500;

/** Empties everything, after the background work of requests has ended: that work must not fail in the next test. */
export async function clear(): Promise<void> {
  await vi
    .waitUntil(() => backgroundTasks() === 0, { timeout: PATIENCE_MILLISECONDS, interval: 1 })
    .catch(() => undefined);
  await reset();
}
