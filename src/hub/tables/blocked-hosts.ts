/** Hosts whose callbacks an administrator blocked. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { firstRow, isAnyRow, onlyRow, rows } from "../../rows.ts";

const BlockedHost = v.object({ host: v.string(), since: v.number() });

export type BlockedHost = v.InferOutput<typeof BlockedHost>;

/** The condition of a row whose host is the one that is bound first, or a subdomain of it. */
export const IS_ON_HOST = "(host = ?1 OR substr(host, -length(?1) - 1) = '.' || ?1)";

export class BlockedHosts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Whether a host is blocked, or a domain that it belongs to. */
  has(host: string): boolean {
    const labels = host.split(".");
    const domains = labels.map((_label, index) => labels.slice(index).join("."));
    const statement = "SELECT host FROM blocked_host WHERE host IN (SELECT value FROM json_each(?))";
    return isAnyRow(this.#sql, statement, JSON.stringify(domains));
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
