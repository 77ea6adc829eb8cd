/** Requests that wait for their verification, and denials that are to be sent. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { firstRow, onlyRow, optional, rows } from "../../rows.ts";
import type { SubscriptionRequest, Verification } from "../messages.ts";
import { IS_ON_HOST } from "./blocked-hosts.ts";

const IntentRow = v.object({
  id: v.number(),
  mode: v.picklist(["subscribe", "unsubscribe", "denied"]),
  topic: v.string(),
  sent_topic: v.string(),
  callback: v.string(),
  host: v.string(),
  secret: optional(v.string()),
  verify_token: optional(v.string()),
  lease: v.number(),
  created: v.number(),
  attempts: v.number(),
});

export type Intent = v.InferOutput<typeof IntentRow>;

/**
 * A request as it comes, or a denial. `source` is empty for what takes no room: a denial, and a request about a subscription that
 * there is.
 */
export type NewIntent = Omit<SubscriptionRequest, "mode"> & { mode: Intent["mode"] };

/** After so many the request is dropped. */
export const MAX_ATTEMPTS = 3;

const COLUMNS = "id, mode, topic, sent_topic, callback, host, secret, verify_token, lease, created, attempts";
const Id = v.object({ id: v.number() });
const Source = v.object({ source: v.string() });
const Count = v.object({ count: v.number() });
const Due = v.object({ due: optional(v.number()) });

export class IntentsTable {
  readonly #sql: SqlStorage;
  /** Counted once in the life of this object: strangers add to it. */
  #count: number | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * Adds a request, in the place of earlier ones of the same kind. One whose verification is under way stays: the subscriber may have
   * confirmed it already.
   */
  add(intent: NewIntent, now: Instant): void {
    const { mode, topic, sentTopic, callback, host, secret, verifyToken, lease, source } = intent;
    this.#remove("mode = ? AND topic = ? AND callback = ? AND begun = 0", mode, topic, callback);
    this.#sql.exec(
      `INSERT INTO intent (mode, topic, sent_topic, callback, host, secret, verify_token, lease, source, created, due)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      mode,
      topic,
      sentTopic,
      callback,
      host,
      secret ?? null,
      verifyToken ?? null,
      lease,
      source,
      now,
      now,
    );
    if (this.#count !== undefined && source !== "") this.#count += 1;
  }

  find(id: number): Intent | undefined {
    return firstRow(this.#sql, IntentRow, `SELECT ${COLUMNS} FROM intent WHERE id = ?`, id);
  }

  /** Whether an earlier request of the same kind waits. */
  has({ mode, topic, callback }: Pick<NewIntent, "mode" | "topic" | "callback">): boolean {
    const statement = "SELECT id FROM intent WHERE mode = ? AND topic = ? AND callback = ?";
    return firstRow(this.#sql, Id, statement, mode, topic, callback) !== undefined;
  }

  /** How many requests wait that take room. */
  count(): number {
    this.#count ??= onlyRow(
      this.#sql,
      Count,
      "SELECT count(*) AS count FROM intent WHERE source != ''",
    ).count;
    return this.#count;
  }

  /** How many requests of a source wait. */
  countOf(source: string): number {
    return onlyRow(this.#sql, Count, "SELECT count(*) AS count FROM intent WHERE source = ?", source).count;
  }

  /**
   * How many wait to become another subscription of a callback on a host, as far as no attempt has failed: whoever makes callbacks up
   * keeps nobody else out.
   */
  countNew(host: string): number {
    return onlyRow(
      this.#sql,
      Count,
      `SELECT count(*) AS count FROM intent WHERE host = ? AND mode = 'subscribe' AND attempts <= begun AND NOT EXISTS (
         SELECT 1 FROM subscription JOIN topic ON topic.id = subscription.topic
         WHERE topic.url = intent.topic AND subscription.callback = intent.callback)`,
      host,
    ).count;
  }

  /**
   * Begins the attempts that are due, first ones first; they are put off, should nobody report. A request whose last attempt nobody
   * reported is removed. @returns the ids
   */
  begin(now: Instant, limit: number, until: Instant): number[] {
    this.#remove("attempts >= ? AND due <= ?", MAX_ATTEMPTS, now);
    const ids: number[] = [];
    for (let attempts = 0; attempts < MAX_ATTEMPTS && ids.length < limit; attempts++) {
      const statement = "SELECT id FROM intent WHERE attempts = ? AND due <= ? ORDER BY due LIMIT +?";
      const found = rows(this.#sql, Id, statement, attempts, now, limit - ids.length);
      ids.push(...found.map(({ id }) => id));
    }
    const statement = "UPDATE intent SET attempts = attempts + 1, due = ?, begun = 1 WHERE id = ?";
    for (const id of ids) this.#sql.exec(statement, until, id);
    return ids;
  }

  /** Notes an attempt that failed. @param due undefined where it was the last one */
  fail(id: number, due: Instant | undefined): void {
    if (due === undefined) this.remove(id);
    else this.#sql.exec("UPDATE intent SET due = ?, begun = 0 WHERE id = ?", due, id);
  }

  /** Removes a request that was carried out, and those before it of this topic and callback: the last word counts. */
  settle({ id, topic, callback }: Intent): void {
    this.#remove("callback = ? AND topic = ? AND id <= ?", callback, topic, id);
  }

  /** Removes the requests of a host, or those of a callback about a topic, and no denial. */
  drop(of: { host: string } | { topic: string; callback: string }): void {
    const where = "host" in of ? IS_ON_HOST : "topic = ? AND callback = ?";
    const bindings = "host" in of ? [of.host] : [of.topic, of.callback];
    this.#remove(`mode != 'denied' AND ${where}`, ...bindings);
  }

  remove(id: number): void {
    this.#remove("id = ?", id);
  }

  next(): Instant | undefined {
    return onlyRow(this.#sql, Due, "SELECT min(due) AS due FROM intent").due;
  }

  #remove(condition: string, ...bindings: (string | number)[]): void {
    const statement = `DELETE FROM intent WHERE ${condition} RETURNING source`;
    const removed = rows(this.#sql, Source, statement, ...bindings).filter(({ source }) => source !== "");
    if (this.#count !== undefined) this.#count -= removed.length;
  }
}

/** What a courier needs of an intent. */
export function verificationOf(intent: Intent, userAgent: string): Verification {
  const { id, mode, sent_topic: topic, callback, lease, verify_token: verifyToken } = intent;
  return { id, mode, topic, callback, lease, userAgent, ...(verifyToken !== undefined && { verifyToken }) };
}
