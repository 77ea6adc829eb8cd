/** The readers' door: what its handlers are given. */
import type { Context } from "hono";
import type { IsolateCache } from "../http/isolate-cache.ts";
import { kvReads, type KvReads } from "../store/read/kv-reads.ts";

export type PublicContext = Context<{ Bindings: Env }>;

/** The reads of a request that came at this instant. */
export function readsOf(c: PublicContext, cache: IsolateCache, now: number): KvReads {
  return kvReads(c.env, cache.editions, (task) => c.executionCtx.waitUntil(task), now);
}
