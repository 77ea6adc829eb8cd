/** A subscription from the subscriber's side: its request, its verification, its deliveries, each checked. */
import { equal, match, notEqual, ok } from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { fieldLinks } from "../support/reading/link-field.ts";
import { isDelivery, isVerification, queryOf, type Received } from "../support/subscribers/received.ts";
import type { Subscribers } from "../support/subscribers/subscribers.ts";
import { only, type Served, serve, type Topic } from "./topic.ts";

const HOUR_SECONDS = 3600;
const LONGEST_LEASE_SECONDS = 30 * 24 * HOUR_SECONDS;

export type Mode = "subscribe" | "unsubscribe";

/** A subscriber of a topic, and what it wrote in its requests. */
export type Subscription = { subscribers: Subscribers; name: string; topic: Topic };

/** The form of a request (WebSub, section 5.1). @param more parameters beside those that every request has */
export function formOf(
  mode: Mode,
  { self }: Topic,
  callback: string,
  more: string[][] = [],
): URLSearchParams {
  const form = [["hub.mode", mode], ["hub.topic", self], ["hub.callback", callback], ...more];
  return new URLSearchParams(form);
}

/** Sends a request to the hub that the topic names, which accepts it. */
export async function send({ hub }: Topic, form: URLSearchParams): Promise<void> {
  const response = await fetch(hub, { method: "POST", body: form, redirect: "manual" });
  equal(response.status, 202, await response.text());
}

/** Sends a request to subscribe or to unsubscribe, and waits for its verification. */
export async function ask(
  subscription: Subscription,
  mode: Mode,
  more: string[][] = [],
): Promise<URLSearchParams> {
  const { subscribers, name, topic } = subscription;
  const before = subscribers.received(name).filter(isVerification).length;
  await send(topic, formOf(mode, topic, subscribers.callback(name), more));
  return verification(subscription, mode, before);
}

/**
 * Waits for a verification (WebSub, section 5.3).
 * @param before how many came earlier
 * @returns its parameters
 */
export async function verification(
  { subscribers, name, topic }: Subscription,
  mode: Mode,
  before = 0,
): Promise<URLSearchParams> {
  const all = await subscribers.until(name, (received) => received.filter(isVerification).length > before);
  const [request] = all.filter(isVerification).slice(before);
  ok(request !== undefined);
  const query = queryOf(request);
  equal(query.get("hub.mode"), mode);
  equal(query.get("hub.topic"), topic.self);
  notEqual(query.get("hub.challenge") ?? "", "");
  if (mode === "subscribe") {
    match(query.get("hub.lease_seconds") ?? "", /^\d+$/);
    const lease = Number(query.get("hub.lease_seconds"));
    ok(lease >= HOUR_SECONDS && lease <= LONGEST_LEASE_SECONDS, `a lease of ${lease} seconds`);
  }
  return query;
}

/** A delivery, and what the topic served when it came. */
export type Delivered = { delivery: Received; served: Served };

/** Waits for a delivery with a text, and fetches the topic at once, as the conformance suite does. */
export async function delivered(
  { subscribers, name, topic }: Subscription,
  text: string,
): Promise<Delivered> {
  const all = await subscribers.until(name, (received) => deliveriesOf(received, text).length > 0);
  const served = await serve(topic.self);
  const [delivery] = deliveriesOf(all, text);
  ok(delivery !== undefined);
  return { delivery, served };
}

/** The deliveries whose body has a text. */
export function deliveriesOf(received: readonly Received[], text: string): Received[] {
  return received.filter((request) => isDelivery(request) && request.body.text.includes(text));
}

/** Checks a delivery as the conformance suite does (WebSub, section 7). @param secret of the subscription, if any */
export function checkDelivery({ delivery, served }: Delivered, topic: Topic, secret?: string): void {
  const fields = new Headers(delivery.headers);
  equal(delivery.body.text, served.body.toString());
  equal(delivery.body.sha256, createHash("sha256").update(served.body).digest("hex"));
  equal(fields.get("Content-Type"), served.contentType);
  equal(fields.get("Content-Encoding"), null);
  const links = fieldLinks(fields.get("Link"));
  equal(only(links, "hub"), topic.hub);
  equal(only(links, "self"), topic.self);
  equal(only(served.links, "hub"), topic.hub);
  equal(fields.get("X-Hub-Signature"), secret === undefined ? null : signatureOf(served.body, secret));
}

/** The signature of a body (WebSub, section 7.1). */
export function signatureOf(body: Buffer, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
