/** Whole copies of a newsroom: what is exported, and how it comes back. To run in a transaction. No KV, no clock. */
import type { Article, Instant } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import { SITE_KEY, windowKey } from "../store/keys.ts";
import type { Book } from "./book.ts";
import type { Outcome } from "./outcome.ts";
import type { Parts } from "./parts.ts";
import { lackOf, type Principal } from "./principal.ts";
import type { Stored } from "./revisions.ts";

/** A revision as a copy holds it: its record, the digest of the draft that it came from, and whether another follows. */
export type CopiedRevision = { article: Article; digest?: string | undefined; isPast?: boolean | undefined };

/** What a feed showed when it was copied, and since when: a copy that shows the same has the same date. */
export type CopiedFeed = {
  id: FeedId;
  title: string;
  changed: Instant;
  /** `<article id> <revision>` each, in the feed's order. */
  shows: string[];
  /** `<article id> <instant>` each. */
  withdrawn: string[];
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
  revisions(after: Position | undefined): Stored[] {
    return [...this.#parts.revisions.all(after, MAX_PAGE_LENGTH)];
  }

  /** Every feed as it is now. */
  feeds(now: Instant): CopiedFeed[] {
    return this.#parts.feeds.ids().map((id) => this.#feed(id, now));
  }

  /** Takes a revision back, as it was; one that is here already changes nothing. */
  restore({ article, digest, isPast }: CopiedRevision, actor: Principal, now: Instant): Outcome {
    const { ledger, revisions } = this.#parts;
    const { id, revision, guid } = article;
    const lack = lackOf(actor, "admin", article.sections);
    if (lack !== undefined) return { ok: false, reason: "forbidden", lack };
    const before = ledger.find(id);
    const present = revisions.find({ id, revision });
    if (present !== undefined) {
      return isSame(present, article)
        ? { ok: true, change: "unchanged", article: present, feeds: [] }
        : { ok: false, reason: "revision-differs", id, revision };
    }
    if (revision !== (before?.revision ?? 0) + 1)
      return { ok: false, reason: "revision-missing", id, revision };
    const namesake = ledger.withGuid(guid);
    if ((before !== undefined && before.guid !== guid) || (namesake !== undefined && namesake.id !== id)) {
      return { ok: false, reason: "guid-taken", id: namesake?.id ?? id, guid };
    }
    // The `updated` of a past revision may be another article's by now; no feed shows it any more.
    const free = ledger.freeUpdated(article.updated, id);
    const isEarly =
      article.published > now && (article.status === "published" || article.status === "expired");
    return this.#book.enter(
      {
        change: "imported",
        before,
        article: {
          ...article,
          updated: isPast ? article.updated : free,
          status: isEarly ? "scheduled" : article.status,
        },
        digest,
        listedUpdated: free,
        actor: actor.name,
      },
      now,
    );
  }

  /**
   * Gives a feed the date and the title that it had in the copy, when it shows just what it showed there. One that is
   * empty may be new here: what it once showed has expired since.
   * @returns whether it did
   */
  adopt({ id, title, changed, shows, withdrawn }: CopiedFeed, now: Instant): boolean {
    const { feeds, outbox } = this.#parts;
    if (shows.length + withdrawn.length === 0) feeds.open(id, title);
    const present = feeds.title(id);
    if (present === undefined) return false;
    const content = this.#content(id, changed);
    const isAlike = content.shows.join() === shows.join() && content.withdrawn.join() === withdrawn.join();
    if (!isAlike || (present === title && feeds.edition(id, "", now).changed === changed)) return false;
    feeds.adopt(id, title, changed);
    outbox.add(windowKey(id));
    outbox.add(SITE_KEY);
    return true;
  }

  #feed(id: FeedId, now: Instant): CopiedFeed {
    const { feeds } = this.#parts;
    const { changed } = feeds.edition(id, "", now);
    return { id, title: feeds.title(id) ?? "", changed, ...this.#content(id, changed) };
  }

  #content(id: FeedId, changed: Instant): Pick<CopiedFeed, "shows" | "withdrawn"> {
    const { feeds, tombstones } = this.#parts;
    return {
      shows: feeds.shown(id).map((article) => `${article.id} ${article.revision}`),
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
