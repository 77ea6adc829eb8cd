/** The verification of a subscriber's intent (WebSub, sections 5.2 and 5.3). */
import { beforeEach, describe, expect, test } from "vitest";
import {
  advance,
  ask,
  deliveries,
  formOf,
  HOUR,
  hurry,
  MINUTE,
  DAY,
  type Parameters,
  post,
  publish,
  SECOND,
  signedWith,
  subscribe,
  verifications,
} from "../../support/hub.ts";
import { ORIGIN } from "../../support/site.ts";
import type { BehaviourInput } from "../../support/subscribers/behaviour.ts";
import { type RemoteSubscriber, subscriber } from "../../support/subscribers/control.ts";

const TOPIC = "/rss.xml";
const CONFIRMING: BehaviourInput["verification"][] = ["echo", 201, 202, 299];
const NOT_CONFIRMING: BehaviourInput["verification"][] = [
  "wrong",
  "with-newline",
  "with-mark",
  204,
  "endless",
  "redirect",
  404,
  410,
  500,
];

beforeEach(() => publish("First"));

/** The deliveries after another change. */
async function publishTo(one: RemoteSubscriber, headline: string) {
  const before = (await deliveries(one)).length;
  await publish(headline);
  await advance(6 * SECOND);
  return (await deliveries(one)).slice(before);
}

describe("a verification", () => {
  test("names mode, topic, challenge and lease, and nothing else", async () => {
    const one = await subscribe(TOPIC);
    const [query, ...more] = await verifications(one);
    expect(more).toEqual([]);
    expect([...(query ?? [])]).toEqual([
      ["hub.mode", "subscribe"],
      ["hub.topic", `${ORIGIN}${TOPIC}`],
      ["hub.challenge", expect.stringMatching(/^[\da-f-]{72}$/)],
      ["hub.lease_seconds", "864000"],
    ]);
  });

  test("of an end is the same without a lease", async () => {
    const one = await subscribe(TOPIC);
    await ask("unsubscribe", TOPIC, one.callback);
    const [, query] = await verifications(one);
    expect([...(query ?? [])]).toEqual([
      ["hub.mode", "unsubscribe"],
      ["hub.topic", `${ORIGIN}${TOPIC}`],
      ["hub.challenge", expect.any(String)],
    ]);
  });

  test("keeps the callback's own query, also what is named like a parameter of it", async () => {
    const one = await subscriber();
    const own = "?k=1&hub.mode=mine&hub.challenge=mine&a%20b=%2B&k=2";
    await ask("subscribe", TOPIC, `${one.callback}${own}`);
    const [request] = await one.received();
    expect(request?.path).toContain(`${own}&hub.mode=subscribe&hub.topic=`);
  });

  test("repeats the token of PubSubHubbub 0.3 where there was one", async () => {
    const one = await subscribe(TOPIC, {}, [["hub.verify_token", "subscribe&Möwe+1"]]);
    const [query] = await verifications(one);
    expect(query?.get("hub.verify_token")).toBe("subscribe&Möwe+1");
  });

  test("names the site's hub as its user agent", async () => {
    const [request] = await (await subscribe(TOPIC)).received();
    expect(new Headers(request?.headers).get("User-Agent")).toBe(`Dateline-Hub/1 (+${ORIGIN}/)`);
  });

  test.each(CONFIRMING)("is confirmed by %o with the challenge", async (verification) => {
    const one = await subscribe(TOPIC, { verification });
    expect(await publishTo(one, "Second")).toHaveLength(1);
    expect(await verifications(one)).toHaveLength(1);
  });

  test.each(NOT_CONFIRMING)("isn't confirmed by %o", async (verification) => {
    const one = await subscribe(TOPIC, { verification });
    expect(await publishTo(one, "Second")).toEqual([]);
    expect((await one.received()).map(({ path }) => path.startsWith("/callback/"))).toEqual([true]);
  });

  test.each(["never", "drip", "drip-head"] as const)(
    "isn't confirmed by an answer of the kind %o, for which it waits ten seconds",
    async (verification) => {
      const limits = hurry(300);
      const one = await subscribe(TOPIC, { verification });
      expect(limits()).toEqual([10_000]);
      expect(await publishTo(one, "Second")).toEqual([]);
    },
  );

  test("is tried at 0, 1 and 10 minutes with another challenge each time, and then given up without a word", async () => {
    const one = await subscribe(TOPIC, { verification: "wrong" });
    const counts = [(await verifications(one)).length];
    for (const pause of [MINUTE - 1, 1, 9 * MINUTE - 1, 1, DAY]) {
      await advance(pause);
      counts.push((await verifications(one)).length);
    }
    expect(counts).toEqual([1, 1, 2, 2, 3, 3]);
    const challenges = (await verifications(one)).map((query) => query.get("hub.challenge"));
    expect(new Set(challenges).size).toBe(3);
    expect((await one.received()).length).toBe(3);
  });

  test("of a lone request is made at once; of those that follow within a second, together after it", async () => {
    const [lone, ...others] = [await subscriber(), await subscriber(), await subscriber()];
    const times = async (): Promise<number[]> =>
      Promise.all([lone, ...others].map(async (one) => (await verifications(one)).length));
    await post(formOf("subscribe", TOPIC, lone.callback));
    await advance(0);
    expect(await times()).toEqual([1, 0, 0]);
    for (const { callback } of others) await post(formOf("subscribe", TOPIC, callback));
    await advance(999);
    expect(await times()).toEqual([1, 0, 0]);
    await advance(1);
    expect(await times()).toEqual([1, 1, 1]);
  });

  test("that fails first is made up for by the next try", async () => {
    const one = await subscribe(TOPIC, { verification: [500, "echo"] });
    await advance(MINUTE);
    expect(await publishTo(one, "Second")).toHaveLength(1);
  });
});

const OLD: Parameters = [
  ["hub.secret", "old"],
  ["hub.lease_seconds", "7200"],
];
const NEW: Parameters = [
  ["hub.secret", "new"],
  ["hub.lease_seconds", "86400"],
];

describe("a second request", () => {
  test("changes nothing until it is confirmed, and then all", async () => {
    const one = await subscribe(TOPIC, { verification: ["echo", "wrong", "echo"] }, OLD);
    await ask("subscribe", TOPIC, one.callback, NEW);
    const [before] = await publishTo(one, "Second");
    await advance(MINUTE);
    const [after, ...more] = await publishTo(one, "Third");
    expect([await signedWith(before), await signedWith(after), more]).toEqual(["old", "new", []]);
    await advance(3 * HOUR);
    expect(await publishTo(one, "Fourth")).toHaveLength(1);
  });

  test("that nobody confirms leaves secret and lease as they were", async () => {
    const one = await subscribe(TOPIC, { verification: ["echo", "wrong"] }, OLD);
    await ask("subscribe", TOPIC, one.callback, NEW);
    await advance(HOUR);
    const [delivery] = await publishTo(one, "Second");
    expect(await signedWith(delivery)).toBe("old");
    await advance(HOUR);
    expect(await publishTo(one, "Third")).toEqual([]);
  });

  test("without a secret ends the signatures", async () => {
    const one = await subscribe(TOPIC, {}, OLD);
    await ask("subscribe", TOPIC, one.callback);
    const [delivery] = await publishTo(one, "Second");
    expect(new Headers(delivery?.headers).has("X-Hub-Signature")).toBe(false);
  });
});

describe("an end", () => {
  test("that isn't confirmed changes nothing", async () => {
    const one = await subscribe(TOPIC, { verification: ["echo", 404] });
    await ask("unsubscribe", TOPIC, one.callback);
    await advance(HOUR);
    expect(await publishTo(one, "Second")).toHaveLength(1);
  });

  test("that is confirmed ends the deliveries; asked again, the hub says 202 and asks nobody", async () => {
    const one = await subscribe(TOPIC);
    await ask("unsubscribe", TOPIC, one.callback);
    await ask("unsubscribe", TOPIC, one.callback);
    expect(await publishTo(one, "Second")).toEqual([]);
    expect((await verifications(one)).map((query) => query.get("hub.mode"))).toEqual([
      "subscribe",
      "unsubscribe",
    ]);
  });

  test("ends the subscription of its topic and callback alone", async () => {
    const [one, other] = [await subscribe(TOPIC), await subscribe(TOPIC)];
    await ask("subscribe", "/feed.json", one.callback);
    await ask("unsubscribe", TOPIC, one.callback);
    const [delivery, ...more] = await publishTo(one, "Second");
    expect([new Headers(delivery?.headers).get("Content-Type"), more]).toEqual([
      "application/feed+json; charset=utf-8",
      [],
    ]);
    expect(await deliveries(other)).toHaveLength(1);
  });
});

describe.each([
  [["subscribe", "unsubscribe"], 0],
  [["unsubscribe", "subscribe"], 1],
  [["subscribe", "unsubscribe", "subscribe"], 1],
] as const)("of the requests %j that wait together", (modes, count) => {
  test("the last one counts, in whatever order they are confirmed", async () => {
    for (const isKnown of [false, true]) {
      const one = isKnown ? await subscribe(TOPIC) : await subscriber();
      for (const mode of modes) await post(formOf(mode, TOPIC, one.callback));
      await advance(0);
      expect([isKnown, (await publishTo(one, `Known ${isKnown}`)).length]).toEqual([isKnown, count]);
    }
  });

  test("the last one counts though an earlier one is confirmed later", async () => {
    for (const isKnown of [false, true]) {
      const one = isKnown ? await subscribe(TOPIC) : await subscriber();
      await one.behave({ verification: ["wrong", "echo"] });
      for (const mode of modes) await ask(mode, TOPIC, one.callback);
      await advance(HOUR);
      expect([isKnown, (await publishTo(one, `Known ${isKnown}`)).length]).toEqual([isKnown, count]);
    }
  });
});
