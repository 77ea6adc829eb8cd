/** The capacity of the ledger's storage: how full it is, and which actions go on when it is nearly full. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { reasonOf, report } from "../../report.ts";
import type { Refused } from "../messages.ts";
import { onlyRow } from "../../rows.ts";

/** The bytes that an object with SQLite may store (Cloudflare Durable Objects, "Limits"). */
export const STORAGE_BYTES = 10_000_000_000;
/** Beyond this only actions that take something away from readers go on. */
const RESERVE_PERCENT = 95;
const WARNING_PERCENTS = [80, 50];
const WARN_MILLISECONDS = 3_600_000;

// They go on as long as the database takes a row; "withdrawal" is an import's.
const SPARED: ReadonlySet<string> = new Set([
  "withdraw",
  "withdrawal",
  "expire",
  "rotate",
  "revoke",
  "remove-media",
]);

export type Fullness = { bytes: number; limit: number; percent: number };

export class Capacity {
  readonly #sql: SqlStorage;
  readonly #limit: number;

  /** @param limit in bytes */
  constructor(sql: SqlStorage, limit: number) {
    this.#sql = sql;
    this.#limit = limit;
  }

  fullness(): Fullness {
    const { databaseSize: bytes } = this.#sql;
    return { bytes, limit: this.#limit, percent: Math.floor((bytes * 100) / this.#limit) };
  }

  /** The refusal of an action for which no room is left; undefined where there is room. */
  refusalOf(action: string): Refused | undefined {
    const isSpared = SPARED.has(action) || this.fullness().percent < RESERVE_PERCENT;
    return isSpared ? undefined : { ok: false, reason: "storage-full" };
  }

  /** Says in the log, at most once an hour, that the storage is half full or nearly full. Never throws. */
  warn(now: Instant): void {
    try {
      const { bytes, limit, percent } = this.fullness();
      const passed = WARNING_PERCENTS.find((threshold) => percent >= threshold);
      if (passed === undefined) return;
      const { warned } = onlyRow(this.#sql, v.object({ warned: v.number() }), "SELECT warned FROM ledger");
      if (now - warned < WARN_MILLISECONDS) return;
      report("ledger-fills", {
        passed,
        percent,
        bytes,
        limit,
        hint: "Beyond 95 percent only withdrawals, expiry and the revoking and rotating of tokens go on. Export the newsroom, and split it before.",
      });
      this.#sql.exec("UPDATE ledger SET warned = ?", now);
    } catch (thrown) {
      report("ledger-not-measured", { reason: reasonOf(thrown) });
    }
  }
}
