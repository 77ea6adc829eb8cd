/** Recipients: the subscriptions to which something is to be sent now. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { firstRow, onlyRow, optional, rows } from "../../rows.ts";
import type { Lane } from "../messages.ts";

/** Who is to be sent to, by topic and lane. */
export type Recipient = { id: number; topic: number; lane: Lane };

const RecipientRow = v.pipe(
  v.object({ id: v.number(), topic: v.number(), slow: v.number() }),
  v.transform(({ slow, ...row }): Recipient => ({ ...row, lane: slow === 1 ? "slow" : "healthy" })),
);
const Due = v.object({ due: optional(v.number()) });

// The newest edition may have an article that was taken away: attempts wait for the next one.
const CAN_BE_SENT = "topic NOT IN (SELECT id FROM topic WHERE recalled = 1)";

export class Recipients {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The healthy who are to get the newest edition of a topic now: all but those that asked for a pause. */
  of(topic: number, sequence: number, now: Instant): Recipient[] {
    return rows(
      this.#sql,
      RecipientRow,
      `SELECT id, topic, slow FROM subscription WHERE topic = ?1 AND delivered < ?2 AND expires > ?3
       AND slow = 0 AND (pause IS NULL OR pause <= ?3) ORDER BY id`,
      topic,
      sequence,
      now,
    );
  }

  /**
   * Lets the others have their turn: those in the slow lane, and those that asked for a pause, after it. One that waits for its next
   * attempt goes on waiting.
   */
  queueOthers(topic: number, sequence: number, now: Instant): void {
    this.#sql.exec(
      `UPDATE subscription SET due = max(?3, ifnull(pause, 0)) WHERE topic = ?1 AND delivered < ?2 AND expires > ?3
       AND due IS NULL AND (slow = 1 OR pause > ?3)`,
      topic,
      sequence,
      now,
    );
  }

  /** Takes from the subscribers of a topic all that was still to be sent of its editions. */
  forget(topic: number, sequence: number): void {
    this.#sql.exec(
      "UPDATE subscription SET delivered = ?, due = NULL, begun = 0, echo_due = NULL, echo = 0 WHERE topic = ?",
      sequence,
      topic,
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

  /** Begins the attempts of a lane that are due; they are put off, should nobody report. */
  begin(lane: Lane, now: Instant, limit: number, until: Instant): Recipient[] {
    const due = rows(
      this.#sql,
      RecipientRow,
      `SELECT id, topic, slow FROM subscription WHERE slow = ? AND due <= ? AND ${CAN_BE_SENT} ORDER BY due LIMIT +?`,
      numberOf(lane),
      now,
      limit,
    );
    const ids = JSON.stringify(due.map(({ id }) => id));
    const statement =
      "UPDATE subscription SET due = ?, begun = 1 WHERE id IN (SELECT value FROM json_each(?))";
    this.#sql.exec(statement, until, ids);
    return due;
  }

  /** Puts those off that failed before, should nobody report of the attempt that begins now. */
  putOff(ids: readonly number[], until: Instant): void {
    this.#sql.exec(
      `UPDATE subscription SET due = ?, begun = 1 WHERE id IN (SELECT value FROM json_each(?)) AND failures > 0`,
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

  /** The next instant at which one of a lane is tried again. */
  nextAttempt(lane: Lane): Instant | undefined {
    const statement = `SELECT due FROM subscription WHERE slow = ? AND due IS NOT NULL AND ${CAN_BE_SENT} ORDER BY due LIMIT 1`;
    return firstRow(this.#sql, Due, statement, numberOf(lane))?.due;
  }

  /** The next instant at which one is told once more. */
  nextEcho(): Instant | undefined {
    const statement = "SELECT min(echo_due) AS due FROM subscription WHERE echo_due IS NOT NULL";
    return onlyRow(this.#sql, Due, statement).due;
  }
}

function numberOf(lane: Lane): number {
  return Number(lane === "slow");
}
