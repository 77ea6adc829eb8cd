/** The hub's tests of the WebSub conformance suite, https://websub.rocks/hub, by their numbers. */
import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startSubscribers, type Subscribers } from "../support/subscribers/subscribers.ts";
import { checkSecret, checkSubscription, checkTypical } from "./cases.ts";
import { type Site, startSite } from "./site.ts";
import { ask, checkDelivery, deliveriesOf, delivered, formOf, send } from "./subscription.ts";
import { headline, openTopic } from "./topic.ts";

let site: Site;
let subscribers: Subscribers;

before(async () => {
  [site, subscribers] = await Promise.all([startSite(), startSubscribers()]);
});

after(() => Promise.all([site[Symbol.asyncDispose](), subscribers[Symbol.asyncDispose]()]));

describe("WebSub conformance", { concurrency: true }, () => {
  test("100: a typical subscriber gets what the topic serves, unsigned", () =>
    checkTypical(site, subscribers));

  test("101: a subscriber with a secret gets signed deliveries", () => checkSecret(site, subscribers));

  test("102: the hub ignores parameters that it doesn't know", () => {
    const more = [
      ["foo", "bar"],
      ["hub.foo", "hub.bar"],
    ];
    return checkSubscription(site, subscribers, { name: "extra", more });
  });

  test("103: a second request before the lease ends replaces the first, once it is verified", async () => {
    const topic = await openTopic(site, "renewal", "rss.xml");
    const subscription = { subscribers, name: "renewal", topic };
    const first = await ask(subscription, "subscribe", request("an-old-secret", 7200));
    await topic.publish(2);
    checkDelivery(await delivered(subscription, headline("renewal", 2)), topic, "an-old-secret");
    const second = await ask(subscription, "subscribe", request("a-new-secret", 14_400));
    deepEqual(
      [first, second].map((query) => query.get("hub.lease_seconds")),
      ["7200", "14400"],
    );
    notEqual(first.get("hub.challenge"), second.get("hub.challenge"));
    for (const number of [3, 4]) {
      await topic.publish(number);
      checkDelivery(await delivered(subscription, headline("renewal", number)), topic, "a-new-secret");
    }
    // Story 3 came with its own edition and the next: a second subscription would have got the first of them too.
    equal(deliveriesOf(subscribers.received("renewal"), headline("renewal", 3)).length, 2);
  });

  test("a second request that isn't confirmed leaves the subscription as it was", async () => {
    const topic = await openTopic(site, "intruder", "rss.xml");
    const subscription = { subscribers, name: "intruder", topic };
    subscribers.behave("intruder", { verification: ["echo", "wrong"] });
    await ask(subscription, "subscribe", request("an-old-secret", 7200));
    await topic.publish(2);
    await delivered(subscription, headline("intruder", 2));
    await ask(subscription, "subscribe", request("a-new-secret", 14_400));
    await topic.publish(3);
    checkDelivery(await delivered(subscription, headline("intruder", 3)), topic, "an-old-secret");
  });

  test("104: a subscriber that has unsubscribed gets nothing more, and may unsubscribe again", async () => {
    const topic = await openTopic(site, "leaving", "rss.xml");
    const [leaver, stayer] = ["leaver", "stayer"].map((name) => ({ subscribers, name, topic }));
    ok(leaver && stayer);
    await Promise.all([ask(leaver, "subscribe"), ask(stayer, "subscribe")]);
    await topic.publish(2);
    const both = [leaver, stayer].map((each) => delivered(each, headline("leaving", 2)));
    for (const delivery of await Promise.all(both)) checkDelivery(delivery, topic);
    await ask(leaver, "unsubscribe");
    await send(topic, formOf("unsubscribe", topic, subscribers.callback("leaver")));
    for (const number of [3, 4]) {
      await topic.publish(number);
      checkDelivery(await delivered(stayer, headline("leaving", number)), topic);
    }
    equal(deliveriesOf(subscribers.received("leaver"), headline("leaving", 3)).length, 0);
  });

  test("106: a topic in JSON is delivered as it is", () =>
    checkSubscription(site, subscribers, { name: "structured", file: "feed.json" }));
});

/** The parameters of a request with a secret and a lease. */
function request(secret: string, leaseSeconds: number): string[][] {
  return [
    ["hub.secret", secret],
    ["hub.lease_seconds", String(leaseSeconds)],
  ];
}
