/** Subscribers of the field, as their public sources behave: NewsBlur, FreshRSS and Feedbin. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { startSubscribers, type Subscribers } from "../support/subscribers/subscribers.ts";
import { type Site, startSite } from "./site.ts";
import { checkDelivery, delivered, formOf, send, verification } from "./subscription.ts";
import { documentLinks, headline, openTopic, serve } from "./topic.ts";

// FreshRSS, p/api/pshb.php: MAX_PAYLOAD.
const FRESHRSS_BYTES = 3_145_728;
const DAY_SECONDS = 86_400;

let site: Site;
let subscribers: Subscribers;

before(async () => {
  [site, subscribers] = await Promise.all([startSite(), startSubscribers()]);
});

after(() => Promise.all([site[Symbol.asyncDispose](), subscribers[Symbol.asyncDispose]()]));

/** A token or a secret, as applications make them: hexadecimal digits. */
function hex(algorithm: "sha1" | "sha256", of: string): string {
  return createHash(algorithm).update(of).digest("hex");
}

describe("subscribers of the field", { concurrency: true }, () => {
  // NewsBlur, apps/push/models.py and views.py: PubSubHubbub 0.3, whose token it looks for in the verification.
  test("NewsBlur gets its token back, and finds the new article when it fetches the feed after a notice", async () => {
    const topic = await openTopic(site, "newsblur", "rss.xml");
    const token = `subscribe${hex("sha1", "newsblur")}`;
    const subscription = { subscribers, name: "newsblur", topic };
    subscribers.behave("newsblur", {
      expects: { "hub.verify_token": token, "hub.topic": topic.self },
      delivery: 200,
    });
    await send(
      topic,
      formOf("subscribe", topic, subscribers.callback("newsblur"), [
        ["hub.verify", "async"],
        ["hub.verify", "sync"],
        ["hub.verify_token", token],
        ["hub.lease_seconds", String(30 * DAY_SECONDS)],
      ]),
    );
    const query = await verification(subscription, "subscribe");
    equal(query.get("hub.verify_token"), token);
    equal(query.get("hub.lease_seconds"), String(30 * DAY_SECONDS));
    await topic.publish(2);
    const { delivery, served } = await delivered(subscription, headline("newsblur", 2));
    ok(served.body.includes(headline("newsblur", 2)));
    // It subscribes anew when the feed that it is sent names another hub or another address.
    deepEqual(documentLinks(delivery.body.text), { hub: [topic.hub], self: [topic.self] });
  });

  // FreshRSS, app/Models/Feed.php and p/api/pshb.php: 410 also says that no user has anything new.
  test("FreshRSS gets the next change after a 410", async () => {
    const topic = await openTopic(site, "freshrss", "atom.xml");
    const subscription = { subscribers, name: "freshrss", topic };
    const key = hex("sha1", "freshrss");
    const callback = `${subscribers.callback("freshrss")}?k=${key}`;
    subscribers.behave("freshrss", { expects: { k: key }, delivery: [410, 200] });
    const form = formOf("subscribe", topic, callback);
    await send(topic, new URLSearchParams([["hub.verify", "sync"], ...form]));
    const query = await verification(subscription, "subscribe");
    ok(Number(query.get("hub.lease_seconds")) > 60);
    await topic.publish(2);
    await delivered(subscription, headline("freshrss", 2));
    await topic.publish(3);
    const second = await delivered(subscription, headline("freshrss", 3));
    checkDelivery(second, topic);
    ok(second.delivery.body.bytes < FRESHRSS_BYTES);
    equal(new URL(second.delivery.path, subscribers.origin).searchParams.get("k"), key);
    deepEqual(documentLinks(second.delivery.body.text).self, [topic.self]);
  });

  // Feedbin, app/jobs/web_sub/hub.rb and app/controllers/web_sub_controller.rb.
  test("Feedbin finds its topic spelled as it was sent, and the signature that Ruby computes", async () => {
    const topic = await openTopic(site, "feedbin", "rss.xml");
    const subscription = { subscribers, name: "feedbin", topic };
    const secret = hex("sha256", "feedbin");
    subscribers.behave("feedbin", { expects: { "hub.topic": topic.self }, delivery: 200 });
    const callback = `${subscribers.callback("feedbin")}/${hex("sha256", secret)}`;
    const more = [
      ["hub.verify", "async"],
      ["hub.secret", secret],
    ];
    await send(topic, formOf("subscribe", topic, callback, more));
    const query = await verification(subscription, "subscribe");
    // It subscribes anew after half of the lease; `to_i` of anything but digits is 0.
    match(query.get("hub.lease_seconds") ?? "", /^[1-9]\d*$/);
    await topic.publish(2);
    const found = await delivered(subscription, headline("feedbin", 2));
    checkDelivery(found, topic, secret);
    const fields = new Headers(found.delivery.headers);
    const [algorithm, signature, ...rest] = (fields.get("X-Hub-Signature") ?? "").split("=");
    const digest = createHmac(algorithm ?? "", secret)
      .update(found.delivery.body.text)
      .digest("hex");
    deepEqual([algorithm, signature, rest], ["sha256", digest, []]);
    match(fields.get("Content-Type") ?? "", /; *charset=utf-8$/i);
    deepEqual(documentLinks((await serve(topic.self)).body.toString()), {
      hub: [topic.hub],
      self: [topic.self],
    });
  });
});
