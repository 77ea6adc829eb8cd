/** Recipients: the subscriptions to which something is to be sent now. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { onlyRow, optional, rows } from "../../rows.ts";
import type { Lane } from "../messages.ts";

/** Who is to be sent to, by topic and lane. */
export type Recipient = { id: number; topic: number; lane: Lane };

const RecipientRow = v.pipe(
  v.object({ id: v.number(), topic: v.number(), slow: v.number() }),
  v.transform(({ slow, ...row }): Recipient => ({ ...row, lane: slow === 1 ? "slow" : "healthy" })),
);
const Due = v.object({ due: optional(v.number()) });

export class Recipients {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * Who is to get the newest edition of a topic now. Those in the healthy lane all are; one in the slow lane that waits for its next
   * attempt goes on waiting, and so does one that asked for a pause.
   */
  of(topic: number, sequence: number, now: Instant): Recipient[] {
    return rows(
      this.#sql,
      RecipientRow,
      `SELECT id, topic, slow FROM subscription WHERE topic = ?1 AND delivered < ?2 AND expires > ?3
       AND (slow = 0 OR due IS NULL OR due <= ?3) AND (pause IS NULL OR pause <= ?3) ORDER BY id`,
      topic,
      sequence,
      now,
    );
  }

  /** Lets those that asked for a pause, and have no attempt before them, get a topic's newest edition after it. */
  waitForPause(topic: number, sequence: number, now: Instant): void {
    this.#sql.exec(
      "UPDATE subscription SET due = pause WHERE topic = ? AND delivered < ? AND pause > ? AND due IS NULL",
      topic,
      sequence,
      now,
    );
  }

  /** Those that a topic's newest edition hasn't reached, and of which no failure is known. */
  missing(topic: number, sequence: number, now: Instant): Recipient[] {
    return rows(
      this.#sql,
      RecipientRow,
      `SELECT id, topic, slow FROM subscription WHERE topic = ? AND delivered < ? AND expires > ? AND failures = 0
       AND due IS NULL ORDER BY id`,
      topic,
      sequence,
      now,
    );
  }

  /** Begins the attempts that are due; they are put off, should nobody report. */
  begin(now: Instant, limit: number, until: Instant): Recipient[] {
    const due = rows(
      this.#sql,
      RecipientRow,
      "SELECT id, topic, slow FROM subscription WHERE due <= ? ORDER BY due LIMIT +?",
      now,
      limit,
    );
    for (const { id } of due) this.#sql.exec("UPDATE subscription SET due = ? WHERE id = ?", until, id);
    return due;
  }

  /** Puts those off that failed before, should nobody report of the attempt that begins now. */
  putOff(ids: readonly number[], until: Instant): void {
    this.#sql.exec(
      "UPDATE subscription SET due = ? WHERE id IN (SELECT value FROM json_each(?)) AND failures > 0",
      until,
      JSON.stringify(ids),
    );
  }

  /** Begins the echoes that are due. */
  beginEchoes(now: Instant, limit: number): void {
    this.#sql.exec(
      `UPDATE subscription SET echo = 1, echo_due = NULL, due = max(?1, ifnull(pause, 0)) WHERE id IN
       (SELECT id FROM subscription WHERE echo_due <= ?1 ORDER BY echo_due LIMIT ?2)`,
      now,
      limit,
    );
  }

  /** The next instant at which one is tried again, or told once more. */
  nextAttempt(): Instant | undefined {
    const found = ["due", "echo_due"].flatMap(
      (column) =>
        onlyRow(this.#sql, Due, `SELECT min(${column}) AS due FROM subscription WHERE ${column} IS NOT NULL`)
          .due ?? [],
    );
    return found.length === 0 ? undefined : Math.min(...found);
  }
}
