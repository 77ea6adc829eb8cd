/** Ends an installation: no ledger, no KV, nothing under way. */
import { reset } from "cloudflare:test";
import { vi } from "vitest";
import { backgroundTasks } from "./worker.ts";

// What a test cut off never ends.
const PATIENCE_MILLISECONDS = 500;

/** Empties everything, once what the requests left behind to be done is done: it must not fail in the midst of what comes next. */
export async function clear(): Promise<void> {
  await vi
    .waitUntil(() => backgroundTasks() === 0, { timeout: PATIENCE_MILLISECONDS, interval: 1 })
    .catch(() => undefined);
  await reset();
}
