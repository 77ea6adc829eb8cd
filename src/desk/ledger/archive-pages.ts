/** Archive pages (RFC 5005, section 4): the page that takes the next article, and the edition of each. No KV, no clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import type { FeedEntries } from "./feed-entries.ts";
import { type DatedSequence, editionDate, Stamped } from "./edition-date.ts";
import { firstRow, onlyRow, rows } from "../../rows.ts";

/**
 * The number of articles that an archive page takes. They enter it in the order in which they come to its feed, and stay on it, so that
 * an old article that comes late moves no other: a page that is full only ever loses an article.
 */
const PAGE_SIZE = 50;
// A page takes no more than a window may weigh, but for a single article that is heavier.
const MAX_PAGE_LENGTH = 1_000_000;
// Its articles may grow: from here on the next one that does goes elsewhere. Workers KV reads 25 MB at once: fifty records of the
// greatest length have 20 MB, and their texts, which have no weight, are among these.
const MAX_GROWN_LENGTH = 4_000_000;

// Pages that one article may make at once, where a copy names one ahead of those that are there.
const MAX_STEP = 20;

/** A page as far as its articles don't tell it: the date of its edition, and how many articles ever came onto it. */
export type PageState = { number: number; arrivals: number; changed: Instant };

const PageNumber = v.object({ number: v.number() });
const LastNumber = v.object({ number: v.nullable(v.number()) });
const Arrivals = v.object({ arrivals: v.number() });
const PageRow = v.object({ ...PageNumber.entries, ...Arrivals.entries, ...Stamped.entries });

export class ArchivePages {
  readonly #sql: SqlStorage;
  readonly #feedEntries: FeedEntries;

  constructor(sql: SqlStorage, entries: FeedEntries) {
    this.#sql = sql;
    this.#feedEntries = entries;
  }

  /** The number of a feed's newest archive page; 0 where it has none. */
  newest(feed: FeedId): number {
    return firstRow(this.#sql, PageNumber, "SELECT page AS number FROM feed WHERE id = ?", feed)?.number ?? 0;
  }

  /** The page that takes an article that weighs so much: the newest one of its feed, or the next that isn't full. */
  pageFor(feed: FeedId, newest: number, length: number): number {
    for (let number = Math.max(newest, 1); ; number++) {
      const load = this.#feedEntries.loadOf(feed, number);
      const isFull = load.count >= PAGE_SIZE || (load.count > 0 && load.length + length > MAX_PAGE_LENGTH);
      if (!isFull) return number;
    }
  }

  /**
   * The furthest page of a feed's archive once an article stands on a page: one with articles that is at most a step from
   * the newest.
   */
  reach(feed: FeedId, newest: number, page: number): number {
    const { number } = onlyRow(
      this.#sql,
      LastNumber,
      "SELECT max(number) AS number FROM page WHERE feed = ? AND number > ? AND number <= ?",
      feed,
      newest,
      newest + MAX_STEP,
    );
    return Math.max(newest, number ?? 0, page <= newest + MAX_STEP ? page : 0);
  }

  /** Whether a page has room for one article more. */
  hasRoom(feed: FeedId, number: number): boolean {
    return this.#feedEntries.loadOf(feed, number).count < PAGE_SIZE;
  }

  /** Whether a page may keep an article that stands on it already, and weighs so much now. */
  canKeep(feed: FeedId, number: number, length: number): boolean {
    const load = this.#feedEntries.loadOf(feed, number);
    return load.count === 1 || load.length + length <= MAX_GROWN_LENGTH;
  }

  /** Makes a page the newest of its feed, unless a later one is. */
  begin(feed: FeedId, number: number): void {
    this.#sql.exec("UPDATE feed SET page = max(page, ?) WHERE id = ?", number, feed);
  }

  /** Raises the sequence of a page that has changed. See stale-keys.ts, which notes its key too. */
  bumpSequence(feed: FeedId, number: number): void {
    this.#sql.exec(
      `INSERT INTO page (feed, number, arrivals, sequence, stamped, changed) VALUES (?, ?, 0, 1, 0, 0)
       ON CONFLICT (feed, number) DO UPDATE SET sequence = sequence + 1`,
      feed,
      number,
    );
  }

  /** Raises the sequence of every page of a feed. @returns their numbers */
  bumpAllSequences(feed: FeedId): number[] {
    const statement = "UPDATE page SET sequence = sequence + 1 WHERE feed = ? RETURNING number";
    return rows(this.#sql, PageNumber, statement, feed).map(({ number }) => number);
  }

  /** Counts an article that comes onto a page. */
  arrive(feed: FeedId, number: number): void {
    this.#sql.exec("UPDATE page SET arrivals = arrivals + 1 WHERE feed = ? AND number = ?", feed, number);
  }

  /** The number of articles that ever came onto a page. */
  arrivals(feed: FeedId, number: number): number {
    const statement = "SELECT arrivals FROM page WHERE feed = ? AND number = ?";
    return firstRow(this.#sql, Arrivals, statement, feed, number)?.arrivals ?? 0;
  }

  /** Rises with every change of one of these pages of a feed. */
  sequence(feed: FeedId, first: number, last: number): number {
    return onlyRow(
      this.#sql,
      v.object({ sequence: v.number() }),
      "SELECT coalesce(sum(sequence), 0) AS sequence FROM page WHERE feed = ? AND number BETWEEN ? AND ?",
      feed,
      first,
      last,
    ).sequence;
  }

  /**
   * Pages of a feed as a copy of the newsroom tells of them, in their order: at most `limit` after one. One that waits for KV has
   * the date of a write that starts now.
   */
  after(feed: FeedId, number: number, limit: number, now: Instant): PageState[] {
    return rows(
      this.#sql,
      PageRow,
      `SELECT number, arrivals, sequence, stamped, changed FROM page
       WHERE feed = ? AND number > ? ORDER BY number LIMIT +?`,
      feed,
      number,
      limit,
    ).map(({ number: own, arrivals, ...row }) => ({
      number: own,
      arrivals,
      changed: editionDate(row, now),
    }));
  }

  /** The last page of a feed on which an article stands, whether anything leads to it yet or not; 0 where there is none. */
  last(feed: FeedId): number {
    return (
      onlyRow(this.#sql, LastNumber, "SELECT max(page) AS number FROM entry WHERE feed = ?", feed).number ?? 0
    );
  }

  /** Removes the pages after one. */
  cut(feed: FeedId, number: number): void {
    this.#sql.exec("DELETE FROM page WHERE feed = ? AND number > ?", feed, number);
  }

  /**
   * Dates the present edition of a page, for a write that is about to start; see edition-date.ts.
   * @returns undefined where there is no such page
   */
  stampEdition(feed: FeedId, number: number, now: Instant, isRetry = false): DatedSequence | undefined {
    const statement = "SELECT sequence, stamped, changed FROM page WHERE feed = ? AND number = ?";
    const row = firstRow(this.#sql, Stamped, statement, feed, number);
    if (row === undefined) return undefined;
    const changed = editionDate(row, now, isRetry);
    if (row.stamped !== row.sequence || row.changed !== changed)
      this.#stamp(feed, number, row.sequence, changed);
    return { sequence: row.sequence, changed };
  }

  /** Gives a page's present edition what it has in a copy from which it was imported. */
  adopt(feed: FeedId, { number, arrivals, changed }: PageState): void {
    this.#sql.exec(
      "UPDATE page SET stamped = sequence, arrivals = ?, changed = ? WHERE feed = ? AND number = ?",
      arrivals,
      changed,
      feed,
      number,
    );
  }

  #stamp(feed: FeedId, number: number, sequence: number, changed: Instant): void {
    this.#sql.exec(
      "UPDATE page SET stamped = ?, changed = ? WHERE feed = ? AND number = ?",
      sequence,
      changed,
      feed,
      number,
    );
  }
}
