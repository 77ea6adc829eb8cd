/** What happens at the same time, or is lost: in the end each subscriber has the newest edition, and never goes back. */
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { faults } from "../../support/faulty-kv.ts";
import { hubFaults } from "../../support/faulty-hub.ts";
import {
  advance,
  begin,
  change,
  deliveries,
  deliveryTimes,
  gate,
  HOUR,
  hub,
  isUpToDate,
  MINUTE,
  newestChanges,
  post,
  publish,
  formOf,
  SECOND,
  signedWith,
  subscribe,
  untilCalm,
} from "../../support/hub.ts";
import { withdraw } from "../../support/newsroom.ts";
import type { RemoteSubscriber } from "../../support/subscribers/control.ts";
import { isDelivery } from "../../support/subscribers/received.ts";

const TOPIC = "/rss.xml";
// From the change to the first attempt.
const FIRST = 2 * SECOND;
const LATE = { answer: 200, delayMilliseconds: 200 };

beforeEach(async () => {
  vi.spyOn(console, "error").mockReturnValue();
  await publish("First");
  await advance(5 * SECOND);
});

/** Waits until a subscriber has so many deliveries, some of which it may not have answered. */
async function arrival(one: RemoteSubscriber, count = 1): Promise<void> {
  await one.until((received) => received.filter(isDelivery).length >= count);
}

describe("a change", () => {
  test("while a topic is rendered is in the next edition", async () => {
    const one = await subscribe(TOPIC);
    const { pass, reached, open } = gate();
    hubFaults.onRender = pass;
    await change(1);
    const going = begin(FIRST);
    await reached();
    await change(2);
    open();
    await going;
    await advance(10 * SECOND);
    expect([await newestChanges(one), await isUpToDate(one, TOPIC)]).toEqual([[1, 2], true]);
  });

  test("while an edition is spread is delivered after it, to those that have it and to those that don't yet", async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => subscribe(TOPIC, { delivery: LATE })));
    await change(1);
    await begin(FIRST);
    await Promise.race(all.map((one) => arrival(one)));
    for (const number of [2, 3]) {
      await change(number);
      await begin(3 * SECOND);
    }
    await advance(10 * SECOND);
    for (const one of all)
      expect([await isUpToDate(one, TOPIC), (await deliveries(one)).length <= 3]).toEqual([true, true]);
  });

  test("while the Desk gives no windows is delivered when it does", async () => {
    const one = await subscribe(TOPIC);
    hubFaults.isDeskDown = () => true;
    await change(1);
    expect(await deliveryTimes(one, MINUTE)).toEqual([]);
    hubFaults.isDeskDown = () => false;
    expect(await deliveryTimes(one, 15 * SECOND)).toHaveLength(1);
    expect(await isUpToDate(one, TOPIC)).toBe(true);
  });

  test("of which the hub can't be told is told again", async () => {
    const one = await subscribe(TOPIC);
    hubFaults.isHubDown = () => true;
    await change(1);
    expect(await deliveryTimes(one, MINUTE)).toEqual([]);
    hubFaults.isHubDown = () => false;
    expect(await deliveryTimes(one, 2 * MINUTE)).toHaveLength(1);
    expect(await isUpToDate(one, TOPIC)).toBe(true);
  });

  test("that KV doesn't take is delivered after KV has it, and others meanwhile", async () => {
    const [one, other] = [await subscribe(TOPIC), await subscribe("/sections/politics/rss.xml")];
    faults.onWrite = (key) => (key === "window:all" ? "fails" : "none");
    await change(1);
    await advance(MINUTE);
    expect([await newestChanges(one), await newestChanges(other)]).toEqual([[], [1]]);
    faults.onWrite = () => "none";
    await advance(2 * MINUTE);
    expect([await newestChanges(one), await isUpToDate(one, TOPIC)]).toEqual([[1], true]);
  });

  test("is one edition, though the cron trigger comes while the alarm is at work", async () => {
    const one = await subscribe(TOPIC);
    const { pass, reached, open } = gate();
    hubFaults.onRender = pass;
    await change(1);
    const going = begin(FIRST);
    await reached();
    const sweeping = hub().sweep();
    await change(2);
    hubFaults.onRender = () => undefined;
    open();
    await Promise.all([going, sweeping]);
    await advance(10 * SECOND);
    expect([await newestChanges(one), await isUpToDate(one, TOPIC)]).toEqual([[1, 2], true]);
  });
});

describe("between a request and its verification", () => {
  test.each([
    ["the first one of its topic", 0],
    ["one of several", 1],
  ])("a change is delivered to a new subscriber, %s", async (_, others) => {
    for (let number = 0; number < others; number++) await subscribe(TOPIC);
    const one = await subscribe(TOPIC, { verification: ["wrong", "echo"] });
    await advance(SECOND);
    await change(1);
    expect(await deliveryTimes(one, 50 * SECOND)).toEqual([]);
    expect(await deliveryTimes(one, HOUR)).toHaveLength(1);
    expect([await newestChanges(one), await isUpToDate(one, TOPIC)]).toEqual([[1], true]);
  });

  test.each([0, 1])(
    "nothing is delivered where nothing has changed, with %d other subscribers",
    async (others) => {
      for (let number = 0; number < others; number++) await subscribe(TOPIC);
      await change(1);
      await advance(MINUTE);
      const one = await subscribe(TOPIC, { verification: ["wrong", "echo"] });
      expect(await deliveryTimes(one, HOUR)).toEqual([]);
    },
  );
});

describe("a subscriber that asks anew", () => {
  test("to end while its delivery is under way gets nothing more", async () => {
    const one = await subscribe(TOPIC, { delivery: [{ answer: 500, delayMilliseconds: 300 }, 200] });
    await change(1);
    await begin(FIRST);
    await arrival(one);
    await post(formOf("unsubscribe", TOPIC, one.callback));
    await begin(0);
    await advance(10 * SECOND);
    await change(2);
    await advance(HOUR);
    expect(await newestChanges(one)).toEqual([1]);
  });

  test("to end before its courier is at work gets nothing", async () => {
    const one = await subscribe(TOPIC);
    const { pass, reached, open } = gate();
    hubFaults.onJob = async () => pass().then(() => "none");
    await change(1);
    await begin(FIRST);
    await reached();
    await post(formOf("unsubscribe", TOPIC, one.callback));
    await begin(0);
    await one.until((received) => received.length === 2);
    await scheduler.wait(100);
    open();
    await advance(HOUR);
    expect(await deliveries(one)).toEqual([]);
  });

  test("with a new secret while its delivery is under way gets the edition once more, signed with it", async () => {
    for (const answer of [200, 500]) {
      const slow = { answer, delayMilliseconds: 300 };
      const one = await subscribe(TOPIC, { delivery: [slow, 200] }, [["hub.secret", "old"]]);
      await change(answer);
      await begin(FIRST);
      await arrival(one);
      await post(formOf("subscribe", TOPIC, one.callback, [["hub.secret", "new"]]));
      await begin(0);
      await untilCalm();
      await advance(HOUR);
      const all = await deliveries(one);
      expect([await Promise.all(all.map(signedWith)), new Set(await newestChanges(one))]).toEqual([
        ["old", "new"],
        new Set([answer]),
      ]);
    }
  });
});

describe("a withdrawal", () => {
  test.each([
    ["KV takes nothing", { onWrite: "fails", isDeskDown: false }],
    ["the Desk gives no windows", { onWrite: "none", isDeskDown: true }],
  ] as const)("keeps the edition before it from everybody who hasn't got it, though %s", async (_, fault) => {
    const one = await subscribe(TOPIC, { delivery: [500, 200] });
    await publish("A slander");
    await advance(10 * SECOND);
    faults.onWrite = () => fault.onWrite;
    hubFaults.isDeskDown = () => fault.isDeskDown;
    await withdraw("a-slander");
    await advance(10 * MINUTE);
    faults.onWrite = () => "none";
    hubFaults.isDeskDown = () => false;
    await advance(10 * MINUTE);
    const bodies = (await deliveries(one)).map(({ body }) => body.text.includes("A slander"));
    expect([bodies[0], new Set(bodies.slice(1)), await isUpToDate(one, TOPIC)]).toEqual([
      true,
      new Set([false]),
      true,
    ]);
  });

  test("that changes no byte of a topic holds its delivery up for seconds alone", async () => {
    const one = await subscribe(TOPIC);
    const { pass, reached, open } = gate();
    hubFaults.onJob = async () => pass().then(() => "none");
    await change(1);
    await begin(FIRST);
    await reached();
    await hub().changed([{ feed: "all", isRecall: true }]);
    open();
    hubFaults.onJob = () => "none";
    expect(await deliveryTimes(one, 10 * SECOND)).toHaveLength(1);
    const [recalled] = await runInDurableObject(hub(), (_instance, { storage }) =>
      storage.sql.exec("SELECT recalled FROM topic").toArray(),
    );
    expect(recalled).toEqual({ recalled: 0 });
  });
});
