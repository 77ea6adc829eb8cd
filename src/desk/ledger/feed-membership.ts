/** How an article moves between the feeds that show it. To run in a transaction. No KV, no clock. */
import type { Article } from "../../article/article.ts";
import { type FeedId, feedsOf, topicOf } from "../../article/feed-id.ts";
import type { StandingFeed } from "../../article/site.ts";
import { type PageKey, pageKey } from "../../store/keys.ts";
import type { FeedEntries, FeedEntry } from "./feed-entries.ts";
import type { Feeds } from "./feeds.ts";
import type { ArchivePages } from "./archive-pages.ts";
import type { StaleKeys } from "./stale-keys.ts";

/** An article as a feed shows it. */
export type Shown = Pick<Article, "id" | "published" | "sections" | "authors" | "tags">;

/** On which archive page of a feed an article stood where it was copied: 0 or undefined where on none. */
export type CopiedPage = (feed: FeedId) => number | undefined;

export type Move = {
  /** The feeds that showed the article before. */
  left: FeedId[];
  /** These and those that show it now. */
  touched: FeedId[];
  /** Whether a section's count, newest time or title changed. */
  isSiteChanged: boolean;
};

const NOWHERE: ReadonlyMap<FeedId, string> = new Map();

export class FeedMembership {
  readonly #feedEntries: FeedEntries;
  readonly #feeds: Feeds;
  readonly #pages: ArchivePages;
  readonly #standing: readonly StandingFeed[];

  /** @param standing the feeds that the owner defines */
  constructor(entries: FeedEntries, feeds: Feeds, pages: ArchivePages, standing: readonly StandingFeed[]) {
    this.#feedEntries = entries;
    this.#feeds = feeds;
    this.#pages = pages;
    this.#standing = standing;
  }

  /** The feeds that are to show an article, each with the title under which the article names it. */
  feedsOf(article: Shown): ReadonlyMap<FeedId, string> {
    return feedsOf(article, this.#standing);
  }

  /**
   * Moves an article from the feeds that show it to those that are to show it.
   * @param after undefined when none is any more
   * @param length what it weighs, in bytes
   * @param stale takes the windows and archive pages that change
   * @param copied for an article that comes from a copy
   */
  update(id: string, after: Shown | undefined, length: number, stale: StaleKeys, copied?: CopiedPage): Move {
    const left = this.#feedEntries.of(id);
    const entered = after === undefined ? NOWHERE : this.feedsOf(after);
    return this.#change(id, left, after, entered, length, stale, copied);
  }

  /** Moves an article, which is the same as before, to the feeds that are to show it: where it stands rightly, nothing changes. */
  reconcile(article: Shown, length: number, stale: StaleKeys): Move {
    const { id, published } = article;
    const entered = this.feedsOf(article);
    const left = this.#feedEntries.of(id);
    const right = new Set(
      left
        .filter((place) => entered.has(place.feed) && place.page > 0 && place.published === published)
        .map(({ feed }) => feed),
    );
    const isWrong = (feed: FeedId): boolean => !right.has(feed);
    return this.#change(
      id,
      left.filter(({ feed }) => isWrong(feed)),
      article,
      new Map([...entered].filter(([feed]) => isWrong(feed))),
      length,
      stale,
    );
  }

  #change(
    id: string,
    left: readonly FeedEntry[],
    after: Shown | undefined,
    entered: ReadonlyMap<FeedId, string>,
    length: number,
    stale: StaleKeys,
    copied?: CopiedPage,
  ): Move {
    const changes = new Changes();
    for (const place of left) {
      if (this.#feedEntries.isInWindow(id, place)) changes.windows.add(place.feed);
      if (place.page > 0) changes.touch(place, this.#pages.newest(place.feed));
      if (!entered.has(place.feed)) this.#leave(id, place);
    }
    for (const [feed, title] of entered) {
      const stood = left.find((place) => place.feed === feed);
      if (after === undefined) continue;
      this.#name(id, feed, title, stood === undefined, changes);
      this.#enter(after, feed, stood, length, copied?.(feed), changes);
    }
    for (const { feed, page } of changes.pages.values()) stale.addPage(feed, page);
    for (const { feed, page } of changes.waiting) this.#pages.bumpSequence(feed, page);
    for (const feed of changes.windows) stale.addWindow(feed);
    for (const { feed, page } of changes.arrivals) this.#pages.arrive(feed, page);
    const isMoved = left[0]?.published !== after?.published;
    const isRefiled = sectionsOf(left.map(({ feed }) => feed)) !== sectionsOf([...entered.keys()]);
    return {
      left: left.map(({ feed }) => feed),
      touched: [...new Set([...left.map(({ feed }) => feed), ...entered.keys()])],
      isSiteChanged: isMoved || isRefiled || changes.isSectionRenamed,
    };
  }

  #leave(id: string, place: FeedEntry): void {
    this.#feeds.decrementCount(place.feed);
    this.#feeds.unname(place.feed, id);
    this.#feedEntries.remove(id, place);
  }

  #enter(
    article: Shown,
    feed: FeedId,
    stood: FeedEntry | undefined,
    length: number,
    copied: number | undefined,
    changes: Changes,
  ): void {
    const { id, published } = article;
    const page = this.#pageFor(feed, stood, length, copied);
    const place = { feed, published, page };
    const newest = this.#begin(place, changes);
    if (stood?.published === published) {
      this.#feedEntries.update(id, place, length);
    } else {
      if (stood !== undefined) this.#feedEntries.remove(id, stood);
      this.#feedEntries.add(id, place, length);
    }
    changes.touch(place, newest);
    if (page !== stood?.page) changes.arrivals.push(place);
    if (this.#feedEntries.isInWindow(id, place)) changes.windows.add(feed);
  }

  /** An article stays on its page, unless that would become too heavy; a copied one goes to its own, where there is room. */
  #pageFor(feed: FeedId, stood: FeedEntry | undefined, length: number, copied: number | undefined): number {
    if (copied !== undefined && copied > 0 && this.#pages.hasRoom(feed, copied)) return copied;
    const present = stood?.page ?? 0;
    return present > 0 && this.#pages.canKeep(feed, present, length)
      ? present
      : this.#pages.pageFor(feed, length);
  }

  /**
   * A feed goes by the spelling of the article that named it first: who writes `JANE ROE` later renames nobody. A revision of that
   * article corrects it. Where it has left, the one that came after it answers for the title, which stays till then.
   */
  #name(id: string, feed: FeedId, title: string, isNew: boolean, changes: Changes): void {
    if (isNew) this.#feeds.incrementCount(feed);
    // The owner's own.
    if (title === "") return;
    const known = this.#feeds.find(feed);
    const isAlone = known?.count === 1;
    const namer = isAlone ? id : (known?.namer ?? this.#feedEntries.earliest(feed) ?? id);
    const isRenamed = namer === id && known?.title !== title;
    if (namer !== known?.namer || isRenamed)
      this.#feeds.name(feed, isRenamed ? title : (known?.title ?? title), namer);
    if (!isRenamed) return;
    changes.windows.add(feed);
    if (topicOf(feed)?.kind === "section") changes.isSectionRenamed = true;
  }

  /**
   * A feed's first archive page, or the next: its window names it, and the page before is full. A copied article may stand far
   * beyond: then its page waits for those between, so that one article never makes many pages.
   * @returns the feed's newest page now
   */
  #begin({ feed, published, page }: FeedEntry, changes: Changes): number {
    const newest = this.#pages.newest(feed);
    const reached = this.#pages.reach(feed, newest, page);
    if (reached === newest) return newest;
    this.#pages.begin(feed, reached);
    changes.windows.add(feed);
    // The page before is full now, and the one before that leads to it. No page between is missing for who walks the archive.
    for (let number = Math.max(newest - 1, 1); number <= reached; number++) {
      changes.pages.set(pageKey(feed, number), { feed, published, page: number });
    }
    return reached;
  }
}

/** What a move changes, as it goes on. */
class Changes {
  readonly windows = new Set<FeedId>();
  readonly pages = new Map<PageKey, FeedEntry>();
  /** Archive pages to which nothing leads yet. */
  readonly waiting: FeedEntry[] = [];
  readonly arrivals: FeedEntry[] = [];
  isSectionRenamed = false;

  /** An archive page is another one now. @param newest of the feed */
  touch(place: FeedEntry, newest: number): void {
    if (place.page > newest) this.waiting.push(place);
    else this.pages.set(pageKey(place.feed, place.page), place);
  }
}

function sectionsOf(feeds: readonly FeedId[]): string {
  return feeds
    .filter((feed) => topicOf(feed)?.kind === "section")
    .toSorted()
    .join();
}
