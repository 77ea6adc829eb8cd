/** The ledger's counters: how often the records that list what there is on the site have changed. No KV, no clock. */
import type { Instant } from "../../article/article.ts";
import { AUTHORS_KEY, type ListKey, NEWS_KEY, SITE_KEY } from "../../store/keys.ts";
import type { Cause, Outbox } from "./outbox.ts";

/** A record by its name, or by its key. */
export type Counter = "site" | "authors" | "news" | ListKey;

const KEYS = new Map<Counter, string>([
  ["site", SITE_KEY],
  ["authors", AUTHORS_KEY],
  ["news", NEWS_KEY],
]);

export class Counters {
  readonly #sql: SqlStorage;
  readonly #outbox: Outbox;

  constructor(sql: SqlStorage, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  value(name: Counter): number {
    return (
      this.#sql.exec<{ value: number }>("SELECT value FROM counter WHERE name = ?", name).toArray()[0]
        ?.value ?? 0
    );
  }

  /** Says that a record is another one now, and is to be written. */
  bumpSequence(name: Counter, cause: Cause, now: Instant): void {
    this.#sql.exec(
      `INSERT INTO counter (name, value) VALUES (?, 1)
       ON CONFLICT (name) DO UPDATE SET value = value + 1`,
      name,
    );
    this.#outbox.add(KEYS.get(name) ?? name, cause, now);
  }
}
