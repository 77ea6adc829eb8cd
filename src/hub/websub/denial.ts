/** Denial: ends subscriptions, and tells the subscribers (WebSub, section 5.2). Some stay away for a week after one. */
import type { Instant } from "../../article/article.ts";
import type { Subscription } from "../tables/subscriptions.ts";
import type { Tables } from "../tables/tables.ts";

/** Ends subscriptions, with the requests that wait to renew them. The denials are sent like verifications. */
export function deny(
  { subscriptions: table, intents, topics }: Tables,
  subscriptions: readonly Subscription[],
  now: Instant,
): void {
  for (const { id, topic, sentTopic, callback, host } of subscriptions) {
    const url = topics.find(topic)?.url ?? sentTopic;
    table.remove(id);
    intents.drop({ topic: url, callback });
    intents.add({ mode: "denied", topic: url, sentTopic, callback, host, lease: 0, source: "" }, now);
  }
}
