/** Presence: which feeds there are. */
import { type FeedId, membersOf, sectionFeed, topicOf } from "../article/feed-id.ts";
import { isId } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import type { Edition } from "../store/edition.ts";
import { type WindowKey, windowKey } from "../store/keys.ts";
import { type Presence, presenceOf } from "../store/presence.ts";
import type { KvReads } from "../store/read/kv-reads.ts";

const presences = new WeakMap<Edition, Presence>();

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
    const each = isDeclared(site, member) ? "named" : await presenceOfWindow(reads, windowKey(member));
    if (each === "absent") return each;
    if (each === "named") found = each;
  }
  return found;
}

/** Tells the presence by a window, whose text is looked at once in each edition. */
async function presenceOfWindow(reads: KvReads, key: WindowKey): Promise<Presence> {
  const known = presences.get(await reads.edition(key));
  if (known !== undefined) return known;
  const { edition, text, isOutdated } = await reads.latest(key);
  // A later edition is known: there is such a feed, whatever an older one says.
  if (isOutdated === true) return "named";
  const presence = presenceOf(text, key);
  presences.set(edition, presence);
  return presence;
}

/** Whether there is a feed before anything is published in it. */
function isDeclared(site: Site, feed: FeedId): boolean {
  const kind = topicOf(feed)?.kind;
  if (kind === "section") return site.sections.some(({ id }) => sectionFeed(id) === feed);
  return kind === undefined || kind === "feed";
}
