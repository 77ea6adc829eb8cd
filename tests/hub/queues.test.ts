/** The conformance suite's tests 100 and 101 where Cloudflare Queues spread the deliveries. */
import { after, before, describe, test } from "node:test";
import { startSubscribers, type Subscribers } from "../support/subscribers/subscribers.ts";
import { checkSecret, checkTypical } from "./cases.ts";
import { type Site, startSite } from "./site.ts";

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
