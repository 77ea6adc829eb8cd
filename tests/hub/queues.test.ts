/** Deliveries that Cloudflare Queues spread: the conformance suite's tests 100 and 101, and the lanes. */
import { equal } from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startSubscribers, type Subscribers } from "../support/subscribers/subscribers.ts";
import { checkSecret, checkTypical } from "./cases.ts";
import { until } from "../support/local-worker.ts";
import { type Site, startSite } from "./site.ts";
import { ask, checkDelivery, deliveriesOf, delivered } from "./subscription.ts";
import { headline, openTopic } from "./topic.ts";

let site: Site;
let subscribers: Subscribers;

before(async () => {
  [site, subscribers] = await Promise.all([startSite("queues"), startSubscribers()]);
});

after(() => Promise.all([site[Symbol.asyncDispose](), subscribers[Symbol.asyncDispose]()]));

describe("WebSub conformance through queues", { concurrency: true }, () => {
  test("100: a typical subscriber gets what the topic serves, unsigned", () =>
    checkTypical(site, subscribers));

  test("101: a subscriber with a secret gets signed deliveries", () => checkSecret(site, subscribers));
});

// The simulated queue works one message after the other: what waits behind one that never ends isn't delivered.
test("a subscriber that is slow and then never answers is in the slow queue, and the others are served meanwhile", async () => {
  const topic = await openTopic(site, "stuck", "rss.xml");
  // More than five seconds: its next edition comes by the slow lane.
  subscribers.behave("slow", { delivery: [{ answer: 200, delayMilliseconds: 5500 }, "never"] });
  const [slow, healthy] = ["slow", "healthy"].map((name) => ({ subscribers, name, topic }));
  for (const each of [slow, healthy]) if (each !== undefined) await ask(each, "subscribe");
  if (healthy === undefined) throw new Error("There are two");
  await topic.publish(2);
  await delivered(healthy, headline("stuck", 2));
  await until(() => isInLane("slow"), "The slow subscriber stays in the healthy lane");
  await topic.publish(3);
  checkDelivery(await delivered(healthy, headline("stuck", 3)), topic);
  await subscribers.until("slow", (received) => deliveriesOf(received, headline("stuck", 3)).length > 0);
  await topic.publish(4);
  checkDelivery(await delivered(healthy, headline("stuck", 4)), topic);
  equal(subscribers.open("slow"), 1);
});

/** Whether any subscription is in a lane. */
async function isInLane(lane: string): Promise<boolean> {
  return JSON.stringify(await site.api("GET", "/api/subscriptions")).includes(`"lane":"${lane}"`);
}
