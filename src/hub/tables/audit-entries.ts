/** Entries for the audit, until the Desk has them. No clock. */
import * as v from "valibot";
import type { HubAuditEntry } from "../../desk/messages.ts";
import { isAnyRow, optional, rows } from "../../rows.ts";

const AuditEntryRow = v.object({
  number: v.number(),
  instant: v.number(),
  actor: v.string(),
  action: v.string(),
  subject: v.string(),
  note: optional(v.string()),
});

export class AuditEntries {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add({ instant, actor, action, subject, note }: Omit<HubAuditEntry, "number">): void {
    this.#sql.exec(
      "INSERT INTO audit_entry (instant, actor, action, subject, note) VALUES (?, ?, ?, ?, ?)",
      instant,
      actor,
      action,
      subject,
      note ?? null,
    );
  }

  /** Those that the Desk hasn't got, the earliest first. */
  list(limit: number): HubAuditEntry[] {
    const statement = "SELECT * FROM audit_entry ORDER BY number LIMIT +?";
    return rows(this.#sql, AuditEntryRow, statement, limit);
  }

  isEmpty(): boolean {
    return !isAnyRow(this.#sql, "SELECT number FROM audit_entry LIMIT 1");
  }

  /** Removes those up to this number: the Desk has them. */
  remove(number: number): void {
    this.#sql.exec("DELETE FROM audit_entry WHERE number <= ?", number);
  }
}
