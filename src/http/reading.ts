/** Reading KV for a request: through the isolate's memory, and never anything but `get`. */
import type { Context } from "hono";
import { type FeedId, membersOf, sectionFeed, topicOf } from "../article/feed-id.ts";
import { isId } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import type { Held } from "../store/edition.ts";
import { type Key, SITE_KEY, windowKey } from "../store/keys.ts";
import { readSite } from "../store/directory.ts";
import type { Memory } from "./memory.ts";

type ReadingContext = Context<{ Bindings: Env }>;

/** The value of a key as it was within the last second. */
export function latest(c: ReadingContext, { editions }: Memory, key: Key, now: number): Held | Promise<Held> {
  return editions.latest(c.env.ARTICLES, key, now, (task) => c.executionCtx.waitUntil(task));
}

/**
 * Whether a feed exists: the whole site's, a declared section's or that of one which has published something, a union of
 * such, one that the owner defines, and an author's or a tag's that something was published under. A section is refused
 * before anything is read but the record of all sections.
 */
export async function exists(
  c: ReadingContext,
  memory: Memory,
  site: Site,
  feed: FeedId,
  now: number,
): Promise<boolean> {
  const topic = topicOf(feed);
  switch (topic?.kind) {
    case undefined:
      return true;
    case "feed":
      return site.feeds.some(({ id }) => id === topic.name);
    case "author":
    case "tag":
      return isId(topic.name) && (await latest(c, memory, windowKey(feed), now)).text !== undefined;
    case "section": {
      const unknown = membersOf(feed).filter(
        (member) => !isDeclared(site, member) && !memory.editions.isKnown(windowKey(member)),
      );
      if (unknown.length === 0) return true;
      const { text } = await latest(c, memory, SITE_KEY, now);
      const named = new Set(readSite(text).sections.map(({ id }) => sectionFeed(id)));
      return unknown.every((member) => named.has(member));
    }
  }
}

function isDeclared(site: Site, feed: FeedId): boolean {
  return site.sections.some(({ id }) => sectionFeed(id) === feed);
}
