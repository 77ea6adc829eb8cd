/** The import of a copied feed: its title, its date and its archive pages. To run in a transaction. No KV, no clock. */
import type { Instant } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import type { CopiedFeed } from "./copy.ts";
import { contentOf, pageText } from "./copy-content.ts";
import type { PageState } from "../ledger/archive-pages.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { StaleKeys } from "../ledger/stale-keys.ts";

// Articles that one line moves to other archive pages than they name.
const MAX_REFILED = 100;

/**
 * Gives a feed, and each of its archive pages, the date and the title that it had in the copy, when it shows just what it
 * showed there. One that is empty may be new here: what it once showed has expired since.
 * @returns whether it did
 */
export function adoptFeed(ledger: Ledger, copied: CopiedFeed, now: Instant): boolean {
  const { feeds, directory } = ledger;
  const stale = new StaleKeys(ledger, "backlog", now);
  const { id, title, changed, shows, withdrawn } = copied;
  if (shows.length + withdrawn.length === 0) feeds.open(id, title);
  const present = feeds.find(id);
  if (present === undefined) return false;
  const hasPages = adoptPages(ledger, copied, now, stale);
  const content = contentOf(ledger, id, changed);
  const isAlike = content.shows.join() === shows.join() && content.withdrawn.join() === withdrawn.join();
  const isPresent = present.title === title && feeds.stampEdition(id, now).changed === changed;
  if (!isAlike || (isPresent && !hasPages)) return hasPages;
  stale.addWindow(id);
  feeds.adopt(id, title, changed);
  stale.addListing("site");
  directory.note(id, stale);
  return true;
}

function adoptPages(
  ledger: Ledger,
  { id, pages: copied }: CopiedFeed,
  now: Instant,
  stale: StaleKeys,
): boolean {
  if (copied.length === 0) return false;
  const { archivePages, revisions } = ledger;
  // Each page began with the arrival of a revision: a copy that tells of more tells of none of its own.
  const told = copied.slice(0, revisions.count(copied.length)).map(stateOf);
  const alike = told.filter((state, index) => pageText(ledger, id, state) === copied[index]);
  const isFurther = beginPages(ledger, id, told, alike.at(-1)?.number ?? 0, stale);
  const adopted = alike.filter((state) => !isPresentPage(ledger, id, state, now));
  for (const state of adopted) {
    stale.addPage(id, state.number);
    archivePages.adopt(id, state);
  }
  // The pages above have the dates of the copy: what changes them from here on is told anew.
  const isRefiled = refile(ledger, id, told.at(-1)?.number ?? 0, new StaleKeys(ledger, "backlog", now));
  const isAny = adopted.length > 0 || isFurther || isRefiled;
  // The window names the newest.
  if (isAny) stale.addWindow(id);
  return isAny;
}

function isPresentPage(
  { archivePages }: Ledger,
  feed: FeedId,
  { number, changed, arrivals }: PageState,
  now: Instant,
): boolean {
  const present = archivePages.stampEdition(feed, number, now);
  return present?.changed === changed && archivePages.arrivals(feed, number) === arrivals;
}

/**
 * Begins the pages that a copy tells of, one after the other: as far as something stands on them here, or nothing any more
 * there either.
 * @returns whether there were any
 */
function beginPages(
  { archivePages }: Ledger,
  feed: FeedId,
  told: readonly PageState[],
  alike: number,
  stale: StaleKeys,
): boolean {
  const before = archivePages.newest(feed);
  const end = Math.max(alike, archivePages.last(feed));
  let newest = before;
  for (const { number } of told) if (number === newest + 1 && number <= end) newest = number;
  if (newest === before) return false;
  archivePages.begin(feed, newest);
  // As where an article begins a page: the one before is full, and the one before that leads to it.
  for (let number = Math.max(before - 1, 1); number <= newest; number++) stale.addPage(feed, number);
  return true;
}

/** Moves articles that named archive pages beyond the copy's own, as if they came now. @returns whether there were any */
function refile(ledger: Ledger, id: FeedId, last: number, stale: StaleKeys): boolean {
  const { archivePages, feedEntries, revisions, articles, feedMembership } = ledger;
  const end = Math.max(last, archivePages.newest(id));
  const beyond = feedEntries.beyond(id, end, MAX_REFILED);
  if (beyond.length === 0) return false;
  for (const { article, published, length } of beyond) {
    feedEntries.update(article, { feed: id, published, page: 0 }, length);
    const row = articles.find(article);
    if (row !== undefined) feedMembership.reconcile(revisions.article(row), length, stale);
  }
  if (beyond.length < MAX_REFILED) archivePages.cut(id, end);
  return true;
}

/** @param page as a copy tells of it */
function stateOf(page: string): PageState {
  const [number = Number.NaN, changed = Number.NaN, arrivals = Number.NaN] = page.split(" ").map(Number);
  return { number, changed, arrivals };
}
