/** Readings of the hub: its tables answer, and nothing changes. */
import { DurableObject } from "cloudflare:workers";
import type { BlockedHost } from "./tables/blocked-hosts.ts";
import type { FeedCount, ListedSubscription, SubscriptionFilter } from "./tables/listed-subscriptions.ts";
import type { Tables } from "./tables/tables.ts";

export class HubReadings extends DurableObject<Env> {
  readonly #tables: Tables;

  constructor(ctx: DurableObjectState, env: Env, tables: Tables) {
    super(ctx, env);
    this.#tables = tables;
  }

  /** Subscriptions in the order in which they came: those after the one that `after` names. */
  subscriptions(filter: SubscriptionFilter, after: number | undefined, limit: number): ListedSubscription[] {
    return this.#tables.listedSubscriptions.list(filter, after ?? 0, limit, Date.now());
  }

  /** How many subscriptions each feed has. */
  subscriptionCounts(): FeedCount[] {
    return this.#tables.listedSubscriptions.counts(Date.now());
  }

  /** The hosts that an administrator blocked. */
  blockedHosts(): BlockedHost[] {
    return this.#tables.blockedHosts.all();
  }
}
