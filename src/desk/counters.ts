/** The ledger's counters: how often the records that list what there is on the site have changed. No KV, no clock. */

export type Counter = "site" | "authors" | "news";

export class Counters {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  value(name: Counter): number {
    return (
      this.#sql.exec<{ value: number }>("SELECT value FROM counter WHERE name = ?", name).toArray()[0]
        ?.value ?? 0
    );
  }

  raise(name: Counter): void {
    this.#sql.exec(
      `INSERT INTO counter (name, value) VALUES (?, 1)
       ON CONFLICT (name) DO UPDATE SET value = value + 1`,
      name,
    );
  }
}
