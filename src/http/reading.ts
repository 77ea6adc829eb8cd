/** Reading KV for a request: through the isolate's memory, and never anything but `get`. */
import type { Context } from "hono";
import { type FeedId, sectionOf } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import type { Held } from "../store/editions.ts";
import { type Key, SITE_KEY, windowKey } from "../store/keys.ts";
import { readSite } from "../store/records.ts";
import type { Memory } from "./memory.ts";

type ReadingContext = Context<{ Bindings: Env }>;

/** The value of a key as it was within the last second. */
export function latest(c: ReadingContext, { editions }: Memory, key: Key, now: number): Held | Promise<Held> {
  return editions.latest(c.env.ARTICLES, key, now, (task) => c.executionCtx.waitUntil(task));
}

/** Whether a feed exists: the whole site's, a declared section's, or that of a section which has published something. */
export async function exists(
  c: ReadingContext,
  memory: Memory,
  site: Site,
  feed: FeedId,
  now: number,
): Promise<boolean> {
  const section = sectionOf(feed);
  if (section === undefined || site.sections.some(({ id }) => id === section)) return true;
  if (memory.editions.isKnown(windowKey(feed))) return true;
  const { text } = await latest(c, memory, SITE_KEY, now);
  return readSite(text).sections.some(({ id }) => id === section);
}
