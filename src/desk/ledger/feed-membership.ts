/** Feed membership: which feeds show an article. To run in a transaction. No KV, no clock. */
import type { Article } from "../../article/article.ts";
import { type FeedId, feedsOf, topicOf } from "../../article/feed-id.ts";
import type { StandingFeed } from "../../article/site.ts";
import { type PageKey, pageKey } from "../../store/keys.ts";
import type { FeedEntries, FeedEntry } from "./feed-entries.ts";
import type { FeedRow, Feeds } from "./feeds.ts";
import type { ArchivePages } from "./archive-pages.ts";
import type { StaleKeys } from "./stale-keys.ts";

/** An article as a feed shows it. */
export type Shown = Pick<Article, "id" | "published" | "sections" | "authors" | "tags">;

/** The archive page of a feed on which an article stood where it was copied; 0 or undefined where on none. */
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
  readonly #archivePages: ArchivePages;
  readonly #standing: readonly StandingFeed[];

  /** @param standing the feeds that the owner defines */
  constructor(entries: FeedEntries, feeds: Feeds, pages: ArchivePages, standing: readonly StandingFeed[]) {
    this.#feedEntries = entries;
    this.#feeds = feeds;
    this.#archivePages = pages;
    this.#standing = standing;
  }

  /** The feeds that are to show an article, each with the title under which the article names it. */
  feedsOf(article: Shown): ReadonlyMap<FeedId, string> {
    return feedsOf(article, this.#standing);
  }

  /** Puts a new article into the feeds that are to show it; see `update`. */
  add(id: string, after: Shown | undefined, length: number, stale: StaleKeys, copied?: CopiedPage): Move {
    const entered = after === undefined ? NOWHERE : this.feedsOf(after);
    return this.#change(id, [], after, entered, length, stale, copied);
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

  /** Moves an unchanged article to the feeds that are to show it. Where it stands rightly, nothing changes. */
  reconcile(article: Shown, length: number, stale: StaleKeys): Move {
    const { id, published } = article;
    const entered = this.feedsOf(article);
    const left = this.#feedEntries.of(id);
    const right = new Set(
      left
        .filter((entry) => entered.has(entry.feed) && entry.page > 0 && entry.published === published)
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
    for (const entry of left) {
      if (this.#changesWindow(id, entry, stale)) changes.windows.add(entry.feed);
      if (entry.page > 0) changes.touch(entry, this.#archivePages.newest(entry.feed));
      if (!entered.has(entry.feed)) this.#leave(id, entry);
    }
    for (const [feed, title] of entered) {
      const former = left.find((entry) => entry.feed === feed);
      if (after === undefined) continue;
      const known = former === undefined ? this.#feeds.incrementCount(feed) : this.#feeds.find(feed);
      this.#name(id, feed, title, known, changes);
      const page = this.#pageFor(feed, known?.page ?? 0, former, length, copied?.(feed));
      const entry = { feed, published: after.published, page };
      const newest = this.#begin(entry, known?.page ?? 0, changes);
      this.#enter(id, entry, former, length);
      changes.touch(entry, newest);
      if (page !== former?.page) changes.arrivals.push(entry);
      if (this.#changesWindow(id, entry, stale)) changes.windows.add(feed);
    }
    for (const { feed, page } of changes.pages.values()) stale.addPage(feed, page);
    for (const { feed, page } of changes.waiting) this.#archivePages.bumpSequence(feed, page);
    for (const feed of changes.windows) stale.addWindow(feed);
    for (const { feed, page } of changes.arrivals) this.#archivePages.arrive(feed, page);
    const isMoved = left[0]?.published !== after?.published;
    const isRefiled = sectionsOf(left.map(({ feed }) => feed)) !== sectionsOf([...entered.keys()]);
    return {
      left: left.map(({ feed }) => feed),
      touched: [...new Set([...left.map(({ feed }) => feed), ...entered.keys()])],
      isSiteChanged: isMoved || isRefiled || changes.isSectionRenamed,
    };
  }

  #leave(id: string, entry: FeedEntry): void {
    this.#feeds.decrementCount(entry.feed);
    this.#feeds.unname(entry.feed, id);
    this.#feedEntries.remove(id, entry);
  }

  #enter(id: string, entry: FeedEntry, former: FeedEntry | undefined, length: number): void {
    if (former?.published === entry.published) {
      this.#feedEntries.update(id, entry, length);
    } else {
      if (former !== undefined) this.#feedEntries.remove(id, former);
      this.#feedEntries.add(id, entry, length);
    }
  }

  /** Whether an article at this place changes its feed's window, as far as it isn't known to have changed already. */
  #changesWindow(id: string, entry: FeedEntry, stale: StaleKeys): boolean {
    return !stale.hasWindow(entry.feed) && this.#feedEntries.isInWindow(id, entry);
  }

  /** An article stays on its page, unless that would become too heavy; a copied one goes to its own, where there is room. */
  #pageFor(
    feed: FeedId,
    newest: number,
    former: FeedEntry | undefined,
    length: number,
    copied: number | undefined,
  ): number {
    if (copied !== undefined && copied > 0 && this.#archivePages.hasRoom(feed, copied)) return copied;
    const present = former?.page ?? 0;
    return present > 0 && this.#archivePages.canKeep(feed, present, length)
      ? present
      : this.#archivePages.pageFor(feed, newest, length);
  }

  /**
   * A feed has the title as the article spells it that named the feed first: a later `JANE ROE` renames nobody. A revision of that
   * article corrects the title. Once it has left, the article that came next answers for the title, which stays till then.
   */
  #name(id: string, feed: FeedId, title: string, known: FeedRow | undefined, changes: Changes): void {
    // The owner gives the title of a standing feed.
    if (title === "") return;
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
   * Begins a feed's first archive page, or the next one: the window names it, and the page before is full. A copied article may
   * stand far beyond: its page then waits for those between, so that one article never makes many pages.
   * @param newest of the feed before
   * @returns the feed's newest page now
   */
  #begin({ feed, published, page }: FeedEntry, newest: number, changes: Changes): number {
    const reached = this.#archivePages.reach(feed, newest, page);
    if (reached === newest) return newest;
    this.#archivePages.begin(feed, reached);
    changes.windows.add(feed);
    // The page before is full now, and the one before that leads to it. A walk of the archive misses no page between.
    for (let number = Math.max(newest - 1, 1); number <= reached; number++) {
      changes.pages.set(pageKey(feed, number), { feed, published, page: number });
    }
    return reached;
  }
}

/** The changes of a move, as it goes on. */
class Changes {
  readonly windows = new Set<FeedId>();
  readonly pages = new Map<PageKey, FeedEntry>();
  /** Archive pages to which nothing leads yet. */
  readonly waiting: FeedEntry[] = [];
  readonly arrivals: FeedEntry[] = [];
  isSectionRenamed = false;

  /** Notes an archive page that changes. @param newest of the feed */
  touch(entry: FeedEntry, newest: number): void {
    if (entry.page > newest) this.waiting.push(entry);
    else this.pages.set(pageKey(entry.feed, entry.page), entry);
  }
}

function sectionsOf(feeds: readonly FeedId[]): string {
  return feeds
    .filter((feed) => topicOf(feed)?.kind === "section")
    .toSorted()
    .join();
}
