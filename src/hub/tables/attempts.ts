/** The log of the attempts to deliver events to webhooks. Rows are added, never changed. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { EVENT_KINDS } from "../../article/event.ts";
import { onlyRow, optional, rows } from "../../rows.ts";

/** What came of an attempt: a failed one is followed by another, unless the delivery is given up. */
export const ATTEMPT_RESULTS = ["delivered", "failed", "given-up"] as const;

const AttemptRow = v.object({
  number: v.number(),
  webhook: v.string(),
  event: v.string(),
  kind: v.picklist(EVENT_KINDS),
  article: v.string(),
  attempt: v.number(),
  result: v.picklist(ATTEMPT_RESULTS),
  instant: v.number(),
  milliseconds: v.number(),
  status: optional(v.number()),
  reason: optional(v.picklist(["timed-out", "no-connection"])),
});

/** An attempt: the id of the event, and the number of the attempt since the event was to be delivered. */
export type Attempt = v.InferOutput<typeof AttemptRow>;

const Due = v.object({ due: optional(v.number()) });

export class AttemptsTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add(attempt: Omit<Attempt, "number">): void {
    const { webhook, event, kind, article, result, instant, milliseconds, status, reason } = attempt;
    this.#sql.exec(
      `INSERT INTO attempt (webhook, event, kind, article, attempt, result, instant, milliseconds, status, reason)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      webhook,
      event,
      kind,
      article,
      attempt.attempt,
      result,
      instant,
      milliseconds,
      status ?? null,
      reason ?? null,
    );
  }

  /** Those for a webhook, the newest first. @param before only those with a lower number */
  list(webhook: string, before: number | undefined, limit: number): Attempt[] {
    return rows(
      this.#sql,
      AttemptRow,
      "SELECT * FROM attempt WHERE webhook = ? AND number < ? ORDER BY number DESC LIMIT +?",
      webhook,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    );
  }

  removeOf(webhook: string): void {
    this.#sql.exec("DELETE FROM attempt WHERE webhook = ?", webhook);
  }

  /** Removes those up to an instant. */
  prune(until: Instant): void {
    this.#sql.exec("DELETE FROM attempt WHERE instant <= ?", until);
  }

  /** The instant of the earliest. */
  first(): Instant | undefined {
    return onlyRow(this.#sql, Due, "SELECT min(instant) AS due FROM attempt").due;
  }
}
