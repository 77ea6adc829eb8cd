/** The hub's tables together: each object speaks for one of them. */
import { AttemptsTable } from "./attempts.ts";
import { AuditEntries } from "./audit-entries.ts";
import { BlockedHosts } from "./blocked-hosts.ts";
import { DeliveriesTable } from "./deliveries.ts";
import { EditionsTable } from "./editions.ts";
import { EventsTable } from "./events.ts";
import { IntentsTable } from "./intents.ts";
import { Recipients } from "./recipients.ts";
import { Life } from "./life.ts";
import { ListedSubscriptions } from "./listed-subscriptions.ts";
import { SubscriptionsTable } from "./subscriptions.ts";
import { TopicsTable } from "./topics.ts";
import { WebhooksTable } from "./webhooks.ts";

export type Tables = {
  topics: TopicsTable;
  editions: EditionsTable;
  subscriptions: SubscriptionsTable;
  recipients: Recipients;
  listedSubscriptions: ListedSubscriptions;
  intents: IntentsTable;
  blockedHosts: BlockedHosts;
  life: Life;
  webhooks: WebhooksTable;
  events: EventsTable;
  deliveries: DeliveriesTable;
  attempts: AttemptsTable;
  auditEntries: AuditEntries;
};

export function createTables(sql: SqlStorage): Tables {
  return {
    topics: new TopicsTable(sql),
    editions: new EditionsTable(sql),
    subscriptions: new SubscriptionsTable(sql),
    recipients: new Recipients(sql),
    listedSubscriptions: new ListedSubscriptions(sql),
    intents: new IntentsTable(sql),
    blockedHosts: new BlockedHosts(sql),
    life: new Life(sql),
    webhooks: new WebhooksTable(sql),
    events: new EventsTable(sql),
    deliveries: new DeliveriesTable(sql),
    attempts: new AttemptsTable(sql),
    auditEntries: new AuditEntries(sql),
  };
}
