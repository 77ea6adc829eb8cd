/** The readers' door: what its handlers share. */
import type { Context } from "hono";
import type { Instant } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { IsolateCache } from "../http/isolate-cache.ts";
import type { UndatedDocuments } from "../http/undated-documents.ts";
import { kvReads, type KvReads } from "../store/read/kv-reads.ts";

export type PublicDoor = {
  site: Site;
  /** Names this deployment: part of every entity tag. */
  build: string;
  cache: IsolateCache;
  documents: UndatedDocuments;
};

export type PublicContext = Context<{ Bindings: Env }>;
export type PublicHandler = (c: PublicContext) => Response | Promise<Response>;

/** The reads of a request that came at this instant. */
export function readsOf(c: PublicContext, cache: IsolateCache, now: Instant): KvReads {
  return kvReads(c.env, cache.editions, (task) => c.executionCtx.waitUntil(task), now);
}
