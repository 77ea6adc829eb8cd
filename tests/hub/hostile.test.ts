/** Hostile callbacks beside a healthy subscriber of the same topic: it gets its deliveries as if they weren't there. */
import { equal } from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { BehaviourInput } from "../support/subscribers/behaviour.ts";
import { isDelivery } from "../support/subscribers/received.ts";
import { startSubscribers, type Subscribers } from "../support/subscribers/subscribers.ts";
import { until } from "../support/local-worker.ts";
import { type Site, startSite } from "./site.ts";
import { ask, checkDelivery, deliveriesOf, delivered, formOf, send } from "./subscription.ts";
import { headline, openTopic } from "./topic.ts";

// All slots of a courier.
const MANY = 6;

let site: Site;
let subscribers: Subscribers;

before(async () => {
  [site, subscribers] = await Promise.all([startSite(), startSubscribers()]);
});

after(() => Promise.all([site[Symbol.asyncDispose](), subscribers[Symbol.asyncDispose]()]));

type Hostile = {
  kind: string;
  delivery: BehaviourInput["delivery"];
  /** Whether the hub waits for it when the healthy subscriber has its delivery. */
  isWaitedFor: boolean;
};

const HOSTILE: readonly Hostile[] = [
  { kind: "never", delivery: "never", isWaitedFor: true },
  { kind: "drip-head", delivery: "drip-head", isWaitedFor: true },
  { kind: "drip", delivery: "drip", isWaitedFor: false },
  { kind: "endless", delivery: "endless", isWaitedFor: false },
  { kind: "redirect-loop", delivery: "redirect-loop", isWaitedFor: false },
  { kind: "reset", delivery: "reset", isWaitedFor: false },
  { kind: "pause", delivery: { answer: 429, headers: { "Retry-After": "3600" } }, isWaitedFor: false },
  { kind: "gone", delivery: 410, isWaitedFor: false },
];

describe("a subscriber gets its deliveries at once beside callbacks", { concurrency: true }, () => {
  for (const { kind, delivery, isWaitedFor } of HOSTILE) {
    test(`of the kind ${kind}, which get each edition once`, async () => {
      const topic = await openTopic(site, `beside-${kind}`, "rss.xml");
      const hostile = [1, 2, 3].map((number) => `${kind}-${number}`);
      for (const name of hostile) {
        subscribers.behave(name, { delivery });
        await ask({ subscribers, name, topic }, "subscribe");
      }
      const healthy = { subscribers, name: `beside-${kind}`, topic };
      await ask(healthy, "subscribe");
      await topic.publish(2);
      checkDelivery(await delivered(healthy, headline(`beside-${kind}`, 2)), topic);
      for (const name of hostile) {
        // The hub hasn't given it up: the healthy one didn't wait for that.
        if (isWaitedFor) equal(subscribers.open(name), 1);
        // It is given up though the answer never ends: nobody reads it.
        else await until(() => Promise.resolve(subscribers.open(name) === 0), `${name} is still read`);
      }
      await topic.publish(3);
      checkDelivery(await delivered(healthy, headline(`beside-${kind}`, 3)), topic);
      for (const name of hostile) {
        const received = subscribers.received(name);
        const withThird = deliveriesOf(received, headline(`beside-${kind}`, 3));
        equal(deliveriesOf(received, headline(`beside-${kind}`, 2)).length - withThird.length, 1);
        equal(received.filter(({ path }) => !path.startsWith(`/callback/${name}`)).length, 0);
      }
    });
  }

  test(`of which ${MANY} never answer, once those are known: the next edition doesn't wait for them`, async () => {
    const topic = await openTopic(site, "beside-many", "rss.xml");
    const dead = Array.from({ length: MANY }, (_, index) => `dead-${index}`);
    for (const name of dead) {
      subscribers.behave(name, { delivery: "never" });
      await ask({ subscribers, name, topic }, "subscribe");
    }
    const healthy = { subscribers, name: "beside-many", topic };
    await ask(healthy, "subscribe");
    await topic.publish(2);
    await delivered(healthy, headline("beside-many", 2));
    for (const name of dead) {
      await subscribers.until(name, (received) => received.some(isDelivery));
      await until(() => Promise.resolve(subscribers.open(name) === 0), `${name} is never given up`);
    }
    await topic.publish(3);
    checkDelivery(await delivered(healthy, headline("beside-many", 3)), topic);
    const early = dead.filter(
      (name) => deliveriesOf(subscribers.received(name), headline("beside-many", 3)).length > 0,
    );
    equal(early.length, 0);
  });
});

const UNCONFIRMED = ["wrong", "with-newline", "redirect", "reset", "endless", "drip", "never", 404] as const;

test("no callback that doesn't confirm gets a delivery, and the subscriber beside them gets its own", async () => {
  const topic = await openTopic(site, "unconfirmed", "rss.xml");
  const names = UNCONFIRMED.map((kind) => `unconfirmed-${kind}`);
  for (const [index, verification] of UNCONFIRMED.entries()) {
    const name = names[index] ?? "";
    subscribers.behave(name, { verification });
    await send(topic, formOf("subscribe", topic, subscribers.callback(name)));
  }
  const healthy = { subscribers, name: "confirmed", topic };
  await ask(healthy, "subscribe");
  for (const name of names) await subscribers.until(name, (received) => received.length > 0);
  await topic.publish(2);
  checkDelivery(await delivered(healthy, headline("unconfirmed", 2)), topic);
  for (const name of names) equal(subscribers.received(name).length, 1);
});
