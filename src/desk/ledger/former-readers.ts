/** Readers of the feeds that an earlier release noted in the ledger: they wait here until the Audience has them. */
import * as v from "valibot";
import { reasonOf, report } from "../../report.ts";
import { feedId, optional } from "../../rows.ts";
import { dropIfEmpty, hasTable } from "./schema/migration-step.ts";

// One message, and one transaction of some milliseconds.
const MAX_ROWS = 1000;

const FormerReader = v.object({
  feed: feedId,
  format: v.string(),
  agent: v.string(),
  subscribers: optional(v.number()),
  seen: v.number(),
  requests: v.number(),
  conditional: v.number(),
});

export type FormerReader = v.InferOutput<typeof FormerReader>;

export class FormerReaders {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Some of those that are left. A damaged row is removed, and with the last one the table: it would keep the others waiting. */
  next(): FormerReader[] {
    if (!hasTable(this.#sql, "reader")) return [];
    const found = this.#sql.exec("SELECT * FROM reader LIMIT +?", MAX_ROWS).toArray();
    const readers = found.flatMap((row) => {
      try {
        return [v.parse(FormerReader, row)];
      } catch (thrown) {
        report("damaged-reader", { reason: reasonOf(thrown) });
        this.#remove(row);
        return [];
      }
    });
    dropIfEmpty("reader")(this.#sql);
    return readers;
  }

  /** Removes some, and their table with the last. */
  remove(readers: readonly FormerReader[]): void {
    if (!hasTable(this.#sql, "reader")) return;
    for (const reader of readers) this.#remove(reader);
    dropIfEmpty("reader")(this.#sql);
  }

  /** Removes a row by its primary key, whatever that says. */
  #remove({
    feed = null,
    format = null,
    agent = null,
  }: Partial<Record<"feed" | "format" | "agent", SqlStorageValue>>): void {
    this.#sql.exec("DELETE FROM reader WHERE feed = ? AND format = ? AND agent = ?", feed, format, agent);
  }
}
