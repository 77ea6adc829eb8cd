/** Subscriptions: who gets which topic until when, and what became of the deliveries. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { IS_ON_HOST } from "./blocked-hosts.ts";
import { firstRow, onlyRow, optional, rows } from "../../rows.ts";

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
    begun: flag,
    settled: v.number(),
    pause: optional(v.number()),
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
  | "delivered"
  | "failures"
  | "slow"
  | "due"
  | "pause"
  | "echoDue"
  | "echo"
  | "gone"
  | "succeeded"
  | "failed"
  | "status"
>;

/** A verified request. */
export type NewSubscription = Pick<
  Subscription,
  "topic" | "sentTopic" | "callback" | "host" | "secret" | "refetches" | "created" | "expires" | "delivered"
>;

const Count = v.object({ count: v.number() });
const Version = v.object({ version: v.number() });
const Removed = v.object({ topic: v.number(), host: v.string() });

type Counted = { topic: number } | { host: string } | undefined;

export class SubscriptionsTable {
  readonly #sql: SqlStorage;
  /** Counts that were asked for: strangers ask for them, and a count reads every row. */
  readonly #counts = new Map<string, number>();

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
    const { version } = onlyRow(
      this.#sql,
      Version,
      `INSERT INTO subscription (topic, sent_topic, callback, host, secret, refetches, created, expires, delivered)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (topic, callback) DO UPDATE SET sent_topic = excluded.sent_topic, secret = excluded.secret,
         refetches = excluded.refetches, expires = excluded.expires, version = version + 1, gone = NULL
       RETURNING version`,
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
    if (version === 1) this.#count({ topic, host }, 1);
  }

  find(id: number): Subscription | undefined {
    return firstRow(this.#sql, SubscriptionRow, "SELECT * FROM subscription WHERE id = ?", id);
  }

  of(topic: number, callback: string): Subscription | undefined {
    const statement = "SELECT * FROM subscription WHERE topic = ? AND callback = ?";
    return firstRow(this.#sql, SubscriptionRow, statement, topic, callback);
  }

  /** Those of callbacks on one host and its subdomains. */
  onHost(host: string): Subscription[] {
    return rows(this.#sql, SubscriptionRow, `SELECT * FROM subscription WHERE ${IS_ON_HOST}`, host);
  }

  /** Some of a topic. */
  ofTopic(topic: number, limit: number): Subscription[] {
    const statement = "SELECT * FROM subscription WHERE topic = ? ORDER BY id LIMIT +?";
    return rows(this.#sql, SubscriptionRow, statement, topic, limit);
  }

  /** How many there are: in all, of a topic, or of callbacks on a host. */
  count(of: Counted): number {
    const key = keyOf(of);
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const where = of === undefined ? "" : "topic" in of ? "WHERE topic = ?" : "WHERE host = ?";
    const bindings = of === undefined ? [] : Object.values<number | string>(of);
    const statement = `SELECT count(*) AS count FROM subscription ${where}`;
    const { count } = onlyRow(this.#sql, Count, statement, ...bindings);
    this.#counts.set(key, count);
    return count;
  }

  /** Notes what became of a delivery. */
  settle(id: number, state: DeliveryState): void {
    const { delivered, failures, slow, due, pause, echoDue, echo, gone, succeeded, failed, status } = state;
    this.#sql.exec(
      `UPDATE subscription SET delivered = ?, failures = ?, slow = ?, due = ?, begun = 0, settled = settled + 1, pause = ?, echo_due = ?,
       echo = ?, gone = ?, succeeded = ?, failed = ?, status = ? WHERE id = ?`,
      delivered,
      failures,
      Number(slow),
      due ?? null,
      pause ?? null,
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
    const statement = "DELETE FROM subscription WHERE id = ? RETURNING topic, host";
    for (const removed of rows(this.#sql, Removed, statement, id)) this.#count(removed, -1);
  }

  /** Removes those whose lease has ended. */
  expire(now: Instant): void {
    const statement = "DELETE FROM subscription WHERE expires <= ? RETURNING topic, host";
    for (const removed of rows(this.#sql, Removed, statement, now)) this.#count(removed, -1);
  }

  /** Changes the counts that are known. A transaction that is rolled back leaves them wrong until the hub starts anew: they are bounds. */
  #count({ topic, host }: v.InferOutput<typeof Removed>, change: number): void {
    for (const key of [keyOf(undefined), keyOf({ topic }), keyOf({ host })]) {
      const known = this.#counts.get(key);
      if (known !== undefined) this.#counts.set(key, known + change);
    }
  }
}

function keyOf(of: Counted): string {
  return JSON.stringify(of ?? {});
}
