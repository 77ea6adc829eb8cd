/** Hosts whose callbacks an administrator blocked. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { firstRow, isAnyRow, onlyRow, rows } from "../../rows.ts";

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

  find(host: string): BlockedHost | undefined {
    return firstRow(this.#sql, BlockedHost, "SELECT host, since FROM blocked_host WHERE host = ?", host);
  }

  /** Adds a host. One that is there stays as it is. */
  add(host: string, since: Instant): BlockedHost {
    return onlyRow(
      this.#sql,
      BlockedHost,
      `INSERT INTO blocked_host (host, since) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET since = since
       RETURNING host, since`,
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
