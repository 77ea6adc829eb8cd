/** Acts of administrators: end a subscription, block the host of callbacks. The subscribers are told. */
import type { Instant } from "../../article/article.ts";
import type { BlockedHost } from "../tables/blocked-hosts.ts";
import type { Tables } from "../tables/tables.ts";
import { deny } from "./denial.ts";

/** A block, and how many subscriptions ended with it. */
export type NewBlock = BlockedHost & { ended: number };

export class Administration {
  readonly #storage: DurableObjectStorage;
  readonly #tables: Tables;

  constructor(storage: DurableObjectStorage, tables: Tables) {
    this.#storage = storage;
    this.#tables = tables;
  }

  /** Ends a subscription. @returns whether there was one */
  end(id: number, now: Instant): boolean {
    return this.#storage.transactionSync(() => {
      const found = this.#tables.subscriptions.find(id);
      if (found === undefined || found.expires <= now) return false;
      deny(this.#tables, [found], now);
      return true;
    });
  }

  /**
   * Blocks a host: its subscriptions end, the requests that wait are dropped, and those to come are refused.
   * @param host as callbacks have it
   */
  block(host: string, now: Instant): NewBlock {
    const { blockedHosts, intents, subscriptions } = this.#tables;
    return this.#storage.transactionSync(() => {
      const ended = subscriptions.onHost(host).filter(({ expires }) => expires > now);
      const blocked = blockedHosts.add(host, now);
      intents.drop({ host });
      deny(this.#tables, ended, now);
      return { ...blocked, ended: ended.length };
    });
  }

  /** Takes a block back. @returns undefined where the host was not blocked */
  unblock(host: string): BlockedHost | undefined {
    const { blockedHosts } = this.#tables;
    return this.#storage.transactionSync(() => {
      const found = blockedHosts.find(host);
      blockedHosts.remove(host);
      return found;
    });
  }
}
