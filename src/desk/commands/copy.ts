/** The whole copy of a newsroom, part by part. The ledger is read, and nothing changes. No KV, no clock. */
import type { Article, Instant } from "../../article/article.ts";
import type { Media } from "../../article/media.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { contentOf, pageText } from "./copy-content.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Stored } from "../ledger/revisions.ts";

/** On which archive page of each of its feeds an article stands. */
export type Places = Readonly<Record<string, number>>;

/** A revision as a copy holds it: its record, and the digest of the draft that it came from. */
export type CopiedRevision = {
  article: Article;
  digest?: string | undefined;
  /** Whether another follows; where that isn't known, it is taken for so. */
  isPast?: boolean | undefined;
  places?: Places | undefined;
};

/** A revision as it lies in the ledger, with the places that its article has now. */
export type StoredRevision = Stored & { places: Places };

/** A feed as it was copied, with the date of its edition: a copy that shows the same has the same date. */
export type CopiedFeed = {
  id: FeedId;
  title: string;
  changed: Instant;
  /** `<article id> <revision>` each, in the feed's order. */
  shows: string[];
  /** `<article id> <instant>` each. */
  withdrawn: string[];
  /** Its archive pages, `<number> <instant> <arrivals> <digest of what stands on it>` each. */
  pages: string[];
};

/** The last revision of a batch of an export. */
export type Position = Pick<Stored, "id" | "revision">;

/** A feed without its archive pages, which may be many: it opens what a copy says of a feed. */
export type FeedHead = Omit<CopiedFeed, "pages">;

/** The end of a part of the feeds: an archive page, or all that there is of a feed. */
export type FeedPosition = { feed: FeedId; page: number | undefined };

/** Some of what a copy says of a feed: its head, where this is its first part, and archive pages. */
export type FeedPart = { head?: FeedHead | undefined; pages: string[]; end: FeedPosition };

const MAX_BATCH_LENGTH = 1_000_000;
// Feeds and archive pages together: each shows, or holds, some fifty articles.
const MAX_PIECES = 200;

/**
 * A batch of revisions, an article's together and in their order; of about a megabyte.
 * @param after the last known one; undefined for the first batch
 * @returns none at the end
 */
export function copyRevisions(
  { revisions, feedEntries }: Ledger,
  after: Position | undefined,
): StoredRevision[] {
  const stored: StoredRevision[] = [];
  for (const revision of revisions.all(after, MAX_BATCH_LENGTH)) {
    const places = feedEntries.of(revision.id).map(({ feed, page }) => [feed, page]);
    stored.push({ ...revision, places: Object.fromEntries(places) });
  }
  return stored;
}

/** A kept picture as a copy holds it; `isMissing`: the ledger knows of it from a copy alone, and its file was never uploaded. */
export type MediaCopy = Media & { isMissing?: true };

/**
 * A batch of the records of kept pictures, by their ids.
 * @param after the last known one; empty for the first batch
 * @returns none at the end
 */
export function copyMedia({ media }: Pick<Ledger, "media">, after: string): MediaCopy[] {
  return media
    .after(after, MAX_PIECES)
    .map(({ isKept, ...record }) => (isKept ? record : Object.assign(record, { isMissing: true as const })));
}

/**
 * Parts of what there is to say of the feeds as they are now, by feed; of about ten thousand rows.
 * @param after where the last known part ended; undefined for the first
 * @returns none at the end
 */
export function copyFeeds(ledger: Ledger, after: FeedPosition | undefined, now: Instant): FeedPart[] {
  const parts: FeedPart[] = [];
  let room = MAX_PIECES;
  for (const feed of ledger.feeds.from(after?.feed ?? "", MAX_PIECES)) {
    if (feed === after?.feed && after.page === undefined) continue;
    if (room < 2) break;
    const isBegun = feed === after?.feed;
    const states = ledger.archivePages.after(feed, (isBegun && after.page) || 0, room - 1, now);
    const isWhole = states.length < room - 1;
    parts.push({
      head: isBegun ? undefined : headOf(ledger, feed, now),
      pages: states.map((state) => pageText(ledger, feed, state)),
      end: { feed, page: isWhole ? undefined : states.at(-1)?.number },
    });
    room -= 1 + states.length;
  }
  return parts;
}

function headOf(ledger: Ledger, id: FeedId, now: Instant): FeedHead {
  const { feeds } = ledger;
  const changed = feeds.edition(id, now).changed;
  return { id, title: feeds.find(id)?.title ?? "", changed, ...contentOf(ledger, id, changed) };
}
