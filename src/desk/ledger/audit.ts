/** The audit: who did what, when, and to which revision. Rows are added, never changed. Refusals are in refusals.ts. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { optional, rows } from "../../rows.ts";

const AuditRow = v.pipe(
  v.object({
    number: v.number(),
    instant: v.number(),
    actor: v.string(),
    action: v.string(),
    subject: v.string(),
    from_revision: optional(v.number()),
    to_revision: optional(v.number()),
    result: v.string(),
    note: optional(v.string()),
  }),
  // In the order in which a list shows its members.
  v.transform(({ from_revision: fromRevision, to_revision: toRevision, note, ...row }): AuditEntry => ({
    ...row,
    fromRevision,
    toRevision,
    note,
  })),
);

export type AuditEntry = {
  /** Counts the entries, from 1. */
  number: number;
  instant: Instant;
  actor: string;
  /** `created`, `revised`, `withdrawn`, …; in rows of earlier releases what was tried, too. */
  action: string;
  /** An article's id; of anything else `token:`, `media:`, `webhook:`, `subscription:` or `host:`, and which. */
  subject: string;
  fromRevision?: number | undefined;
  toRevision?: number | undefined;
  /** `done`; in rows of earlier releases the reason of a refusal, too. */
  result: string;
  /** A withdrawal's reason, a correction, a token's rights. */
  note?: string | undefined;
};

export type AuditFilter = {
  subject?: string | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  from?: Instant | undefined;
  until?: Instant | undefined;
};

export class Audit {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add({
    instant,
    actor,
    action,
    subject,
    fromRevision,
    toRevision,
    result,
    note,
  }: Omit<AuditEntry, "number">): void {
    this.#sql.exec(
      `INSERT INTO audit (instant, actor, action, subject, from_revision, to_revision, result, note)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      instant,
      actor,
      action,
      subject,
      fromRevision ?? null,
      toRevision ?? null,
      result,
      note ?? null,
    );
  }

  /**
   * Entries, the newest first.
   * @param before only those with a lower number
   */
  list(filter: AuditFilter, before: number | undefined, limit: number): AuditEntry[] {
    const conditions: [string, string | number | undefined][] = [
      ["number < ?", before],
      ["subject = ?", filter.subject],
      ["actor = ?", filter.actor],
      ["action = ?", filter.action],
      ["instant >= ?", filter.from],
      ["instant < ?", filter.until],
    ];
    const given = conditions.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]));
    const where = given.length > 0 ? `WHERE ${given.map(({ text }) => text).join(" AND ")}` : "";
    return rows(
      this.#sql,
      AuditRow,
      `SELECT * FROM audit ${where} ORDER BY number DESC LIMIT +?`,
      ...given.map(({ value }) => value),
      limit,
    );
  }
}
