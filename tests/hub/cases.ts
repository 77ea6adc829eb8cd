/** Tests of the conformance suite that every way of spreading must pass. */
import { deepEqual } from "node:assert/strict";
import type { Subscribers } from "../support/subscribers/subscribers.ts";
import type { Site } from "./site.ts";
import { ask, checkDelivery, delivered } from "./subscription.ts";
import { headline, openTopic } from "./topic.ts";

const SECRET = "between-hub-and-subscriber";
// The parameters of a verification where the request had none of its own (WebSub, section 5.3).
const VERIFICATION = ["hub.challenge", "hub.lease_seconds", "hub.mode", "hub.topic"];

/**
 * Subscribes, publishes and checks the delivery.
 * @param name of the section and of the subscriber
 * @param more parameters of the request
 * @param secret among them
 */
export async function checkSubscription(
  site: Site,
  subscribers: Subscribers,
  { name, file = "rss.xml", more = [], secret }: Wish,
): Promise<void> {
  const topic = await openTopic(site, name, file);
  const subscription = { subscribers, name, topic };
  const query = await ask(subscription, "subscribe", more);
  deepEqual([...query.keys()].toSorted(), VERIFICATION);
  await topic.publish(2);
  checkDelivery(await delivered(subscription, headline(name, 2)), topic, secret);
}

type Wish = { name: string; file?: string; more?: string[][]; secret?: string };

/** Test 100: mode, topic and callback alone. */
export function checkTypical(site: Site, subscribers: Subscribers): Promise<void> {
  return checkSubscription(site, subscribers, { name: "typical" });
}

/** Test 101: a secret, with which each delivery is signed. */
export function checkSecret(site: Site, subscribers: Subscribers): Promise<void> {
  const more = [["hub.secret", SECRET]];
  return checkSubscription(site, subscribers, { name: "secret", more, secret: SECRET });
}
