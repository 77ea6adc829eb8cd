/** Presence: which feeds there are. */
import { type FeedId, membersOf, sectionFeed, topicOf } from "../article/feed-id.ts";
import { isId } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import { windowKey } from "../store/keys.ts";
import { type Presence, presenceOf } from "../store/presence.ts";
import type { KvReads } from "../store/read/kv-reads.ts";

/** Whether there could be a feed of this id, as far as can be told without reading anything. */
export function isConceivable(site: Site, feed: FeedId): boolean {
  return membersOf(feed).every((member) => {
    const topic = topicOf(member);
    if (topic === undefined) return true;
    return topic.kind === "feed" ? site.feeds.some(({ id }) => id === topic.name) : isId(topic.name);
  });
}

/**
 * The presence of a feed. There is the whole site's, a declared section's, one that the owner defines, that of another section,
 * of an author or of a tag under which something is published, and a union of such. A feed that has only withdrawals left to tell
 * is nameless: neither a page nor a search engine goes on naming it. Only the windows of the feed are read.
 */
export async function presenceOfFeed(reads: KvReads, site: Site, feed: FeedId): Promise<Presence> {
  if (!isConceivable(site, feed)) return "absent";
  let found: Presence = "nameless";
  for (const member of membersOf(feed)) {
    const key = windowKey(member);
    const each = isDeclared(site, member) ? "named" : presenceOf((await reads.latest(key)).text, key);
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
