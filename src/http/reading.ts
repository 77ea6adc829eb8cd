/** Reading KV for a request: through the isolate's memory, and never anything but `get`. */
import type { Context } from "hono";
import { type FeedId, membersOf, sectionFeed, topicOf } from "../article/feed-id.ts";
import { isId } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import type { Held } from "../store/edition.ts";
import { type Key, SITE_KEY, windowKey } from "../store/keys.ts";
import { readSite } from "../store/directory.ts";
import { type Presence, presenceOf } from "../store/presence.ts";
import type { Memory } from "./memory.ts";

type ReadingContext = Context<{ Bindings: Env }>;

/** The value of a key as it was within the last second. */
export function latest(c: ReadingContext, { editions }: Memory, key: Key, now: number): Held | Promise<Held> {
  return editions.latest(c.env.ARTICLES, key, now, (task) => c.executionCtx.waitUntil(task));
}

/**
 * Whether a feed exists: the whole site's, a declared section's, one that the owner defines, that of another section, of an
 * author or of a tag under which something is published or a withdrawal is to be told, and a union of sections. A section is
 * refused before anything is read but the record of all sections.
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
      return isId(topic.name) && (await presence(c, memory, feed, now)) !== "absent";
    case "section": {
      const opened = membersOf(feed).filter((member) => !isDeclared(site, member));
      const unknown = opened.filter((member) => !memory.editions.isKnown(windowKey(member)));
      if (unknown.length > 0) {
        const { text } = await latest(c, memory, SITE_KEY, now);
        const named = new Set(readSite(text).sections.map(({ id }) => sectionFeed(id)));
        if (!unknown.every((member) => named.has(member))) return false;
      }
      const present = await Promise.all(opened.map((member) => presence(c, memory, member, now)));
      return !present.includes("absent");
    }
  }
}

/**
 * Whether a feed, which is there, has nothing but withdrawals to tell and no name but that in its address: what was published
 * under it was withdrawn, and neither a page nor a search engine goes on naming it.
 */
export async function isNameless(
  c: ReadingContext,
  memory: Memory,
  site: Site,
  feed: FeedId,
  now: number,
): Promise<boolean> {
  const kind = topicOf(feed)?.kind;
  if (kind === undefined || kind === "feed") return false;
  const members = membersOf(feed);
  if (members.some((member) => isDeclared(site, member))) return false;
  const present = await Promise.all(members.map((member) => presence(c, memory, member, now)));
  return present.every((each) => each === "nameless");
}

async function presence(c: ReadingContext, memory: Memory, feed: FeedId, now: number): Promise<Presence> {
  const key = windowKey(feed);
  return presenceOf((await latest(c, memory, key, now)).text, key);
}

function isDeclared(site: Site, feed: FeedId): boolean {
  return site.sections.some(({ id }) => sectionFeed(id) === feed);
}
