/**
 * The ledger's counters: how often the records that list what there is on the site have changed,
 * and how far the hub's audit has come. No KV, no clock.
 */
import * as v from "valibot";
import { AUTHORS_KEY, type Key, type ListKey, NEWS_KEY, SITE_KEY } from "../../store/keys.ts";
import { firstRow } from "../../rows.ts";

/** A record by its name, or by its key. */
export type Counter = "site" | "authors" | "news" | ListKey;

const CounterRow = v.object({ value: v.number() });
const VALUE = "SELECT value FROM counter WHERE name = ?";

/** The KV key of a counted record. */
export function keyOfCounter(counter: Counter): Key {
  if (counter === "site") return SITE_KEY;
  if (counter === "authors") return AUTHORS_KEY;
  return counter === "news" ? NEWS_KEY : counter;
}

export class Counters {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  value(name: Counter): number {
    return firstRow(this.#sql, CounterRow, VALUE, name)?.value ?? 0;
  }

  /** The number of the newest audit entry that came from a hub. @param life names the hub's storage */
  auditedOf(life: string): number {
    return firstRow(this.#sql, CounterRow, VALUE, `hub-audit:${life}`)?.value ?? 0;
  }

  /** Notes the number of the newest audit entry that came from a hub. */
  noteAudited(life: string, number: number): void {
    this.#sql.exec(
      "INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      `hub-audit:${life}`,
      number,
    );
  }

  /** Raises the sequence of a record that has changed. See stale-keys.ts, which notes its key too. */
  bumpSequence(name: Counter): void {
    this.#sql.exec(
      `INSERT INTO counter (name, value) VALUES (?, 1)
       ON CONFLICT (name) DO UPDATE SET value = value + 1`,
      name,
    );
  }
}
