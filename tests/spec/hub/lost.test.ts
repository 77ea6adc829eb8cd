/** What is lost, or comes twice: a hub, a message, a report. In the end each subscriber has the newest edition. */
import { abortAllDurableObjects, evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { deliver } from "../../../src/hub/delivery/deliver.ts";
import { hubFaults } from "../../support/faulty-hub.ts";
import {
  advance,
  begin,
  change,
  deliveryTimes,
  gate,
  HOUR,
  hub,
  isUpToDate,
  MINUTE,
  newestChanges,
  publish,
  SECOND,
  subscribe,
  untilCalm,
} from "../../support/hub.ts";
import { sweep } from "../../support/newsroom.ts";

const TOPIC = "/rss.xml";
// From the change to the first attempt.
const FIRST = 2 * SECOND;
const SEARCH = 2 * MINUTE;
const LATE = { answer: 200, delayMilliseconds: 200 };

beforeEach(async () => {
  vi.spyOn(console, "error").mockReturnValue();
  await publish("First");
  await advance(5 * SECOND);
});

describe("a hub that vanishes", () => {
  test("after it made an edition, before that is sent, has it sent", async () => {
    const one = await subscribe(TOPIC);
    const { pass, reached, open } = gate();
    hubFaults.onJob = async () => pass().then(() => "lost");
    await change(1);
    await begin(FIRST);
    await reached();
    await abortAllDurableObjects();
    hubFaults.underWay.clear();
    open();
    hubFaults.onJob = () => "none";
    expect(await deliveryTimes(one, HOUR)).toHaveLength(1);
    expect(await isUpToDate(one, TOPIC)).toBe(true);
  });

  test.each([
    ["before a courier asks", "onTake", 0],
    ["before a courier reports", "onReport", 1],
  ] as const)("%s has what is missing sent after two minutes", async (_, call, already) => {
    const one = await subscribe(TOPIC);
    let left = 1;
    hubFaults[call] = () => (left-- > 0 ? "vanishes" : "none");
    const { pass, reached, open } = gate();
    hubFaults.onJob = () => pass().then(() => "none");
    await change(1);
    // The test itself asks the hub for its alarm until then.
    await begin(FIRST);
    await reached();
    hubFaults.onJob = () => "none";
    open();
    await vi.waitUntil(() => left < 1, { timeout: 10_000, interval: 0 });
    // Its alarm may be lost with it.
    await sweep();
    expect([await newestChanges(one), await deliveryTimes(one, HOUR)]).toEqual([
      Array(already).fill(1),
      [SEARCH],
    ]);
    expect(await isUpToDate(one, TOPIC)).toBe(true);
  });

  test("has the change sent of which it was told before", async () => {
    const one = await subscribe(TOPIC);
    await change(1);
    await untilCalm();
    await evictDurableObject(hub());
    expect(await deliveryTimes(one, MINUTE)).toEqual([FIRST]);
  });
});

describe("between a request and its verification, a hub that starts anew", () => {
  test("has the change sent that came before, to the first subscriber of a topic", async () => {
    const one = await subscribe(TOPIC, { verification: ["wrong", "echo"] });
    await change(1);
    await untilCalm();
    await advance(SECOND);
    await evictDurableObject(hub());
    expect(await deliveryTimes(one, HOUR)).toHaveLength(1);
    expect([await newestChanges(one), await isUpToDate(one, TOPIC)]).toEqual([[1], true]);
  });

  test("sends nothing where nothing has changed, to one of several", async () => {
    const other = await subscribe(TOPIC);
    const one = await subscribe(TOPIC, { verification: ["wrong", "echo"] });
    await evictDurableObject(hub());
    expect([await deliveryTimes(one, HOUR), await newestChanges(other)]).toEqual([[], []]);
  });
});

describe("a message", () => {
  test("that comes twice, at once or later, is one delivery", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => subscribe(TOPIC, { delivery: LATE })));
    hubFaults.onJob = () => "doubled";
    await change(1);
    await advance(10 * SECOND);
    for (const message of hubFaults.messages) await deliver(message, hub());
    for (const one of all) expect(await newestChanges(one)).toEqual([1]);
  });

  test("that comes late sends the newest edition, and nothing to those that have it", async () => {
    const one = await subscribe(TOPIC);
    hubFaults.onJob = () => "lost";
    await change(1);
    await advance(10 * SECOND);
    await change(2);
    await advance(10 * SECOND);
    const [first, second] = hubFaults.messages;
    for (const message of [first, second]) if (message !== undefined) await deliver(message, hub());
    expect(await newestChanges(one)).toEqual([2]);
  });

  test("that is lost is made up for after two minutes, as often as it is", async () => {
    const one = await subscribe(TOPIC);
    let left = 2;
    hubFaults.onJob = () => (left-- > 0 ? "lost" : "none");
    await change(1);
    expect(await deliveryTimes(one, HOUR)).toEqual([FIRST + 2 * SEARCH]);
  });

  test("of which no report comes is made up for after two minutes: deliveries come once at least", async () => {
    for (const status of [200, 500]) {
      const one = await subscribe(TOPIC, { delivery: [status, 200] });
      hubFaults.onReport = () => "lost";
      await change(status);
      const first = await deliveryTimes(one, MINUTE);
      hubFaults.onReport = () => "none";
      expect([...first, await deliveryTimes(one, HOUR)]).toEqual([FIRST, [FIRST + SEARCH - MINUTE]]);
    }
  });
});
