/** The ledger's feeds: the title of each, the number of its articles, and the edition of its window. No KV, no clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { type DatedSequence, editionDate, Stamped } from "./edition-date.ts";
import { feedId, firstRow, onlyRow, rows } from "../../rows.ts";

const FeedRow = v.object({
  title: v.string(),
  namer: v.nullable(v.string()),
  count: v.number(),
  page: v.number(),
});
const Id = v.object({ id: feedId });

/**
 * The row of a feed: the title of what it gathers by, the article that spells it so (null where none is known to), how many
 * articles it has, and the number of its newest archive page, which is 0 where it has none.
 */
export type FeedRow = v.InferOutput<typeof FeedRow>;

export class Feeds {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Undefined where there is no such feed. */
  find(feed: FeedId): FeedRow | undefined {
    return firstRow(this.#sql, FeedRow, "SELECT title, namer, count, page FROM feed WHERE id = ?", feed);
  }

  /** The feeds that there are, `all` among them, once anything was published: by id, at most `limit` from one on. */
  from(first: string, limit: number): FeedId[] {
    const statement = "SELECT id FROM feed WHERE id >= ? ORDER BY id LIMIT +?";
    return rows(this.#sql, Id, statement, first, limit).map(({ id }) => id);
  }

  /** The next feeds after the one that `after` names. */
  after(after: string, limit: number): FeedId[] {
    const statement = "SELECT id FROM feed WHERE id > ? ORDER BY id LIMIT +?";
    return rows(this.#sql, Id, statement, after, limit).map(({ id }) => id);
  }

  /** Makes a feed that shows nothing, unless it is there. */
  open(feed: FeedId, title: string): void {
    this.#sql.exec(
      `INSERT INTO feed (id, title, count, sequence, stamped, changed) VALUES (?, ?, 0, 0, 0, 0)
       ON CONFLICT (id) DO NOTHING`,
      feed,
      title,
    );
  }

  /** Counts an article more, the first one of a feed that isn't there yet. @returns the row as it is then */
  incrementCount(feed: FeedId): FeedRow {
    return onlyRow(
      this.#sql,
      FeedRow,
      `INSERT INTO feed (id, title, count, sequence, stamped, changed) VALUES (?, '', 1, 0, 0, 0)
       ON CONFLICT (id) DO UPDATE SET count = count + 1 RETURNING title, namer, count, page`,
      feed,
    );
  }

  decrementCount(feed: FeedId): void {
    this.#sql.exec("UPDATE feed SET count = count - 1 WHERE id = ?", feed);
  }

  /** @param namer the article that spells the title so */
  name(feed: FeedId, title: string, namer: string): void {
    this.#sql.exec("UPDATE feed SET title = ?, namer = ? WHERE id = ?", title, namer, feed);
  }

  /** Notes that an article no longer answers for a feed's title, if it did. The title stays. */
  unname(feed: FeedId, namer: string): void {
    this.#sql.exec("UPDATE feed SET namer = NULL WHERE id = ? AND namer = ?", feed, namer);
  }

  /** Raises the sequence of a window that has changed. For stale-keys.ts alone, which notes its key too. */
  bumpSequence(feed: FeedId): void {
    this.#sql.exec("UPDATE feed SET sequence = sequence + 1 WHERE id = ?", feed);
  }

  /** The present edition of a feed's window. One that waits for KV has the date of a write that starts now. */
  edition(feed: FeedId, now: Instant): DatedSequence {
    const row = this.#stamped(feed);
    return { sequence: row.sequence, changed: editionDate(row, now) };
  }

  /** Dates the present edition of a feed's window, for a write that is about to start; see edition-date.ts. */
  stampEdition(feed: FeedId, now: Instant, isRetry = false): DatedSequence {
    const row = this.#stamped(feed);
    const changed = editionDate(row, now, isRetry);
    if (row.stamped !== row.sequence || row.changed !== changed) {
      this.#sql.exec("UPDATE feed SET stamped = ?, changed = ? WHERE id = ?", row.sequence, changed, feed);
    }
    return { sequence: row.sequence, changed };
  }

  /** Gives a feed's present edition the date and the title that it has in a copy from which it was imported. */
  adopt(feed: FeedId, title: string, changed: Instant): void {
    this.#sql.exec(
      "UPDATE feed SET title = ?, changed = ?, stamped = sequence WHERE id = ?",
      title,
      changed,
      feed,
    );
  }

  #stamped(feed: FeedId): v.InferOutput<typeof Stamped> {
    return onlyRow(this.#sql, Stamped, "SELECT sequence, stamped, changed FROM feed WHERE id = ?", feed);
  }
}
