/** The content of a feed as a copy tells of it: two feeds that show the same have the same content. No KV, no clock. */
import fnv1a from "@sindresorhus/fnv1a";
import type { Instant } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import type { PageState } from "../ledger/archive-pages.ts";
import type { Ledger } from "../ledger/ledger.ts";

/** @returns `<article id> <revision>` of each article that a feed shows, and `<article id> <instant>` of each withdrawal that it announces */
export function contentOf(
  { feedEntries, tombstones }: Ledger,
  feed: FeedId,
  changed: Instant,
): { shows: string[]; withdrawn: string[] } {
  return {
    shows: feedEntries.shown(feed).map(({ id, revision }) => `${id} ${revision}`),
    withdrawn: tombstones.of(feed, changed).map(({ id, withdrawn }) => `${id} ${withdrawn}`),
  };
}

/** @returns an archive page as `<number> <instant> <arrivals> <digest of what stands on it>` */
export function pageText(
  { feedEntries }: Ledger,
  feed: FeedId,
  { number, changed, arrivals }: PageState,
): string {
  const content = feedEntries.onPage(feed, number).map(({ id, revision }) => `${id} ${revision}`);
  return `${number} ${changed} ${arrivals} ${fnv1a(content.join(), { size: 64 }).toString(16)}`;
}
