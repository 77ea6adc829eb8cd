/** Deliveries that fail: when each is tried again, with which edition, and in which lane. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  advance,
  ask,
  change,
  DAY,
  deliveries,
  deliveryTimes,
  HOUR,
  hurry,
  MINUTE,
  newestChanges,
  type Parameters,
  publish,
  SECOND,
  subscribe,
} from "../../support/hub.ts";

const TOPIC = "/rss.xml";
const MONTH: Parameters = [["hub.lease_seconds", String((30 * DAY) / SECOND)]];
const PAUSES = [MINUTE, 2 * MINUTE, 6 * MINUTE, 24 * MINUTE, 2 * HOUR, 12 * HOUR, 24 * HOUR];
// From the change to the first attempt.
const FIRST = 2 * SECOND;

beforeEach(async () => {
  await publish("First");
  await advance(5 * SECOND);
});

/** The pauses between some instants. */
function pausesOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

describe("an edition that a subscriber doesn't take", () => {
  test.each([
    [0, 1],
    [0.5, 1.3],
    [1, 1.6],
  ])(
    "is sent again after 1, 2, 6, 24 minutes, 2, 12, 24 hours with some jitter (%d), and then no more",
    async (random, factor) => {
      const one = await subscribe(TOPIC, { delivery: 500 }, MONTH);
      vi.spyOn(Math, "random").mockReturnValue(random);
      await change(1);
      const times = await deliveryTimes(one, 6 * DAY);
      expect(times[0]).toBe(FIRST);
      expect(pausesOf(times)).toEqual(PAUSES.map((pause) => pause * factor));
    },
  );

  test("is followed by the next change, after all attempts have failed", async () => {
    const one = await subscribe(TOPIC, { delivery: [503, ...PAUSES.map(() => 503), 200] }, MONTH);
    await change(1);
    await advance(5 * DAY);
    await change(2);
    expect(await deliveryTimes(one, DAY)).toEqual([FIRST]);
    expect((await newestChanges(one)).at(-1)).toBe(2);
    await change(3);
    expect(await deliveryTimes(one, DAY)).toEqual([FIRST]);
  });

  test("is sent once more when it was taken the second time, and no more", async () => {
    const one = await subscribe(TOPIC, { delivery: [500, 200] });
    await change(1);
    expect(await deliveryTimes(one, DAY)).toHaveLength(2);
  });

  test("gives way to a newer one: that alone is sent again, once", async () => {
    const one = await subscribe(TOPIC, { delivery: [500, 500, 200] });
    await change(1);
    await advance(2 * MINUTE);
    for (const number of [2, 3, 4]) {
      await change(number);
      await advance(5 * SECOND);
    }
    await advance(DAY);
    expect(await newestChanges(one)).toEqual([1, 1, 4]);
  });
});

describe("a pause that a subscriber asks for", () => {
  test.each([
    ["3600", HOUR],
    [" 7200 ", 2 * HOUR],
    [new Date(Date.parse("2031-11-24T15:00:07Z")).toUTCString(), 3 * HOUR],
    ["86400", DAY],
    ["86401", DAY],
    ["99999999999999999999999", DAY],
    [new Date(Date.parse("2041-01-01T00:00:00Z")).toUTCString(), DAY],
    ["1", MINUTE],
    ["0", MINUTE],
    ["-5", MINUTE],
    ["soon", MINUTE],
    [new Date(Date.parse("2021-01-01T00:00:00Z")).toUTCString(), MINUTE],
  ])("in Retry-After (%s) is kept, up to a day", async (value, pause) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const asking = { answer: 429, headers: { "Retry-After": value } };
    const one = await subscribe(TOPIC, { delivery: [asking, 200] });
    await change(1);
    expect(pausesOf(await deliveryTimes(one, 2 * DAY))).toEqual([pause]);
  });

  test.each([
    ["a healthy subscriber", 0],
    ["one to which the edition isn't sent any more", PAUSES.length],
  ])("is kept though there is a change meanwhile, for %s", async (_, failures) => {
    const asking = { answer: 429, headers: { "Retry-After": "7200" } };
    const one = await subscribe(TOPIC, { delivery: 500 }, MONTH);
    if (failures > 0) {
      await change(1);
      await advance(3 * DAY);
    }
    await one.behave({ delivery: [asking, 200] });
    await change(2);
    await advance(5 * SECOND);
    await change(3);
    expect(await deliveryTimes(one, HOUR)).toEqual([]);
    expect(await deliveryTimes(one, HOUR)).toHaveLength(1);
    expect((await newestChanges(one)).at(-1)).toBe(3);
    expect(await deliveryTimes(one, 3 * DAY)).toEqual([]);
  });
});

describe("the lanes", () => {
  test("after one failure a subscriber gets the next change at once, after two it waits for its turn, after a success it is as before", async () => {
    const one = await subscribe(TOPIC, { delivery: [500, 500, 200] });
    vi.spyOn(Math, "random").mockReturnValue(0);
    await change(1);
    await advance(5 * SECOND);
    await change(2);
    expect(await deliveryTimes(one, 30 * SECOND)).toEqual([FIRST]);
    await change(3);
    // Two minutes after the second failure.
    expect(await deliveryTimes(one, 10 * MINUTE)).toEqual([2 * MINUTE - 28 * SECOND]);
    await change(4);
    expect(await deliveryTimes(one, 10 * MINUTE)).toEqual([FIRST]);
    expect(await newestChanges(one)).toEqual([1, 2, 3, 4]);
  });
});

describe("a subscription", () => {
  test("lives through ten days of failures, gets the change after, and is as good as any other then", async () => {
    const one = await subscribe(TOPIC, { delivery: 503 }, MONTH);
    for (let day = 1; day <= 10; day++) {
      await change(day);
      await advance(DAY);
    }
    await one.behave({ delivery: 200 });
    await advance(2 * DAY);
    const before = (await deliveries(one)).length;
    for (const number of [11, 12]) {
      await change(number);
      expect(await deliveryTimes(one, HOUR)).toEqual([FIRST]);
    }
    expect((await newestChanges(one)).slice(before)).toEqual([11, 12]);
  });

  test.each([200, 500])("ends with its lease, whatever it answered (%d)", async (status) => {
    const one = await subscribe(TOPIC, { delivery: status }, [["hub.lease_seconds", "3600"]]);
    await change(1);
    await advance(HOUR - 10 * SECOND);
    expect((await deliveries(one)).length).toBeGreaterThan(0);
    await advance(10 * SECOND);
    await change(2);
    expect(await deliveryTimes(one, 2 * DAY)).toEqual([]);
  });

  test("that is renewed in time goes on", async () => {
    const hour: Parameters = [["hub.lease_seconds", "3600"]];
    const one = await subscribe(TOPIC, {}, hour);
    await advance(HOUR / 2);
    await ask("subscribe", TOPIC, one.callback, hour);
    await advance(HOUR - MINUTE);
    await change(1);
    expect(await deliveryTimes(one, 30 * SECOND)).toHaveLength(1);
  });

  // Attempts come at 0, 1, 3, 9, 33 and 153 minutes.
  test.each([
    ["410 that comes again ten minutes later", [410, 410, 410, 410, 410, 200], 5],
    ["410 that comes again sooner", [410, 410, 410, 410, 200], 6],
    ["410 that comes again after other failures", [410, 500, 500, 500, 410, 200], 5],
    ["410 once", [410, 200], 3],
    ["410 again, though there was a success between", [410, 410, 410, 200, 410, 200], 6],
    ["404 for ever", [404], 9],
  ])("%s: it gets %j, and that many deliveries (%d)", async (_, statuses, count) => {
    const [first = 410, ...others] = statuses;
    const one = await subscribe(TOPIC, { delivery: [first, ...others] }, MONTH);
    vi.spyOn(Math, "random").mockReturnValue(0);
    await change(1);
    await advance(3 * DAY);
    await change(2);
    await advance(2 * MINUTE);
    expect(await deliveries(one)).toHaveLength(count);
  });
});

test("a subscriber that never answers keeps nobody waiting who comes after it", async () => {
  hurry(300);
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, index) => subscribe(TOPIC, { delivery: index < 5 ? "never" : 200 })),
  );
  await change(1);
  await advance(5 * SECOND);
  const counts = await Promise.all(all.map(async (each) => (await deliveries(each)).length));
  expect(counts).toEqual(all.map(() => 1));
});
