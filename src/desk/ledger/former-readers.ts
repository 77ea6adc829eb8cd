/** Readers of the feeds that an earlier release noted in the ledger: they wait here until the Audience has them. */
import * as v from "valibot";
import { feedId, optional, rows } from "../../rows.ts";
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

  /** Some of those that are left; none in the end. */
  next(): FormerReader[] {
    if (!hasTable(this.#sql, "reader")) return [];
    return rows(this.#sql, FormerReader, "SELECT * FROM reader LIMIT +?", MAX_ROWS);
  }

  /** Removes some, and their table with the last. */
  remove(readers: readonly FormerReader[]): void {
    if (!hasTable(this.#sql, "reader")) return;
    for (const { feed, format, agent } of readers)
      this.#sql.exec("DELETE FROM reader WHERE feed = ? AND format = ? AND agent = ?", feed, format, agent);
    dropIfEmpty("reader")(this.#sql);
  }
}
