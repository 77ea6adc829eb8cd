/** The bounds of the hub: subscriptions, requests that wait, and requests in a minute. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { HubLimits } from "../../../src/article/site.ts";
import { createApp } from "../../../src/app.ts";
import { askIsolate } from "../../support/ask-isolate.ts";
import {
  advance,
  ask,
  deliveries,
  formOf,
  hub,
  MINUTE,
  post,
  publish,
  SECOND,
  subscribe,
  untilCalm,
  verifications,
} from "../../support/hub.ts";
import { hubFaults } from "../../support/faulty-hub.ts";
import { edit } from "../../support/newsroom.ts";
import { listSubscriptions } from "../../support/reading/subscriptions.ts";
import { site } from "../../support/site.ts";
import { subscriber } from "../../support/subscribers/control.ts";
import { layout } from "../../support/worker.ts";

const TOPIC = "/rss.xml";
// The limits of HUB_REQUESTS and HUB_CALLBACKS in wrangler.toml; a counter starts anew with each minute of the wall clock.
const LIMIT = 60;
const MOST = 2 * LIMIT + 1;

beforeEach(() => publish("First"));

/** Starts a hub with these bounds. */
async function limit(limits: Partial<HubLimits>): Promise<void> {
  layout.hub = { subscriptions: 100, subscriptionsPerHost: 100, pending: 100, topics: 100, ...limits };
  await evictDurableObject(hub());
}

/** A callback that nobody is asked to confirm while the clock stands still. */
function elsewhere(name: string): string {
  return `https://${name}.example.org/callback`;
}

async function gist(response: Response): Promise<unknown[]> {
  return [response.status, response.headers.get("Retry-After"), await response.text()];
}

const TAKEN = [202, null, ""];
const PENDING = [503, "60", "Too many requests wait for their verification. Try again later.\n"];
const FULL = [503, "60", "This hub has as many subscriptions as it takes.\n"];
const HOST_FULL = [429, "60", "This hub has as many subscriptions of this callback's host as it takes.\n"];

/** The answer to a request to subscribe, or to unsubscribe. */
async function asked(callback: string, mode = "subscribe", topic = TOPIC): Promise<unknown[]> {
  return gist(await post(formOf(mode, topic, callback)));
}

/** The answer to a request that comes from an address. */
async function askedFrom(address: string, callback: string, mode = "subscribe"): Promise<unknown[]> {
  return gist(await post(formOf(mode, TOPIC, callback), { "CF-Connecting-IP": address }));
}

/** How many requests wait. */
function waits(): Promise<number> {
  return runInDurableObject(
    hub(),
    (_instance, { storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM intent").one().n,
  );
}

describe("requests that wait for their verification", () => {
  test("are bounded; one that is repeated takes no more room, and one that is verified leaves its own", async () => {
    await limit({ pending: 2 });
    const one = await subscriber();
    expect(await askedFrom("192.0.2.1", one.callback)).toEqual(TAKEN);
    expect(await askedFrom("192.0.2.2", elsewhere("a"))).toEqual(TAKEN);
    expect(await askedFrom("192.0.2.3", elsewhere("b"))).toEqual(PENDING);
    expect(await askedFrom("192.0.2.1", one.callback)).toEqual(TAKEN);
    expect(await askedFrom("192.0.2.4", one.callback, "unsubscribe")).toEqual(PENDING);
    await edit("PUT", "/api/blocked-hosts/a.example.org");
    await advance(0);
    expect(await askedFrom("192.0.2.3", elsewhere("b"))).toEqual(TAKEN);
    expect(await askedFrom("192.0.2.5", elsewhere("c"))).toEqual(TAKEN);
    expect(await askedFrom("192.0.2.6", elsewhere("d"))).toEqual(PENDING);
  });

  test("keep no subscriber from a renewal or an end, however many they are", async () => {
    const one = await subscribe(TOPIC);
    await limit({ pending: 1 });
    expect(await askedFrom("192.0.2.2", elsewhere("a"))).toEqual(TAKEN);
    expect(await askedFrom("192.0.2.3", elsewhere("b"))).toEqual(PENDING);
    expect(await asked(one.callback)).toEqual(TAKEN);
    expect(await asked(one.callback, "unsubscribe")).toEqual(TAKEN);
  });

  test("of one address fill a tenth of the room; of an address in the same IPv6 network too", async () => {
    await limit({ pending: 20 });
    expect(await askedFrom("2001:db8::1", elsewhere("a"))).toEqual(TAKEN);
    expect(await askedFrom("2001:db8::2", elsewhere("b"))).toEqual(TAKEN);
    expect(await askedFrom("2001:db8::3", elsewhere("c"))).toEqual([
      429,
      "60",
      "Too many requests of this address wait for their verification. Try again later.\n",
    ]);
    expect(await askedFrom("2001:db8:0:1::1", elsewhere("c"))).toEqual(TAKEN);
  });

  test("tell the hub nothing of the address but a digest", async () => {
    await askedFrom("192.0.2.77", elsewhere("a"));
    const kept = await runInDurableObject(hub(), (_instance, { storage }) =>
      JSON.stringify(storage.sql.exec("SELECT * FROM intent").toArray()),
    );
    expect([kept.includes("a.example.org"), kept.includes("192.0.2.77")]).toEqual([true, false]);
  });

  test("that nobody reports are tried three times, and dropped", async () => {
    await askedFrom("192.0.2.2", elsewhere("a"));
    hubFaults.isVerificationLost = () => true;
    for (const attempt of [1, 2, 3]) {
      await advance(0);
      expect([attempt, await waits()]).toEqual([attempt, 1]);
      await advance(61 * SECOND);
    }
    expect(await waits()).toBe(0);
  });
});

describe("subscriptions of one host", () => {
  test("are bounded, verified or not; a renewal and an end are taken, and an end makes room", async () => {
    await limit({ subscriptionsPerHost: 2 });
    const [one, other, third] = [await subscribe(TOPIC), await subscriber(), await subscriber()];
    expect(await asked(other.callback)).toEqual(TAKEN);
    expect(await asked(third.callback)).toEqual(HOST_FULL);
    await advance(0);
    expect(await asked(third.callback)).toEqual(HOST_FULL);
    expect(await asked(one.callback, "subscribe", "/feed.json")).toEqual(HOST_FULL);
    expect(await asked(one.callback)).toEqual(TAKEN);
    expect(await asked(elsewhere("a"))).toEqual(TAKEN);
    await edit("PUT", "/api/blocked-hosts/a.example.org");
    await ask("unsubscribe", TOPIC, one.callback);
    expect(await asked(third.callback)).toEqual(TAKEN);
  });
});

test("callbacks that nobody confirms keep no true subscriber of their host out", async () => {
  await limit({ subscriptionsPerHost: 2 });
  for (const name of ["a", "b"]) {
    const { callback, behave } = await subscriber();
    await behave({ verification: 404 });
    expect([name, await asked(callback)]).toEqual([name, TAKEN]);
  }
  const one = await subscriber();
  expect(await asked(one.callback)).toEqual(HOST_FULL);
  await advance(0);
  expect(await asked(one.callback)).toEqual(TAKEN);
});

test("a callback that is confirmed is subscribed, whoever else of its host waits for the first attempt", async () => {
  await limit({ subscriptionsPerHost: 2 });
  const one = await subscriber({ verification: ["wrong", "echo"] });
  await ask("subscribe", TOPIC, one.callback);
  await advance(MINUTE - 1);
  const made = await subscriber({ verification: { answer: "wrong", delayMilliseconds: 300 } });
  for (const path of ["/1", "/2"]) expect(await asked(made.callback + path)).toEqual(TAKEN);
  await advance(SECOND, async () => undefined);
  await untilCalm();
  const { subscriptions } = await listSubscriptions();
  expect([subscriptions.length, (await verifications(one)).length]).toEqual([1, 2]);
});

test("renewals that wait take no room of new subscribers, neither of the address nor in all", async () => {
  const all = [await subscribe(TOPIC), await subscribe(TOPIC)];
  await limit({ pending: 1 });
  for (const { callback } of all) expect(await askedFrom("192.0.2.1", callback)).toEqual(TAKEN);
  expect(await askedFrom("192.0.2.1", elsewhere("a"))).toEqual(TAKEN);
});

test("topics are bounded; one that has a subscriber takes more", async () => {
  await limit({ topics: 2 });
  await subscribe(TOPIC);
  await subscribe("/feed.json?limit=3");
  expect(await asked((await subscriber()).callback, "subscribe", "/atom.xml")).toEqual(FULL);
  expect(await asked((await subscriber()).callback, "subscribe", "/feed.json?limit=3")).toEqual(TAKEN);
});

test("topics are bounded though requests for many wait at once", async () => {
  await limit({ topics: 1 });
  for (const topic of [TOPIC, "/atom.xml", "/feed.json"])
    expect(await asked((await subscriber()).callback, "subscribe", topic)).toEqual(TAKEN);
  await advance(0);
  expect((await listSubscriptions()).subscriptions).toHaveLength(1);
});

describe("subscriptions in all", () => {
  test("are bounded; a renewal and an end are taken, and an end makes room", async () => {
    await limit({ subscriptions: 2 });
    const [one] = [await subscribe(TOPIC), await subscribe(TOPIC)];
    const third = await subscriber();
    expect(await asked(third.callback)).toEqual(FULL);
    expect(await asked(one.callback)).toEqual(TAKEN);
    await ask("unsubscribe", TOPIC, one.callback);
    expect(await asked(third.callback)).toEqual(TAKEN);
  });

  test("are bounded though many requests wait at once", async () => {
    await limit({ subscriptions: 2 });
    const all = await Promise.all(Array.from({ length: 5 }, () => subscriber()));
    for (const { callback } of all) expect(await asked(callback)).toEqual(TAKEN);
    await advance(0);
    await publish("Second");
    await advance(6 * SECOND);
    const counts = await Promise.all(all.map(async (each) => (await deliveries(each)).length));
    expect(counts.filter((count) => count > 0)).toEqual([1, 1]);
  });
});

test("a host that an administrator blocked is refused, without a hint to try again", async () => {
  const blocked = [403, null, "The site's administrator blocked this callback's host.\n"];
  await edit("PUT", "/api/blocked-hosts/a.example.org");
  expect(await asked(elsewhere("a"))).toEqual(blocked);
  expect(await asked(elsewhere("b.a"))).toEqual(blocked);
  expect(await asked(elsewhere("b"))).toEqual(TAKEN);
  expect(await asked(elsewhere("ba"))).toEqual(TAKEN);
});

/** Sends requests until one isn't answered with 202. */
async function untilRefused(
  send: (number: number) => Promise<Response>,
): Promise<{ count: number; last: unknown[] }> {
  for (let count = 1; ; count++) {
    const response = await send(count);
    if (response.status !== 202 || count === MOST) return { count, last: await gist(response) };
  }
}

/** A request of an address, in the name of a host. */
function from(number: number, host: string): Promise<Response> {
  return post(formOf("unsubscribe", TOPIC, elsewhere(host)), { "CF-Connecting-IP": `192.0.2.${number}` });
}

describe("requests in a minute", () => {
  test("are bounded for an address, whatever callbacks they name; another address goes on", async () => {
    const { count, last } = await untilRefused((number) => from(1, `a${number}`));
    expect(last).toEqual([429, "60", "Too many requests of this address. Try again in a minute.\n"]);
    expect(count).toBeGreaterThan(LIMIT);
    expect((await from(2, "a")).status).toBe(202);
  });

  test("are bounded for a callback's host, wherever they come from; another host goes on", async () => {
    const { count, last } = await untilRefused((number) => from(number, "a"));
    expect(last).toEqual([429, "60", "Too many requests of this callback's host. Try again in a minute.\n"]);
    expect(count).toBeGreaterThan(LIMIT);
    expect((await from(1, "b")).status).toBe(202);
  });
});

test("no request to the hub asks the Desk, taken or refused", async () => {
  const used = vi.fn<() => never>(() => {
    throw new Error("The Desk is down");
  });
  const bindings = { ...env, DESK: new Proxy(env.DESK, { get: used }) };
  const isolate = createApp(site, "build", undefined);
  const statuses = await Promise.all(
    [
      "/rss.xml",
      "/sections/none/rss.xml",
      "/sections/politics+none/rss.xml",
      "/tags/none/feed.json",
      "/articles/first",
    ].flatMap((topic) =>
      ["subscribe", "unsubscribe", "publish"].map(async (mode) => {
        const body = new URLSearchParams(Object.fromEntries(formOf(mode, topic, elsewhere("a"))));
        const { status } = await askIsolate(isolate, "/hub", { method: "POST", body }, bindings);
        return status;
      }),
    ),
  );
  expect(new Set(statuses)).toEqual(new Set([202, 400]));
  expect(used).not.toHaveBeenCalled();
});
