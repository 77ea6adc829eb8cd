/** Reading KV for a request: through the isolate's memory, and never anything but `get`. */
import type { Context } from "hono";
import { type FeedId, membersOf, sectionFeed, topicOf } from "../article/feed-id.ts";
import { isId } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import type { Held } from "../store/edition.ts";
import { type Key, windowKey } from "../store/keys.ts";
import { type Presence, presenceOf } from "../store/presence.ts";
import type { Memory } from "./memory.ts";

type ReadingContext = Context<{ Bindings: Env }>;

/** The value of a key as it was within the last second. */
export function latest(c: ReadingContext, { editions }: Memory, key: Key, now: number): Held | Promise<Held> {
  return editions.latest(c.env.ARTICLES, key, now, (task) => c.executionCtx.waitUntil(task));
}

/** Whether there could be a feed of this id, as far as can be told without reading anything. */
export function isConceivable(site: Site, feed: FeedId): boolean {
  return membersOf(feed).every((member) => {
    const topic = topicOf(member);
    if (topic === undefined) return true;
    return topic.kind === "feed" ? site.feeds.some(({ id }) => id === topic.name) : isId(topic.name);
  });
}

/**
 * Whether a feed exists: the whole site's, a declared section's, one that the owner defines, that of another section, of an
 * author or of a tag under which something is published or a withdrawal is to be told; a union of such sections. Nothing is
 * read but the window of the feed itself.
 */
export async function exists(
  c: ReadingContext,
  memory: Memory,
  site: Site,
  feed: FeedId,
  now: number,
): Promise<boolean> {
  if (!isConceivable(site, feed)) return false;
  for (const member of membersOf(feed).filter((each) => !isDeclared(site, each))) {
    if ((await presence(c, memory, member, now)) === "absent") return false;
  }
  return true;
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
  const members = membersOf(feed);
  if (members.some((member) => isDeclared(site, member))) return false;
  const present = await Promise.all(members.map((member) => presence(c, memory, member, now)));
  return present.every((each) => each === "nameless");
}

async function presence(c: ReadingContext, memory: Memory, feed: FeedId, now: number): Promise<Presence> {
  const key = windowKey(feed);
  return presenceOf((await latest(c, memory, key, now)).text, key);
}

/** Whether there is a feed before anything is published in it. */
function isDeclared(site: Site, feed: FeedId): boolean {
  const kind = topicOf(feed)?.kind;
  if (kind === "section") return site.sections.some(({ id }) => sectionFeed(id) === feed);
  return kind === undefined || kind === "feed";
}
