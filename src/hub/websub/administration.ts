/** Acts of administrators: end a subscription, block the host of callbacks. The subscribers are told, and the audit. */
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
  end(id: number, actor: string, now: Instant): boolean {
    const { auditEntries, subscriptions, topics } = this.#tables;
    return this.#storage.transactionSync(() => {
      const found = subscriptions.find(id);
      if (found === undefined || found.expires <= now) return false;
      const note = `${topics.find(found.topic)?.url ?? found.sentTopic} to ${found.host}`;
      deny(this.#tables, [found], now);
      auditEntries.add({
        instant: now,
        actor,
        action: "subscription-ended",
        subject: `subscription:${id}`,
        note,
      });
      return true;
    });
  }

  /**
   * Blocks a host: its subscriptions end, the requests that wait are dropped, and those to come are refused.
   * @param host as callbacks have it
   */
  block(host: string, actor: string, now: Instant): NewBlock {
    const { auditEntries, blockedHosts, intents, subscriptions } = this.#tables;
    return this.#storage.transactionSync(() => {
      const ended = subscriptions.onHost(host).filter(({ expires }) => expires > now);
      const isNew = blockedHosts.find(host) === undefined;
      const blocked = blockedHosts.add(host, now);
      intents.drop({ host });
      deny(this.#tables, ended, now);
      const note = `${ended.length} ${ended.length === 1 ? "subscription" : "subscriptions"} ended`;
      if (isNew)
        auditEntries.add({ instant: now, actor, action: "host-blocked", subject: `host:${host}`, note });
      return { ...blocked, ended: ended.length };
    });
  }

  /** Takes a block back. @returns whether the host was blocked */
  unblock(host: string, actor: string, now: Instant): boolean {
    const { auditEntries, blockedHosts } = this.#tables;
    return this.#storage.transactionSync(() => {
      if (blockedHosts.find(host) === undefined) return false;
      blockedHosts.remove(host);
      auditEntries.add({ instant: now, actor, action: "host-unblocked", subject: `host:${host}` });
      return true;
    });
  }
}
