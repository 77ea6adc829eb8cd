/** Who reads: what polls tell of those who poll, noted behind their backs and never in their way. */
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { expectDescribed } from "../support/description.ts";
import { at, desk, edit, get, put, tokenOf, until, wire } from "../support/newsroom.ts";
import {
  audience,
  FEEDLY,
  gistOfReaders,
  NET_NEWS_WIRE,
  readerRows,
  startIsolate,
} from "../support/readers.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

beforeEach(() => at(NOON));

describe("the list of readers", () => {
  test("shows a poll of the running Worker soon after it was answered", async () => {
    await get("/rss.xml", { "User-Agent": FEEDLY });
    await vi.waitUntil(async () => (await audience()).readers.length > 0, { timeout: 10_000 });
    expect(await audience()).toEqual({
      readers: [
        {
          feed: "all",
          url: "https://news.example/rss.xml",
          format: "rss",
          agent: "Feedly",
          subscribers: 462,
          seen: "2031-11-24T12:00:00.000Z",
          requests: 1,
          conditional: 0,
        },
      ],
      feeds: [{ feed: "all", subscribers: 462 }],
    });
  });

  test("tells feeds, formats and software apart, and adds up a feed's subscribers", async () => {
    const { poll } = startIsolate();
    await poll("/sections/politics/atom.xml", FEEDLY);
    await poll("/sections/politics/rss.xml", "Feedbin feed-id:1 - 8 subscribers");
    await poll("/sections/politics/rss.xml", NET_NEWS_WIRE);
    await poll("/feed", NET_NEWS_WIRE, { headers: { Accept: "application/feed+json" } });
    expect(await gistOfReaders()).toEqual([
      "all json NetNewsWire – 1",
      "section:politics rss Feedbin 8 1",
      "section:politics atom Feedly 462 1",
      "section:politics rss NetNewsWire – 1",
    ]);
    expect((await audience()).feeds).toEqual([
      { feed: "all", subscribers: 0 },
      { feed: "section:politics", subscribers: 470 },
    ]);
  });

  test("can be of one feed", async () => {
    const { poll } = startIsolate();
    await poll("/rss.xml", FEEDLY);
    await poll("/sections/politics/rss.xml", NET_NEWS_WIRE);
    const { readers } = await audience("?feed=section:politics");
    expect(readers.map(({ feed, agent }) => [feed, agent])).toEqual([["section:politics", "NetNewsWire"]]);
    expect(await audience("?feed=section:none")).toEqual({ readers: [], feeds: [] });
  });

  test("has nobody who looked at a page, who asked in vain, or who was refused", async () => {
    const { poll, calls } = startIsolate();
    await poll("/rss.xml", FEEDLY, { headers: { "Sec-Fetch-Dest": "document" } });
    await poll("/sections/none/rss.xml", FEEDLY);
    await poll("/", FEEDLY);
    await poll("/rss.xml", FEEDLY, { method: "POST" });
    expect([calls, await readerRows()]).toEqual([[], []]);
  });

  test("forgets who hasn't polled for thirty days", async () => {
    const { poll } = startIsolate();
    await poll("/rss.xml", FEEDLY);
    at(NOON + 30 * DAY - 1);
    expect(await gistOfReaders()).toHaveLength(1);
    at(NOON + 30 * DAY);
    expect(await gistOfReaders()).toEqual([]);
    await poll("/atom.xml", NET_NEWS_WIRE);
    expect(await readerRows()).toMatchObject([{ agent: "NetNewsWire" }]);
  });
});

describe("who may read the list", () => {
  test("is everybody with a token, whatever it is for", async () => {
    const jane = await tokenOf("Jane Roe", ["withdraw"], ["sport"]);
    const response = await edit("GET", "/api/readers", undefined, jane);
    expect(response.status).toBe(200);
    await expectDescribed("listReaders", response);
  });

  test("is nobody without one", async () => {
    const response = await get("/api/readers");
    expect(response.status).toBe(401);
    await expectDescribed("listReaders", response);
  });

  test.each(["?feeds=all", "?feed="])("no query is taken such as %s", async (query) => {
    expect((await edit("GET", `/api/readers${query}`)).status).toBe(400);
  });

  test("no other method is taken", async () => {
    const response = await edit("POST", "/api/readers");
    expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
  });
});

describe("the Desk notes a reader of a feed at most once an hour", () => {
  test("however often one isolate is polled", async () => {
    const { poll, calls } = startIsolate();
    for (const minutes of [0, 10, 59, 60, 61, 119, 120]) {
      at(NOON + minutes * MINUTE);
      await poll("/rss.xml", FEEDLY);
    }
    expect(calls.flat().map(({ seen, requests }) => [(seen - NOON) / MINUTE, requests])).toEqual([
      [0, 1],
      [60, 3],
      [120, 3],
    ]);
    expect(await gistOfReaders()).toEqual(["all rss Feedly 462 7"]);
  });

  test("however many isolates there are, and what one comes late with counts another time", async () => {
    const [one, two] = [startIsolate(), startIsolate()];
    await one.poll("/rss.xml", FEEDLY);
    at(NOON + 30 * MINUTE);
    await two.poll("/rss.xml", FEEDLY.replace("462", "463"));
    expect(await readerRows()).toMatchObject([{ seen: NOON, subscribers: 462, requests: 1 }]);
    at(NOON + 90 * MINUTE);
    await two.poll("/rss.xml", FEEDLY.replace("462", "464"));
    expect(await readerRows()).toMatchObject([{ seen: NOON + 90 * MINUTE, subscribers: 464, requests: 3 }]);
  });

  test("and polls that come while it notes wait for each other, not for it", async () => {
    const gate = Promise.withResolvers<void>();
    const { poll, calls } = startIsolate(async (sightings) => {
      await gate.promise;
      return sightings.map(() => true);
    });
    const first = poll("/rss.xml", FEEDLY);
    await vi.waitUntil(() => calls.length === 1);
    for (const path of ["/atom.xml", "/feed.json", "/sections/politics/rss.xml"]) {
      expect((await poll(path, FEEDLY)).status).toBe(200);
    }
    expect(calls).toHaveLength(1);
    gate.resolve();
    await first;
    expect(calls.map((sightings) => sightings.length)).toEqual([1, 3]);
  });
});

describe("what is counted", () => {
  test("is the share of polls with either validator, of GET and of HEAD", async () => {
    const { poll } = startIsolate();
    await poll("/rss.xml", FEEDLY);
    await poll("/rss.xml", FEEDLY, { headers: { "If-None-Match": '"a"' } });
    await poll("/rss.xml", FEEDLY, { method: "HEAD", headers: { "If-Modified-Since": "never" } });
    at(NOON + HOUR);
    await poll("/rss.xml", FEEDLY, { headers: { "If-None-Match": '"a"', "If-Modified-Since": "never" } });
    expect((await audience()).readers).toMatchObject([{ requests: 4, conditional: 0.75 }]);
  });

  test("counts half once there are a thousand newer polls", async () => {
    const { poll } = startIsolate();
    const conditional = { headers: { "If-None-Match": '"a"' } };
    await poll("/rss.xml", FEEDLY);
    for (let polls = 1; polls < 1000; polls++) await poll("/rss.xml", FEEDLY);
    at(NOON + HOUR);
    await poll("/rss.xml", FEEDLY, conditional);
    at(NOON + 2 * HOUR);
    await poll("/rss.xml", FEEDLY, conditional);
    expect(await readerRows()).toMatchObject([{ requests: 501, conditional: 1 }]);
  });

  test("keeps the last number that was told when a poll tells none", async () => {
    const { poll } = startIsolate();
    await poll("/rss.xml", FEEDLY);
    at(NOON + HOUR);
    await poll("/rss.xml", "Feedly/1.0");
    expect(await gistOfReaders()).toEqual(["all rss Feedly 462 2"]);
  });

  test("is under no name that a client invents", async () => {
    const { poll } = startIsolate();
    for (let index = 0; index < 50; index++) await poll("/rss.xml", `Invented-${index}/1.0 (7 subscribers)`);
    await poll("/rss.xml");
    await poll("/rss.xml", "z".repeat(10_000));
    at(NOON + HOUR);
    await poll("/rss.xml", "Invented");
    expect(await gistOfReaders()).toEqual(["all rss other – 53"]);
  });

  test("is of no person: no address, no cookie, no User-Agent", async () => {
    const { poll } = startIsolate();
    await poll("/rss.xml", "Nobody/1.0 (jane@reader.example)", {
      headers: { "CF-Connecting-IP": "203.0.113.7", Cookie: "visitor=jane", From: "jane@reader.example" },
    });
    expect(await readerRows()).toEqual([
      {
        feed: "all",
        format: "rss",
        agent: "other",
        subscribers: null,
        seen: NOON,
        requests: 1,
        conditional: 0,
      },
    ]);
  });
});

describe("while the Desk is down", () => {
  test("readers get their feed as ever, one log line a minute tells of it, and nothing counted is lost", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    await put("bridge", wire());
    await until("/rss.xml", (body) => body.includes("Harbour bridge reopens"));
    const well = await startIsolate().poll("/rss.xml");
    let isDown = true;
    const { poll, calls } = startIsolate((sightings) =>
      isDown ? Promise.reject(new Error("It is down")) : Promise.resolve(sightings.map(() => true)),
    );
    for (const path of ["/rss.xml", "/rss.xml", "/atom.xml"]) {
      expect((await poll(path, FEEDLY)).status).toBe(200);
    }
    const answer = await poll("/rss.xml", FEEDLY);
    expect([...answer.headers]).toEqual([...well.headers]);
    expect(await answer.text()).toBe(await well.text());
    expect(log.mock.calls).toEqual([
      [JSON.stringify({ event: "readers-not-noted", reason: "Error: It is down" })],
    ]);
    isDown = false;
    at(NOON + 2 * MINUTE);
    await poll("/rss.xml", FEEDLY);
    expect(calls.at(-1)).toMatchObject([{ feed: "all", format: "rss", requests: 4 }]);
  });

  test("a poll is answered before the Desk is, even when it never is", async () => {
    const never = Promise.withResolvers<boolean[]>();
    const { poll, calls } = startIsolate(() => never.promise);
    const answers: number[] = [];
    const polling = poll("/rss.xml", FEEDLY).then(({ status }) => answers.push(status));
    await vi.waitUntil(() => calls.length === 1);
    answers.push((await poll("/rss.xml", FEEDLY)).status);
    never.resolve([true]);
    await polling;
    expect(answers).toEqual([200, 200]);
  });

  test("another poll takes over from one that was cut off while it told the Desk", async () => {
    const never = Promise.withResolvers<boolean[]>();
    let isCutOff = true;
    const { poll, calls } = startIsolate((sightings) =>
      isCutOff ? never.promise : Promise.resolve(sightings.map(() => true)),
    );
    const first = poll("/rss.xml", FEEDLY);
    await vi.waitUntil(() => calls.length === 1);
    isCutOff = false;
    at(NOON + MINUTE);
    await poll("/rss.xml", FEEDLY);
    expect(calls.flat().map(({ requests }) => requests)).toEqual([1, 2]);
    never.resolve([true]);
    await first;
  });
});

test("no flood of feeds fills the ledger: the longest unseen make room", async () => {
  await runInDurableObject(desk(), (_instance, { storage: { sql } }) =>
    sql.exec(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
       INSERT INTO reader SELECT 'tag:t' || i, 'rss', 'Feedly', NULL, ? + i, 1, 0 FROM n`,
      NOON - HOUR,
    ),
  );
  await startIsolate().poll("/rss.xml", FEEDLY);
  const feeds = (await readerRows()).map(({ feed }) => feed);
  expect([feeds.length, feeds.includes("tag:t1"), feeds.includes("tag:t2"), feeds.includes("all")]).toEqual([
    10_000,
    false,
    true,
    true,
  ]);
});
