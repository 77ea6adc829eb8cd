/** Subscriptions: who gets which topic until when, and what became of the deliveries. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { firstRow, onlyRow, optional, rows } from "../../rows.ts";
import type { Lane } from "../messages.ts";

const flag = v.pipe(
  v.number(),
  v.transform((number) => number === 1),
);

const SubscriptionRow = v.pipe(
  v.object({
    id: v.number(),
    topic: v.number(),
    sent_topic: v.string(),
    callback: v.string(),
    host: v.string(),
    secret: optional(v.string()),
    refetches: flag,
    created: v.number(),
    expires: v.number(),
    version: v.number(),
    delivered: v.number(),
    failures: v.number(),
    slow: flag,
    due: optional(v.number()),
    echo_due: optional(v.number()),
    echo: flag,
    gone: optional(v.number()),
    succeeded: optional(v.number()),
    failed: optional(v.number()),
    status: optional(v.number()),
  }),
  v.transform(({ sent_topic: sentTopic, echo_due: echoDue, ...row }) => ({ ...row, sentTopic, echoDue })),
);

export type Subscription = v.InferOutput<typeof SubscriptionRow>;

/** The part of a subscription that a delivery changes. */
export type DeliveryState = Pick<
  Subscription,
  "delivered" | "failures" | "slow" | "due" | "echoDue" | "echo" | "gone" | "succeeded" | "failed" | "status"
>;

/** A verified request. */
export type NewSubscription = Pick<
  Subscription,
  "topic" | "sentTopic" | "callback" | "host" | "secret" | "refetches" | "created" | "expires" | "delivered"
>;

/** Who is to be sent to, by topic and lane. */
export type Recipient = { id: number; topic: number; lane: Lane };

const RecipientRow = v.pipe(
  v.object({ id: v.number(), topic: v.number(), slow: flag }),
  v.transform(({ slow, ...row }): Recipient => ({ ...row, lane: slow ? "slow" : "healthy" })),
);
const Count = v.object({ count: v.number() });
const Due = v.object({ due: optional(v.number()) });

export class SubscriptionsTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Makes a subscription, or renews the one of this topic and callback: it keeps its history. */
  put({
    topic,
    sentTopic,
    callback,
    host,
    secret,
    refetches,
    created,
    expires,
    delivered,
  }: NewSubscription): void {
    this.#sql.exec(
      `INSERT INTO subscription (topic, sent_topic, callback, host, secret, refetches, created, expires, delivered)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (topic, callback) DO UPDATE SET sent_topic = excluded.sent_topic, secret = excluded.secret,
         refetches = excluded.refetches, expires = excluded.expires, version = version + 1, gone = NULL`,
      topic,
      sentTopic,
      callback,
      host,
      secret ?? null,
      Number(refetches),
      created,
      expires,
      delivered,
    );
  }

  find(id: number): Subscription | undefined {
    return firstRow(this.#sql, SubscriptionRow, "SELECT * FROM subscription WHERE id = ?", id);
  }

  of(topic: number, callback: string): Subscription | undefined {
    const statement = "SELECT * FROM subscription WHERE topic = ? AND callback = ?";
    return firstRow(this.#sql, SubscriptionRow, statement, topic, callback);
  }

  /** Those of callbacks on one host. */
  onHost(host: string): Subscription[] {
    return rows(this.#sql, SubscriptionRow, "SELECT * FROM subscription WHERE host = ?", host);
  }

  /** Some of a topic. */
  ofTopic(topic: number, limit: number): Subscription[] {
    const statement = "SELECT * FROM subscription WHERE topic = ? ORDER BY id LIMIT +?";
    return rows(this.#sql, SubscriptionRow, statement, topic, limit);
  }

  /** How many there are: in all, of a topic, or of callbacks on a host. */
  count(of: { topic: number } | { host: string } | undefined): number {
    const where = of === undefined ? "" : "topic" in of ? "WHERE topic = ?" : "WHERE host = ?";
    const bindings = of === undefined ? [] : Object.values<number | string>(of);
    return onlyRow(this.#sql, Count, `SELECT count(*) AS count FROM subscription ${where}`, ...bindings)
      .count;
  }

  /**
   * Who is to get the newest edition of a topic now. Those in the healthy lane all are; one in the slow lane that waits for its next
   * attempt goes on waiting.
   */
  recipients(topic: number, sequence: number, now: Instant): Recipient[] {
    return rows(
      this.#sql,
      RecipientRow,
      `SELECT id, topic, slow FROM subscription WHERE topic = ?1 AND delivered < ?2 AND expires > ?3
       AND (slow = 0 OR due IS NULL OR due <= ?3) ORDER BY id`,
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
      `UPDATE subscription SET echo = 1, echo_due = NULL, due = ?1 WHERE id IN
       (SELECT id FROM subscription WHERE echo_due <= ?1 ORDER BY echo_due LIMIT ?2)`,
      now,
      limit,
    );
  }

  /** Notes what became of a delivery. */
  settle(id: number, state: DeliveryState): void {
    const { delivered, failures, slow, due, echoDue, echo, gone, succeeded, failed, status } = state;
    this.#sql.exec(
      `UPDATE subscription SET delivered = ?, failures = ?, slow = ?, due = ?, echo_due = ?, echo = ?, gone = ?,
       succeeded = ?, failed = ?, status = ? WHERE id = ?`,
      delivered,
      failures,
      Number(slow),
      due ?? null,
      echoDue ?? null,
      Number(echo),
      gone ?? null,
      succeeded ?? null,
      failed ?? null,
      status ?? null,
      id,
    );
  }

  remove(id: number): void {
    this.#sql.exec("DELETE FROM subscription WHERE id = ?", id);
  }

  /** Removes those whose lease has ended. */
  expire(now: Instant): void {
    this.#sql.exec("DELETE FROM subscription WHERE expires <= ?", now);
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
