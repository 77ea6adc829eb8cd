/** Hosts whose callbacks an administrator blocked. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { isAnyRow, rows } from "../../rows.ts";

const BlockedHost = v.object({ host: v.string(), since: v.number() });

export type BlockedHost = v.InferOutput<typeof BlockedHost>;

export class BlockedHosts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  has(host: string): boolean {
    return isAnyRow(this.#sql, "SELECT host FROM blocked_host WHERE host = ?", host);
  }

  add(host: string, since: Instant): void {
    this.#sql.exec(
      "INSERT INTO blocked_host (host, since) VALUES (?, ?) ON CONFLICT (host) DO NOTHING",
      host,
      since,
    );
  }

  remove(host: string): void {
    this.#sql.exec("DELETE FROM blocked_host WHERE host = ?", host);
  }

  all(): BlockedHost[] {
    return rows(this.#sql, BlockedHost, "SELECT host, since FROM blocked_host ORDER BY host");
  }
}
