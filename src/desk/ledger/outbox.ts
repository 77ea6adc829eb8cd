/** The outbox: which KV keys are stale, and when each may be written. The ledger's side alone: no KV, no clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { isArticleOrPageKey, parseKey } from "../../store/keys.ts";
import { firstRow, onlyRow, optional, rows } from "../../rows.ts";

/** Workers KV takes one write a second per key. */
export const PACE_MILLISECONDS = 1000;
const MAX_BACK_OFF_MILLISECONDS = 60_000;

/** Why a key is stale: readers and editors wait for what is urgent. An import and the backfill make a backlog. */
export type Cause = "urgent" | "backlog";

export const CAUSES: readonly Cause[] = ["urgent", "backlog"];

/** The many keys of articles and archive pages, or the few of feeds and listings. */
export type Kind = "few" | "many";

// A feed doesn't wait for an archive: the many come after the few of their cause.
const RANKS = { urgent: { few: 0, many: 1 }, backlog: { few: 2, many: 3 } } as const;

const KeyRow = v.object({ key: v.string() });
const DueRow = v.object({ due: v.number() });
const BacklogRow = v.object({ waiting: v.number(), since: optional(v.number()) });
const PendingRow = v.object({ key: v.string(), sequence: v.number(), attempts: v.number() });

/** A key whose write has begun, and the sequence that it brings to KV. */
export type PendingWrite = v.InferOutput<typeof PendingRow>;

export class Outbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * Notes that a key is stale. Many changes become one write: it keeps its pace, its back-off, its place among those that wait,
   * and its urgency until what is urgent is written.
   */
  add(key: string, cause: Cause, now: Instant): void {
    this.#sql.exec(
      `INSERT INTO outbox (key, sequence, written, due, attempts, rank, urgent) VALUES (?1, 1, 0, ?2, 0, ?3, ?4)
       ON CONFLICT (key) DO UPDATE SET sequence = sequence + 1,
         due = iif(sequence > written, due, max(due, excluded.due)),
         rank = iif(sequence > written, min(rank, excluded.rank), excluded.rank),
         urgent = iif(excluded.urgent = 1, sequence + 1, urgent)`,
      key,
      now,
      rankOf(key, cause),
      Number(cause === "urgent"),
    );
  }

  /** Some keys that may be written now, those that have waited longest first: the few or the many of a cause. */
  due(cause: Cause, kind: Kind, now: Instant, limit: number): string[] {
    return this.#keys(
      "SELECT key FROM outbox WHERE rank = ? AND sequence > written AND due <= ? ORDER BY due LIMIT +?",
      RANKS[cause][kind],
      now,
      limit,
    );
  }

  /** The feeds whose windows wait for KV, and for which somebody waits. */
  urgentWindows(): FeedId[] {
    const keys = this.#keys(
      "SELECT key FROM outbox WHERE rank = ? AND sequence > written AND key LIKE 'window:%'",
      RANKS.urgent.few,
    );
    return keys.flatMap((key) => {
      const subject = parseKey(key);
      return subject.kind === "window" ? [subject.feed] : [];
    });
  }

  /** Whether a key waits in a backlog. */
  isInBacklog(key: string): boolean {
    const statement = "SELECT key FROM outbox WHERE key = ? AND sequence > written AND rank >= ?";
    return this.#keys(statement, key, RANKS.backlog.few).length > 0;
  }

  /** Whether an article's or an archive page's key waits, due or not. */
  hasMany(): boolean {
    return CAUSES.some((cause) => this.#nextOf(RANKS[cause].many) !== undefined);
  }

  /** Those of `keys` that may be written now. */
  dueAmong(keys: readonly string[], now: Instant): string[] {
    return this.#keys(
      `SELECT key FROM outbox WHERE key IN (SELECT value FROM json_each(?)) AND sequence > written AND due <= ?`,
      JSON.stringify(keys),
      now,
    );
  }

  /** The number of keys that wait, and the instant from which the first of them may be written, as far as that is known. */
  backlog(): { waiting: number; since: Instant | undefined } {
    return onlyRow(
      this.#sql,
      BacklogRow,
      "SELECT count(*) AS waiting, min(nullif(due, 0)) AS since FROM outbox WHERE sequence > written",
    );
  }

  /** The instant at which the next key may be written; undefined where none waits. */
  next(): Instant | undefined {
    const ranks = CAUSES.flatMap((cause) => Object.values(RANKS[cause]));
    const next = Math.min(...ranks.map((rank) => this.#nextOf(rank) ?? Infinity));
    return next === Infinity ? undefined : next;
  }

  /**
   * Begins the write of a key. Its pace is noted before, so that even a Desk that vanishes half-way keeps it.
   * @returns undefined when the key is not stale, or not due
   */
  beginWrite(key: string, now: Instant): PendingWrite | undefined {
    return firstRow(
      this.#sql,
      PendingRow,
      `UPDATE outbox SET due = ? WHERE key = ? AND sequence > written AND due <= ?
       RETURNING key, sequence, attempts`,
      now + PACE_MILLISECONDS,
      key,
      now,
    );
  }

  /** Notes that a write came through. A key that became stale meanwhile still waits. */
  written({ key, sequence }: PendingWrite, now: Instant): void {
    this.#sql.exec(
      `UPDATE outbox SET written = ?1, due = ?2, attempts = 0, rank = iif(urgent > ?1, rank, ?3) WHERE key = ?4`,
      sequence,
      now + PACE_MILLISECONDS,
      rankOf(key, "backlog"),
      key,
    );
  }

  /** Notes that a write failed, or said so: it is tried again, later each time. */
  failed({ key, attempts }: PendingWrite, now: Instant): void {
    const backOff = Math.min(PACE_MILLISECONDS * 2 ** attempts, MAX_BACK_OFF_MILLISECONDS);
    this.#sql.exec("UPDATE outbox SET due = ?, attempts = attempts + 1 WHERE key = ?", now + backOff, key);
  }

  /** Drops the rows whose last sequence is written and whose pace is over. */
  prune(now: Instant): void {
    this.#sql.exec("DELETE FROM outbox WHERE sequence <= written AND due <= ?", now);
  }

  #nextOf(rank: number): Instant | undefined {
    const statement = "SELECT due FROM outbox WHERE rank = ? AND sequence > written ORDER BY due LIMIT 1";
    return firstRow(this.#sql, DueRow, statement, rank)?.due;
  }

  #keys(statement: string, ...bindings: (string | number)[]): string[] {
    return rows(this.#sql, KeyRow, statement, ...bindings).map(({ key }) => key);
  }
}

function rankOf(key: string, cause: Cause): number {
  return RANKS[cause][isArticleOrPageKey(key) ? "many" : "few"];
}
