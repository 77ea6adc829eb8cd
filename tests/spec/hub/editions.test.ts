/** Editions of topics: how changes become one, what is kept of them, and the second notice for those that fetch the feed again. */
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { EditionsTable } from "../../../src/hub/tables/editions.ts";
import { hubFaults } from "../../support/faulty-hub.ts";
import {
  advance,
  DAY,
  deliveries,
  deliveryTimes,
  HOUR,
  hub,
  MINUTE,
  type Parameters,
  publish,
  SECOND,
  subscribe,
} from "../../support/hub.ts";
import { prose } from "../../support/stories/prose.ts";
import { get } from "../../support/newsroom.ts";
import { publishAll, series } from "../../support/stories/stories.ts";

const TOPIC = "/rss.xml";

beforeEach(async () => {
  await publish("First");
  await advance(5 * SECOND);
});

describe("changes of a topic", () => {
  test("within two seconds become one edition, which is sent once", async () => {
    const one = await subscribe(TOPIC);
    for (const headline of ["Second", "Third", "Fourth"]) {
      await publish(headline);
      await advance(400);
    }
    expect(await deliveryTimes(one, MINUTE)).toHaveLength(1);
    const [only] = await deliveries(one);
    expect(only?.body.text).toBe(await (await get(TOPIC)).text());
  });

  test("that don't stop are sent every five seconds at the latest", async () => {
    const one = await subscribe(TOPIC);
    const times: number[] = [];
    const start = Date.now();
    for (let number = 1; number <= 20; number++) {
      await publish(`Change ${number}`);
      times.push(...(await deliveryTimes(one, SECOND)).map((time) => time + (number - 1) * SECOND));
    }
    times.push(...(await deliveryTimes(one, MINUTE)).map((time) => time + 20 * SECOND));
    const pauses = [0, ...times].slice(0, -1).map((time, index) => (times[index] ?? 0) - time);
    expect([
      Date.now() - start,
      Math.max(...pauses) <= 6 * SECOND,
      Math.min(...pauses) >= 2 * SECOND,
    ]).toEqual([80 * SECOND, true, true]);
    expect((await deliveries(one)).at(-1)?.body.text).toBe(await (await get(TOPIC)).text());
  });
});

describe("what is kept of editions", () => {
  test("is the newest two of each topic", async () => {
    const topics = [TOPIC, "/feed.json"];
    for (const topic of topics) await subscribe(topic);
    for (const headline of ["Second", "Third", "Fourth"]) {
      await publish(headline);
      await advance(10 * SECOND);
    }
    const kept = await runInDurableObject(hub(), (_instance, { storage }) =>
      storage.sql.exec("SELECT topic, sequence FROM edition ORDER BY topic, sequence").toArray(),
    );
    expect(kept).toEqual([1, 2].flatMap((topic) => [2, 3].map((sequence) => ({ topic, sequence }))));
  });

  test("is kept in pieces under 2 MB, and read whole", async () => {
    for (const length of [0, 1, 1_899_999, 1_900_000, 1_900_001, 5_000_000]) {
      const body = new Uint8Array(length).map((_, index) => index % 251);
      const [same, longest] = await runInDurableObject(hub(), (_instance, { storage }) => {
        const table = new EditionsTable(storage.sql);
        table.add(1, length + 1, { contentType: "text/plain", body });
        const found = table.find(1, length + 1);
        const { most } = storage.sql
          .exec<{ most: number }>("SELECT max(length(bytes)) AS most FROM edition")
          .one();
        return [
          found?.body.byteLength === length && found.body.every((byte, index) => byte === index % 251),
          most < 2_000_000,
        ];
      });
      expect([length, same, longest]).toEqual([length, true, true]);
    }
  });

  test("may be a feed as large as a window can be", async () => {
    const one = await subscribe(TOPIC);
    await publishAll(series("large", 20, { content_text: prose(1, 500) }));
    await advance(MINUTE);
    const delivery = (await deliveries(one)).at(-1);
    expect(delivery?.body.bytes).toBeGreaterThan(700_000);
    expect(delivery?.body.text === (await (await get(TOPIC)).text())).toBe(true);
  });
});

test("a message has under 300 bytes and nothing but numbers, however many subscriptions and editions there were", async () => {
  await runInDurableObject(hub(), (_instance, { storage }) => {
    for (const table of ["topic", "subscription"])
      storage.sql.exec("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, 999_999_999_900);
  });
  const secret: Parameters = [["hub.secret", "old"]];
  for (let number = 1; number <= 40; number++) await subscribe(TOPIC, {}, secret);
  await runInDurableObject(hub(), (_instance, { storage }) =>
    storage.sql.exec("UPDATE topic SET sequence = 999999999999"),
  );
  await publish("Second");
  await advance(5 * SECOND);
  expect(hubFaults.messages.length).toBe(3);
  for (const message of hubFaults.messages) {
    expect(message).toEqual({
      version: 1,
      topic: expect.any(Number),
      sequence: 1_000_000_000_000,
      ids: expect.arrayContaining([expect.any(Number)]),
    });
    expect(JSON.stringify(message).length).toBeLessThan(300);
  }
});

const TOKEN: Parameters = [["hub.verify_token", "subscribe"]];

describe("a subscriber that sent hub.verify_token", () => {
  test.each([
    [0, 65 * SECOND],
    [0.5, 77.5 * SECOND],
    [1, 90 * SECOND],
  ])(
    "is told once more after 65 to 90 seconds, when KV's replicas have the news (%d)",
    async (random, pause) => {
      const [one, other] = [await subscribe(TOPIC, {}, TOKEN), await subscribe(TOPIC)];
      vi.spyOn(Math, "random").mockReturnValue(random);
      await publish("Second");
      expect(await deliveryTimes(one, DAY)).toEqual([2 * SECOND, 2 * SECOND + pause]);
      const [first, second] = await deliveries(one);
      expect([second?.body.sha256, await deliveries(other)]).toEqual([
        first?.body.sha256,
        [expect.anything()],
      ]);
    },
  );

  test("is told again where the newest edition was younger then", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const one = await subscribe(TOPIC, {}, TOKEN);
    await publish("Second");
    await advance(MINUTE);
    await publish("Third");
    const times = await deliveryTimes(one, HOUR);
    // The edition, the echo of the one before, and its own.
    expect(times).toEqual([2 * SECOND, 7 * SECOND, 72 * SECOND]);
    expect((await deliveries(one)).at(-1)?.body.text).toContain("Third");
  });

  test("is told again though it fails once, and not for ever", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const one = await subscribe(TOPIC, { delivery: [200, 500, 200] }, TOKEN);
    await publish("Second");
    expect(await deliveryTimes(one, DAY)).toEqual([2 * SECOND, 67 * SECOND, 127 * SECOND]);
  });
});
