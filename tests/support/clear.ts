/** Ends an installation: no ledger, no KV, no work under way. */
import { listDurableObjectIds, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { backgroundTasks } from "./worker.ts";

// Work that a test has cut off never ends.
const PATIENCE_MILLISECONDS = 500;
// workerd takes an object out of memory that was idle for ten seconds.
const IDLE_MILLISECONDS = 5000;

let began = performance.now();

/** Whether no background work is under way, nor begins next: one call of the Desk to the hub follows another. */
async function isQuiet(): Promise<boolean> {
  await scheduler.wait(0);
  return backgroundTasks() === 0;
}

/** Brings every object of a namespace into memory: the reset empties no other. */
async function wake<T extends Rpc.DurableObjectBranded | undefined>(
  namespace: DurableObjectNamespace<T>,
): Promise<void> {
  for (const id of await listDurableObjectIds(namespace))
    await runInDurableObject(namespace.get(id), () => undefined);
}

/** Empties everything, after the background work has ended: that work must not fail in the next test. */
export async function clear(): Promise<void> {
  await vi.waitUntil(isQuiet, { timeout: PATIENCE_MILLISECONDS, interval: 1 }).catch(() => undefined);
  if (performance.now() - began > IDLE_MILLISECONDS)
    await Promise.all([wake(env.DESK), wake(env.AUDIENCE), wake(env.HUB)]);
  await reset();
  began = performance.now();
}
