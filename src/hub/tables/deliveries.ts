/** Deliveries of events to webhooks: those of an article wait for one another, those of different articles don't. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { firstRow, isAnyRow, onlyRow, optional, rows } from "../../rows.ts";
import type { Webhook } from "./webhooks.ts";

const DELIVERY_STATES = ["waiting", "delivered", "failed"] as const;

const DeliveryRow = v.object({
  id: v.number(),
  webhook: v.string(),
  event: v.number(),
  article: v.string(),
  state: v.picklist(DELIVERY_STATES),
  attempts: v.number(),
  failing: optional(v.number()),
  due: optional(v.number()),
  begun: v.pipe(
    v.number(),
    v.transform((flag) => flag === 1),
  ),
  settled: v.number(),
  pause: optional(v.number()),
  version: v.number(),
});

/** A delivery: `event` is the number of its event, `failing` the instant at which its first attempt failed. */
export type Delivery = v.InferOutput<typeof DeliveryRow>;

/** The part of a delivery that an attempt changes. */
export type DeliveryState = Pick<Delivery, "state" | "attempts" | "failing" | "due" | "pause">;

/** A delivery that begins: `length` is that of the article's record, in UTF-16 units. */
export type Begun = { id: number; length: number };

const BegunRow = v.object({ id: v.number(), length: v.number() });
const CountRow = v.object({ webhook: v.string(), count: v.number() });
const Due = v.object({ due: optional(v.number()) });
const IdRow = v.object({ id: v.number() });

export class DeliveriesTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(id: number): Delivery | undefined {
    return firstRow(this.#sql, DeliveryRow, "SELECT * FROM delivery WHERE id = ?", id);
  }

  /** Adds the delivery of an event that has just happened. */
  add({ id, paused }: Webhook, event: number, article: string, now: Instant): void {
    const isLater = isAnyRow(
      this.#sql,
      "SELECT id FROM delivery WHERE webhook = ? AND article = ? AND state = 'waiting' LIMIT 1",
      id,
      article,
    );
    this.#sql.exec(
      "INSERT INTO delivery (webhook, event, article, due) VALUES (?, ?, ?, ?)",
      id,
      event,
      article,
      isLater || paused !== undefined ? null : now,
    );
  }

  /** Begins deliveries that are due; they are put off, should nobody report. */
  begin(webhook: string, now: Instant, limit: number, until: Instant): Begun[] {
    const begun = rows(
      this.#sql,
      BegunRow,
      `SELECT delivery.id, event.length FROM delivery JOIN event ON event.number = delivery.event
       WHERE delivery.webhook = ? AND delivery.due <= ? ORDER BY delivery.due, delivery.id LIMIT +?`,
      webhook,
      now,
      limit,
    );
    for (const { id } of begun)
      this.#sql.exec("UPDATE delivery SET due = ?, begun = 1 WHERE id = ?", until, id);
    return begun;
  }

  /** How many are under way to a webhook. */
  underWay(webhook: string, now: Instant): number {
    const statement = "SELECT count(*) AS count FROM delivery WHERE webhook = ? AND begun = 1 AND due > ?";
    return onlyRow(this.#sql, v.object({ count: v.number() }), statement, webhook, now).count;
  }

  /** When the next delivery to a webhook is due. */
  next(webhook: string): Instant | undefined {
    const statement = "SELECT min(due) AS due FROM delivery WHERE webhook = ? AND due IS NOT NULL";
    return onlyRow(this.#sql, Due, statement, webhook).due;
  }

  /** Notes what became of an attempt. One that waits on is due only where no earlier one of its article waits. */
  settle({ id, webhook, article }: Delivery, { state, attempts, failing, due, pause }: DeliveryState): void {
    this.#sql.exec(
      `UPDATE delivery SET state = ?1, attempts = ?2, failing = ?3, begun = 0, settled = settled + 1, pause = ?8, due = CASE WHEN EXISTS
         (SELECT 1 FROM delivery WHERE webhook = ?6 AND article = ?7 AND state = 'waiting' AND id < ?5)
       THEN NULL ELSE ?4 END WHERE id = ?5`,
      state,
      attempts,
      failing ?? null,
      due ?? null,
      id,
      webhook,
      article,
      pause ?? null,
    );
  }

  /** Makes the first of an article due that waits for a webhook, where it is not. */
  releaseNext(webhook: string, article: string, now: Instant): void {
    this.#sql.exec(
      `UPDATE delivery SET due = ? WHERE due IS NULL AND id =
       (SELECT min(id) FROM delivery WHERE webhook = ? AND article = ? AND state = 'waiting')`,
      now,
      webhook,
      article,
    );
  }

  /** Lets nothing go to a webhook. */
  hold(webhook: string): void {
    this.#sql.exec(
      "UPDATE delivery SET due = NULL, begun = 0 WHERE webhook = ? AND due IS NOT NULL",
      webhook,
    );
  }

  /** The same for every article. */
  release(webhook: string, now: Instant): void {
    this.#sql.exec(
      `UPDATE delivery SET due = ? WHERE due IS NULL AND id IN
       (SELECT min(id) FROM delivery WHERE webhook = ? AND state = 'waiting' GROUP BY article)`,
      now,
      webhook,
    );
  }

  /** Makes all due now that are due later, but what is under way, and what has a pause before it. */
  hasten(webhook: string, now: Instant): void {
    this.#sql.exec(
      "UPDATE delivery SET due = max(?1, ifnull(pause, 0)) WHERE webhook = ?2 AND due > ?1 AND begun = 0",
      now,
      webhook,
    );
  }

  /** Forgets the failures of what waits for a webhook. */
  forgetFailures(webhook: string): void {
    this.#sql.exec(
      "UPDATE delivery SET attempts = 0, failing = NULL WHERE webhook = ? AND state = 'waiting'",
      webhook,
    );
  }

  /**
   * Lets a webhook get events again, as if for the first time: one, or all from an instant on. Nothing of their articles is due until
   * `release` looks for the first of each.
   * @returns how many there are
   */
  repeat(webhook: string, of: { event: number } | { since: Instant }): number {
    const [where, value] = "event" in of ? ["number = ?", of.event] : ["instant >= ?", of.since];
    this.#sql.exec(
      `UPDATE delivery SET due = NULL, begun = 0, pause = NULL WHERE webhook = ? AND due IS NOT NULL
       AND article IN (SELECT article FROM event WHERE ${where})`,
      webhook,
      value,
    );
    return rows(
      this.#sql,
      IdRow,
      `UPDATE delivery SET state = 'waiting', attempts = 0, failing = NULL, version = version + 1
       WHERE webhook = ? AND event IN (SELECT number FROM event WHERE ${where}) RETURNING id`,
      webhook,
      value,
    ).length;
  }

  /** Removes what there is for a webhook. */
  removeOf(webhook: string): void {
    this.#sql.exec("DELETE FROM delivery WHERE webhook = ?", webhook);
  }

  /** How many wait for each webhook that any waits for. */
  waiting(): { webhook: string; count: number }[] {
    const statement =
      "SELECT webhook, count(*) AS count FROM delivery WHERE state = 'waiting' GROUP BY webhook";
    return rows(this.#sql, CountRow, statement);
  }
}
