/** The outbox: which KV keys are stale, and when each may be written. No KV here: the ledger's side alone. */
import { AFTER_PAGES } from "../store/keys.ts";

/** Workers KV takes one write a second per key. */
export const PACE_MILLISECONDS = 1000;
const MAX_BACK_OFF_MILLISECONDS = 60_000;

/** A key whose write has begun, and the sequence that it brings to KV. */
export type Taken = { key: string; sequence: number; attempts: number };

export class Outbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Says that a key is stale. Its pace and its back-off stay: many changes become one write. */
  add(key: string): void {
    this.#sql.exec(
      `INSERT INTO outbox (key, sequence, written, due, attempts) VALUES (?, 1, 0, 0, 0)
       ON CONFLICT (key) DO UPDATE SET sequence = sequence + 1`,
      key,
    );
  }

  /**
   * Some keys that may be written now: the few that are neither an article's nor an archive page's before the others, so that
   * a feed doesn't wait for an archive; then those that have waited longest.
   */
  due(now: number, limit: number): string[] {
    // The plus signs choose the index: by key for the few, by time for the many.
    const others = this.#keys(
      `SELECT key FROM outbox WHERE key > ? AND sequence > written AND +due <= ? ORDER BY +due LIMIT ?`,
      AFTER_PAGES,
      now,
      limit,
    );
    const many = this.#keys(
      `SELECT key FROM outbox WHERE +key < ? AND sequence > written AND due <= ? ORDER BY due LIMIT ?`,
      AFTER_PAGES,
      now,
      limit - others.length,
    );
    return [...others, ...many];
  }

  /** Those of `keys` that may be written now. */
  dueAmong(keys: readonly string[], now: number): string[] {
    return this.#keys(
      `SELECT key FROM outbox WHERE key IN (SELECT value FROM json_each(?)) AND sequence > written AND due <= ?`,
      JSON.stringify(keys),
      now,
    );
  }

  /** How many keys wait, and from when on the first of them may be written, as far as that is known. */
  backlog(): { waiting: number; since: number | undefined } {
    const { waiting, since } = this.#sql
      .exec<{ waiting: number; since: number | null }>(
        "SELECT count(*) AS waiting, min(nullif(due, 0)) AS since FROM outbox WHERE sequence > written",
      )
      .one();
    return { waiting, since: since ?? undefined };
  }

  /** When the next key may be written; undefined when nothing waits. */
  next(): number | undefined {
    return (
      this.#sql
        .exec<{ due: number | null }>("SELECT min(due) AS due FROM outbox WHERE sequence > written")
        .one().due ?? undefined
    );
  }

  /**
   * Begins the write of a key. Its pace is noted before, so that even a Desk that vanishes half-way keeps it.
   * @returns undefined when the key is not stale, or not due
   */
  take(key: string, now: number): Taken | undefined {
    return this.#sql
      .exec<Taken>(
        `UPDATE outbox SET due = ? WHERE key = ? AND sequence > written AND due <= ?
         RETURNING key, sequence, attempts`,
        now + PACE_MILLISECONDS,
        key,
        now,
      )
      .toArray()[0];
  }

  /** A write came through: what it brought is no longer wanted; what became stale meanwhile still is. */
  written({ key, sequence }: Taken, now: number): void {
    this.#sql.exec(
      "UPDATE outbox SET written = ?, due = ?, attempts = 0 WHERE key = ?",
      sequence,
      now + PACE_MILLISECONDS,
      key,
    );
  }

  /** A write failed, or says that it did: it is tried again, later each time. */
  failed({ key, attempts }: Taken, now: number): void {
    const backOff = Math.min(PACE_MILLISECONDS * 2 ** attempts, MAX_BACK_OFF_MILLISECONDS);
    this.#sql.exec("UPDATE outbox SET due = ?, attempts = attempts + 1 WHERE key = ?", now + backOff, key);
  }

  /** Drops the rows whose last sequence is written and whose pace is over. */
  prune(now: number): void {
    this.#sql.exec("DELETE FROM outbox WHERE sequence <= written AND due <= ?", now);
  }

  #keys(statement: string, ...bindings: (string | number)[]): string[] {
    return this.#sql
      .exec<{ key: string }>(statement, ...bindings)
      .toArray()
      .map(({ key }) => key);
  }
}
