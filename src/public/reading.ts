/** Reading KV for a request: through the isolate's memory, and never anything but `get`. */
import type { Context } from "hono";
import { type FeedId, membersOf, sectionFeed, topicOf } from "../article/feed-id.ts";
import { isId } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import type { VersionedValue } from "../store/edition.ts";
import { type Key, windowKey } from "../store/keys.ts";
import { type Presence, presenceOf } from "../store/presence.ts";
import type { IsolateCache } from "../http/isolate-cache.ts";

type ReadingContext = Context<{ Bindings: Env }>;

/** The value of a key as it was within the last second. */
export function latest(
  c: ReadingContext,
  { editions }: IsolateCache,
  key: Key,
  now: number,
): VersionedValue | Promise<VersionedValue> {
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
 * Whether a feed is there: the whole site's, a declared section's, one that the owner defines, that of another section, of an
 * author or of a tag under which something is published; a union of such. Where only withdrawals are left to be told, it has no
 * name but that in its address: neither a page nor a search engine goes on naming it. Nothing is read but the windows of the feed.
 */
export async function presence(
  { c, cache, site, now }: { c: ReadingContext; cache: IsolateCache; site: Site; now: number },
  feed: FeedId,
): Promise<Presence> {
  if (!isConceivable(site, feed)) return "absent";
  let found: Presence = "nameless";
  for (const member of membersOf(feed)) {
    const key = windowKey(member);
    const each = isDeclared(site, member)
      ? "named"
      : presenceOf((await latest(c, cache, key, now)).text, key);
    if (each === "absent") return each;
    if (each === "named") found = each;
  }
  return found;
}

/** Whether there is a feed before anything is published in it. */
function isDeclared(site: Site, feed: FeedId): boolean {
  const kind = topicOf(feed)?.kind;
  if (kind === "section") return site.sections.some(({ id }) => sectionFeed(id) === feed);
  return kind === undefined || kind === "feed";
}
