/**
 * Refusals to actors who had signed in: counted by actor, action, reason and minute. The rows are bounded, and hold no text that
 * a client chose: only ids that the ledger has, and the numbers of subscriptions. No clock.
 */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import type { Refused } from "../messages.ts";
import { isAnyRow, onlyRow, optional, rows } from "../../rows.ts";

const MINUTE_MILLISECONDS = 60_000;
/** Some 200 bytes each: a megabyte or two. Of a token that fails in every way that there is, it is the last hours. */
export const MAX_ROWS = 10_000;

// The hub alone knows the subscriptions. A number is no text.
const SUBSCRIPTION = /^subscription:[1-9]\d{0,14}$/;

/** A refusal, as its refuser knows it. */
export type RefusalNote = {
  actor: string;
  /** The action that was tried: `publish`, `withdraw`, `read-audit`, … */
  action: string;
  reason: Refused["reason"];
  /** As the audit names it, as far as the request named one; it needn't exist. */
  subject?: string | undefined;
  count: number;
};

/** A row as a list shows it: `instant` is the beginning of its minute. */
export type RefusalEntry = {
  /** Rises from row to row; those of rows that were dropped are missing. */
  number: number;
  instant: Instant;
  actor: string;
  action: string;
  /** The subject of the last one in that minute, where it exists. A subscription is the hub's: it needn't. */
  subject?: string | undefined;
  result: string;
  count: number;
};

export type RefusalFilter = {
  subject?: string | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  result?: string | undefined;
  from?: Instant | undefined;
  until?: Instant | undefined;
};

const RefusalRow = v.pipe(
  v.object({
    number: v.number(),
    minute: v.number(),
    actor: v.string(),
    action: v.string(),
    subject: optional(v.string()),
    result: v.string(),
    count: v.number(),
  }),
  // In the order in which a list shows its members.
  v.transform(({ minute, subject, ...row }): RefusalEntry => ({
    ...row,
    instant: minute * MINUTE_MILLISECONDS,
    subject,
  })),
);

export class Refusals {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Counts a refusal; the oldest row makes room for a new one. */
  note({ actor, action, reason, subject, count }: RefusalNote, now: Instant): void {
    const known = this.#known(subject);
    const key = [actor, action, reason, Math.floor(now / MINUTE_MILLISECONDS)];
    const { rowsWritten } = this.#sql.exec(
      `UPDATE refusal SET count = count + ?, subject = coalesce(?, subject)
       WHERE actor = ? AND action = ? AND result = ? AND minute = ?`,
      count,
      known,
      ...key,
    );
    if (rowsWritten > 0) return;
    const { number } = onlyRow(
      this.#sql,
      v.object({ number: v.number() }),
      `INSERT INTO refusal (count, subject, actor, action, result, minute) VALUES (?, ?, ?, ?, ?, ?)
       RETURNING number`,
      count,
      known,
      ...key,
    );
    this.#sql.exec("DELETE FROM refusal WHERE number <= ?", number - MAX_ROWS);
  }

  /**
   * Rows, the newest first.
   * @param before only those with a lower number
   */
  list(filter: RefusalFilter, before: number | undefined, limit: number): RefusalEntry[] {
    return rows(
      this.#sql,
      RefusalRow,
      `SELECT * FROM refusal
       WHERE number < ? AND subject IS coalesce(?, subject) AND actor = coalesce(?, actor)
         AND action = coalesce(?, action) AND result = coalesce(?, result)
         AND minute >= coalesce(?, minute) AND minute < coalesce(?, minute + 1)
       ORDER BY number DESC LIMIT +?`,
      before ?? Number.MAX_SAFE_INTEGER,
      filter.subject ?? null,
      filter.actor ?? null,
      filter.action ?? null,
      filter.result ?? null,
      minuteOf(filter.from),
      minuteOf(filter.until),
      limit,
    );
  }

  /** A subject that the ledger has, or the number of a subscription; null for any other: a client chose its name. */
  #known(subject: string | undefined): string | null {
    if (subject === undefined) return null;
    if (SUBSCRIPTION.test(subject)) return subject;
    return isAnyRow(this.#sql, ...traceOf(subject)) ? subject : null;
  }
}

/**
 * The statement that finds a trace of a subject, with its binding. The hub has the webhooks and the blocked hosts: each has an entry
 * in the audit.
 */
function traceOf(subject: string): [statement: string, binding: string] {
  if (subject.startsWith("webhook:") || subject.startsWith("host:"))
    return ["SELECT number FROM audit WHERE subject = ? LIMIT 1", subject];
  if (subject.startsWith("media:"))
    return ["SELECT id FROM media WHERE id = ?", subject.slice("media:".length)];
  if (subject.startsWith("token:"))
    return ["SELECT id FROM token WHERE id = ?", subject.slice("token:".length)];
  return ["SELECT id FROM article WHERE id = ?", subject];
}

/** The minute of an instant; null where there is none. */
function minuteOf(instant: Instant | undefined): number | null {
  return instant === undefined ? null : Math.floor(instant / MINUTE_MILLISECONDS);
}

/** The note of what the Desk refused. @param subject what the request named; otherwise what the refusal names */
export function noteOf(
  refusal: Refused,
  actor: string,
  action: string,
  subject: string | undefined,
): RefusalNote {
  return {
    actor,
    action,
    reason: refusal.reason,
    subject: subject ?? ("id" in refusal ? refusal.id : undefined),
    count: 1,
  };
}
