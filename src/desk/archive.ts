/** Whole copies of a newsroom: what is exported, and how it comes back. To run in a transaction. No KV, no clock. */
import fnv1a from "@sindresorhus/fnv1a";
import type { Article, Instant } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import { pageKey, windowKey } from "../store/keys.ts";
import type { Book } from "./book.ts";
import type { Outcome } from "./outcome.ts";
import type { PageState } from "./pages.ts";
import type { Parts } from "./parts.ts";
import { lackOf, type Principal } from "./principal.ts";
import type { Stored } from "./revisions.ts";

/** On which archive page of each of its feeds an article stands. */
export type Places = Readonly<Record<string, number>>;

/** A revision as a copy holds it: its record, the digest of the draft that it came from, and whether another follows. */
export type CopiedRevision = {
  article: Article;
  digest?: string | undefined;
  isPast?: boolean | undefined;
  places?: Places | undefined;
};

/** A revision as it lies in the ledger, with the places that its article has now. */
export type StoredRevision = Stored & { places: Places };

/** What a feed showed when it was copied, and since when: a copy that shows the same has the same date. */
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

/** Where a page of an export ended. */
export type Position = Pick<Stored, "id" | "revision">;

const MAX_PAGE_LENGTH = 1_000_000;

export class Archive {
  readonly #parts: Parts;
  readonly #book: Book;

  constructor(parts: Parts, book: Book) {
    this.#parts = parts;
    this.#book = book;
  }

  /** A page of revisions, an article's together and in their order; of about a megabyte. */
  revisions(after: Position | undefined): StoredRevision[] {
    const { revisions, entries } = this.#parts;
    return [...revisions.all(after, MAX_PAGE_LENGTH)].map((stored) => {
      const places = entries.of(stored.id).map(({ feed, page }) => [feed, page]);
      return Object.assign(stored, { places: Object.fromEntries(places) });
    });
  }

  /** Every feed as it is now. */
  feeds(now: Instant): CopiedFeed[] {
    return this.#parts.feeds.ids().map((id) => this.#feed(id, now));
  }

  /** Takes a revision back, as it was; one that is here already changes nothing. */
  restore({ article, digest, isPast, places }: CopiedRevision, actor: Principal, now: Instant): Outcome {
    const { ledger, revisions } = this.#parts;
    const { id, revision, guid } = article;
    const lack = lackOf(actor, "admin", article.sections);
    if (lack !== undefined) return { ok: false, reason: "forbidden", lack };
    const before = ledger.find(id);
    const present = revisions.find({ id, revision });
    if (present !== undefined) {
      return isSame(present, article)
        ? { ok: true, change: "unchanged", article: present, feeds: [], pages: [] }
        : { ok: false, reason: "revision-differs", id, revision };
    }
    if (revision !== (before?.revision ?? 0) + 1)
      return { ok: false, reason: "revision-missing", id, revision };
    const namesake = ledger.withGuid(guid);
    if ((before !== undefined && before.guid !== guid) || (namesake !== undefined && namesake.id !== id)) {
      return { ok: false, reason: "guid-taken", id: namesake?.id ?? id, guid };
    }
    const isEarly =
      article.published > now && (article.status === "published" || article.status === "expired");
    return this.#book.enter(
      {
        change: "imported",
        before,
        article: {
          ...article,
          status: isEarly ? "scheduled" : article.status,
        },
        digest,
        // That of a past revision may be another article's by now; no feed shows it any more.
        listedUpdated: isPast === true ? article.updated : undefined,
        // In feeds that only a past revision stands in, it is on its way out.
        copied: (feed) => places?.[feed] ?? (places !== undefined && isPast === true ? 0 : undefined),
        actor: actor.name,
      },
      now,
    );
  }

  /**
   * Gives a feed, and each of its archive pages, the date and the title that it had in the copy, when it shows just what it
   * showed there. One that is empty may be new here: what it once showed has expired since.
   * @returns whether it did
   */
  adopt(copied: CopiedFeed, now: Instant): boolean {
    const { feeds, outbox, counters, directory } = this.#parts;
    const { id, title, changed, shows, withdrawn } = copied;
    if (shows.length + withdrawn.length === 0) feeds.open(id, title);
    const present = feeds.find(id);
    if (present === undefined) return false;
    const hasPages = this.#adoptPages(copied, now);
    const content = this.#content(id, changed);
    const isAlike = content.shows.join() === shows.join() && content.withdrawn.join() === withdrawn.join();
    const isPresent = present.title === title && feeds.edition(id, "", now).changed === changed;
    if (!isAlike || (isPresent && !hasPages)) return hasPages;
    feeds.adopt(id, title, changed);
    outbox.add(windowKey(id), "backlog", now);
    counters.raise("site", "backlog", now);
    directory.note(id, "backlog", now);
    return true;
  }

  #adoptPages({ id, pages: copied }: CopiedFeed, now: Instant): boolean {
    const { pages, feeds, outbox } = this.#parts;
    const here = new Set(this.#pages(id, now));
    let isAny = false;
    for (const page of copied) {
      const [number = Number.NaN, changed = Number.NaN, arrivals = Number.NaN] = page.split(" ").map(Number);
      const state = { number, changed, arrivals };
      if (here.has(page) || this.#page(id, state) !== page) continue;
      pages.adopt(id, state);
      outbox.add(pageKey(id, number), "backlog", now);
      // One from which everything is gone.
      pages.begin(id, number);
      isAny = true;
    }
    // The window names the newest.
    if (isAny) feeds.raise(id);
    if (isAny) outbox.add(windowKey(id), "backlog", now);
    return isAny;
  }

  #feed(id: FeedId, now: Instant): CopiedFeed {
    const { feeds } = this.#parts;
    const { changed } = feeds.edition(id, "", now);
    const title = feeds.find(id)?.title ?? "";
    return { id, title, changed, ...this.#content(id, changed), pages: this.#pages(id, now) };
  }

  #pages(id: FeedId, now: Instant): string[] {
    return this.#parts.pages.all(id, now).map((state) => this.#page(id, state));
  }

  #page(id: FeedId, { number, changed, arrivals }: PageState): string {
    const content = this.#parts.entries
      .onPage(id, number)
      .map((article) => `${article.id} ${article.revision}`);
    return `${number} ${changed} ${arrivals} ${fnv1a(content.join(), { size: 64 }).toString(16)}`;
  }

  #content(id: FeedId, changed: Instant): Pick<CopiedFeed, "shows" | "withdrawn"> {
    const { entries, tombstones } = this.#parts;
    return {
      shows: entries.shown(id).map((article) => `${article.id} ${article.revision}`),
      withdrawn: tombstones.of(id, changed).map((tombstone) => `${tombstone.id} ${tombstone.withdrawn}`),
    };
  }
}

/** Whether two records are one revision: the clock may have moved its status, and made way for another `updated`. */
function isSame(one: Article, other: Article): boolean {
  const [a, b] = [one, other].map((article) =>
    JSON.stringify({ ...article, status: "", changed: 0, updated: 0 }),
  );
  return a === b;
}
