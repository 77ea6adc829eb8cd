/** The hub's tables together: each object speaks for one of them. */
import { BlockedHosts } from "./blocked-hosts.ts";
import { EditionsTable } from "./editions.ts";
import { IntentsTable } from "./intents.ts";
import { Recipients } from "./recipients.ts";
import { SubscriptionsTable } from "./subscriptions.ts";
import { TopicsTable } from "./topics.ts";

export type Tables = {
  topics: TopicsTable;
  editions: EditionsTable;
  subscriptions: SubscriptionsTable;
  recipients: Recipients;
  intents: IntentsTable;
  blockedHosts: BlockedHosts;
};

export function createTables(sql: SqlStorage): Tables {
  return {
    topics: new TopicsTable(sql),
    editions: new EditionsTable(sql),
    subscriptions: new SubscriptionsTable(sql),
    recipients: new Recipients(sql),
    intents: new IntentsTable(sql),
    blockedHosts: new BlockedHosts(sql),
  };
}
