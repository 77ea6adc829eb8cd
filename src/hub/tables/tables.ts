/** The hub's tables together: each object speaks for one of them. */
import { BlockedHosts } from "./blocked-hosts.ts";
import { EditionsTable } from "./editions.ts";
import { IntentsTable } from "./intents.ts";
import { ListedSubscriptions } from "./listed-subscriptions.ts";
import { SubscriptionsTable } from "./subscriptions.ts";
import { TopicsTable } from "./topics.ts";

export type Tables = {
  topics: TopicsTable;
  editions: EditionsTable;
  subscriptions: SubscriptionsTable;
  listedSubscriptions: ListedSubscriptions;
  intents: IntentsTable;
  blockedHosts: BlockedHosts;
};

export function createTables(sql: SqlStorage): Tables {
  return {
    topics: new TopicsTable(sql),
    editions: new EditionsTable(sql),
    subscriptions: new SubscriptionsTable(sql),
    listedSubscriptions: new ListedSubscriptions(sql),
    intents: new IntentsTable(sql),
    blockedHosts: new BlockedHosts(sql),
  };
}
