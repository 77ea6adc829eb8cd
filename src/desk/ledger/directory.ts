/** The directory: sections and authors in the order of their arrival, and the time of the newest article of each. No KV, no clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { isTitle } from "../../article/bounds.ts";
import { type FeedId, topicOf } from "../../article/feed-id.ts";
import {
  type AuthorsRecord,
  type ListRecord,
  MAX_LISTED_AUTHORS,
  MAX_LISTED_SECTIONS,
  NAMES_PER_LIST,
  type SiteRecord,
} from "../../store/directory.ts";
import { listKey, type ListedKind } from "../../store/keys.ts";
import { feedId, firstRow, onlyRow, rows } from "../../rows.ts";
import type { StaleKeys } from "./stale-keys.ts";

const Present = v.object({ title: v.string(), active: v.nullable(v.number()) });
const ListingRow = v.object({ number: v.number(), ...Present.entries });
const NameRow = v.pipe(v.object({ id: v.string(), title: v.string() }), v.transform(titled));
const ActiveRow = v.pipe(
  v.object({ id: v.string(), title: v.string(), count: v.number(), active: v.number() }),
  v.transform(titled),
);

// Names that a ledger from before there was a directory brings into it at a time.
const STEP = 100;
const LIMITS = { section: MAX_LISTED_SECTIONS, author: MAX_LISTED_AUTHORS } as const;

export class Directory {
  readonly #sql: SqlStorage;
  #isFilled = false;
  #isFilling = false;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Notes the title and the newest time of a feed, after each of its changes. @param stale takes the lists that change */
  note(feed: FeedId, stale: StaleKeys): void {
    const kind = listedKind(feed);
    if (kind === undefined) return;
    const before = firstRow(
      this.#sql,
      ListingRow,
      "SELECT number, title, active FROM listing WHERE feed = ?",
      feed,
    );
    const present = onlyRow(
      this.#sql,
      Present,
      `SELECT coalesce((SELECT title FROM feed WHERE id = ?1), '') AS title,
         (SELECT max(published) FROM entry WHERE feed = ?1) AS active`,
      feed,
    );
    if (before === undefined && present.active === null) return;
    if (before?.title === present.title && before.active === present.active) return;
    const number = before?.number ?? this.#arrivals(kind) + 1;
    // A section's count and newest time say by themselves when its list changes.
    const isListed = kind === "author";
    const wasShown = isListed && this.#isShown(kind, number, before?.active ?? null);
    this.#sql.exec(
      `INSERT INTO listing (kind, number, feed, title, active) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (kind, number) DO UPDATE SET title = excluded.title, active = excluded.active`,
      kind,
      number,
      feed,
      present.title,
      present.active,
    );
    const isOther = before?.title !== present.title || (before.active === null) !== (present.active === null);
    if (isOther) this.#raisePage(kind, number, before === undefined, stale);
    const isShown = isListed && this.#isShown(kind, number, present.active);
    if (isListed && (wasShown !== isShown || (isOther && isShown))) stale.addListing("authors");
  }

  /**
   * Notes some of the feeds that an earlier release has made: sections first. To be called until it has done.
   * @returns whether it noted any
   */
  fill(stale: StaleKeys): boolean {
    if (this.#isFilled) return false;
    const missing = rows(
      this.#sql,
      v.object({ id: feedId }),
      `SELECT id FROM feed
       WHERE (id > 'section:' AND id < 'section;' OR id > 'author:' AND id < 'author;') AND count > 0
         AND NOT EXISTS (SELECT 1 FROM listing WHERE listing.feed = feed.id)
       ORDER BY id DESC LIMIT +?`,
      STEP,
    );
    for (const { id } of missing) this.note(id, stale);
    this.#isFilled = missing.length < STEP;
    this.#isFilling = !this.#isFilled;
    if (missing.length > 0) stale.addListing("site");
    return missing.length > 0;
  }

  /** Whether more such feeds wait to be noted. */
  get isFilling(): boolean {
    return this.#isFilling;
  }

  /** The most recently active sections, by id. */
  sections(): SiteRecord {
    const { active: found, ...rest } = this.#mostActive("section");
    const sections = found.map(({ id, title, count, active }) => ({ id, title, count, newest: active }));
    return { version: 1, sections: sections.toSorted((a, b) => (a.id < b.id ? -1 : 1)), ...rest };
  }

  /** The most recently active authors, by name. */
  authors(): AuthorsRecord {
    const { active: found, ...rest } = this.#mostActive("author");
    return {
      version: 1,
      authors: found.toSorted(byTitle).map(({ id, title }) => ({ id, name: title })),
      ...rest,
    };
  }

  /** A page of all of a kind that have articles, by name; undefined where there is no such page. */
  page(kind: ListedKind, number: number): ListRecord | undefined {
    const pages = this.#pages(kind);
    if (number > pages) return undefined;
    const names = rows(
      this.#sql,
      NameRow,
      `SELECT substr(feed.id, ?) AS id, feed.title FROM listing JOIN feed ON feed.id = listing.feed
       WHERE kind = ? AND number > ? AND number <= ? AND active IS NOT NULL AND feed.count > 0`,
      kind.length + 2,
      kind,
      (number - 1) * NAMES_PER_LIST,
      number * NAMES_PER_LIST,
    );
    return { version: 1, names: names.toSorted(byTitle), isFollowed: number < pages };
  }

  #mostActive(kind: ListedKind): {
    active: v.InferOutput<typeof ActiveRow>[];
    pages: number;
    isCut?: boolean;
  } {
    const limit = LIMITS[kind];
    const active = rows(
      this.#sql,
      ActiveRow,
      `SELECT substr(feed.id, ?) AS id, feed.title, feed.count, listing.active
       FROM listing JOIN feed ON feed.id = listing.feed
       WHERE kind = ? AND active IS NOT NULL AND feed.count > 0 ORDER BY active DESC, number DESC LIMIT +?`,
      kind.length + 2,
      kind,
      limit + 1,
    );
    const isCut = active.length > limit;
    return { active: active.slice(0, limit), pages: this.#pages(kind), ...(isCut && { isCut }) };
  }

  /** A name that comes onto a new page makes the page before lead on, and the lists count one page more. */
  #raisePage(kind: ListedKind, number: number, isNew: boolean, stale: StaleKeys): void {
    const page = pageOf(number);
    stale.addListing(listKey(kind, page));
    if (!isNew || pageOf(number - 1) === page) return;
    stale.addListing(kind === "section" ? "site" : "authors");
    if (page > 1) stale.addListing(listKey(kind, page - 1));
  }

  /** Whether a name that was last active then is among the most active. */
  #isShown(kind: ListedKind, number: number, active: Instant | null): boolean {
    if (active === null) return false;
    const { ahead } = onlyRow(
      this.#sql,
      v.object({ ahead: v.number() }),
      "SELECT count(*) AS ahead FROM (SELECT 1 FROM listing WHERE kind = ? AND (active, number) > (?, ?) LIMIT +?)",
      kind,
      active,
      number,
      LIMITS[kind],
    );
    return ahead < LIMITS[kind];
  }

  #pages(kind: ListedKind): number {
    return pageOf(this.#arrivals(kind));
  }

  #arrivals(kind: ListedKind): number {
    return onlyRow(
      this.#sql,
      v.object({ number: v.number() }),
      "SELECT coalesce(max(number), 0) AS number FROM listing WHERE kind = ?",
      kind,
    ).number;
  }
}

function pageOf(number: number): number {
  return Math.ceil(number / NAMES_PER_LIST);
}

function listedKind(feed: FeedId): ListedKind | undefined {
  const kind = topicOf(feed)?.kind;
  return kind === "section" || kind === "author" ? kind : undefined;
}

/** The first releases took names that are no title. */
function titled<Named extends { id: string; title: string }>(named: Named): Named {
  return isTitle(named.title) ? named : { ...named, title: named.id };
}

function byTitle(a: { id: string; title: string }, b: { id: string; title: string }): number {
  if (a.title !== b.title) return a.title < b.title ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
