/** Callbacks that never answer a verification, beside one that does. The hub takes sixty requests of an address in a minute: a site of their own. */
import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { startSubscribers } from "../support/subscribers/subscribers.ts";
import { startSite } from "./site.ts";
import { ask, formOf, send } from "./subscription.ts";
import { openTopic } from "./topic.ts";

// All slots of the couriers that verify.
const MANY = 12;

test(`a request is verified while ${MANY} others wait for callbacks that never answer`, async () => {
  await using site = await startSite();
  await using subscribers = await startSubscribers();
  const topic = await openTopic(site, "silent", "rss.xml");
  const names = Array.from({ length: MANY }, (_, index) => `silent-${index}`);
  for (const name of names) {
    subscribers.behave(name, { verification: "never" });
    await send(topic, formOf("subscribe", topic, subscribers.callback(name)));
  }
  for (const name of names) await subscribers.until(name, (received) => received.length > 0);
  await ask({ subscribers, name: "beside-silent", topic }, "subscribe");
  deepEqual(
    names.filter((name) => subscribers.open(name) !== 1),
    [],
  );
});
