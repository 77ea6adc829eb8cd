/** The audience: polls are counted and reported in the background, and no response waits for that. */
import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { FeedId } from "../../../src/article/feed-id.ts";
import { PollCounter } from "../../../src/audience/poll-counter.ts";
import { Readers, type Sighting } from "../../../src/audience/readers.ts";
import { counted, explain } from "../../support/counted-sql.ts";
import { expectDescribed } from "../../support/description.ts";
import { at, edit, get, put, tokenOf, until } from "../../support/newsroom.ts";
import {
  audience,
  type ReaderList,
  listReaders,
  FEEDLY,
  gistOfReaders,
  NET_NEWS_WIRE,
  readerRows,
  startIsolate,
  withAudience,
} from "../../support/reading/readers.ts";
import { site } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FEEDS: readonly FeedId[] = ["all", "tag:ferries"];

beforeEach(() => at(NOON));

describe("the list of readers", () => {
  test("shows a poll of the running Worker soon after it was answered", async () => {
    await get("/rss.xml", { "User-Agent": FEEDLY });
    await vi.waitUntil(async () => (await listReaders()).readers.length > 0, { timeout: 10_000 });
    expect(await listReaders()).toEqual({
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
      feeds: [{ feed: "all", subscribers: 462, subscriptions: 0 }],
    });
  });

  test("distinguishes feeds, formats and software, and adds up a feed's subscribers", async () => {
    const { poll } = startIsolate();
    await poll("/sections/politics/atom.xml", FEEDLY);
    await poll("/sections/politics/rss.xml", "Feedbin feed-id:1 - 8 subscribers");
    await poll("/sections/politics/rss.xml", NET_NEWS_WIRE);
    await poll("/feed", NET_NEWS_WIRE, { headers: { Accept: "application/feed+json" } });
    expect(await gistOfReaders()).toEqual([
      "all json NetNewsWire – 1",
      "section:politics atom Feedly 462 1",
      "section:politics rss Feedbin 8 1",
      "section:politics rss NetNewsWire – 1",
    ]);
    expect((await listReaders()).feeds).toEqual([
      { feed: "all", subscribers: 0, subscriptions: 0 },
      { feed: "section:politics", subscribers: 470, subscriptions: 0 },
    ]);
  });

  test("can be of one feed", async () => {
    const { poll } = startIsolate();
    await poll("/rss.xml", FEEDLY);
    await poll("/sections/politics/rss.xml", NET_NEWS_WIRE);
    const { readers } = await listReaders("?feed=section:politics");
    expect(readers.map(({ feed, agent }) => [feed, agent])).toEqual([["section:politics", "NetNewsWire"]]);
    expect(await listReaders("?feed=section:none")).toEqual({ readers: [], feeds: [] });
  });

  test("counts no view of a page, no missing feed and no refused request", async () => {
    const { poll, calls } = startIsolate();
    await poll("/rss.xml", FEEDLY, { headers: { "Sec-Fetch-Dest": "document" } });
    await poll("/sections/none/rss.xml", FEEDLY);
    await poll("/", FEEDLY);
    await poll("/rss.xml", FEEDLY, { method: "POST" });
    expect([calls, await readerRows()]).toEqual([[], []]);
  });

  test("forgets software that hasn't polled for thirty days", async () => {
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

describe("the right to read the list", () => {
  test("is part of every token", async () => {
    const jane = await tokenOf("Jane Roe", ["withdraw"], ["sport"]);
    const response = await edit("GET", "/api/readers", undefined, jane);
    expect(response.status).toBe(200);
    await expectDescribed("listReaders", response);
  });

  test("needs a token", async () => {
    const response = await get("/api/readers");
    expect(response.status).toBe(401);
    await expectDescribed("listReaders", response);
  });

  test.each(["?feeds=all", "?feed="])("doesn't allow a query such as %s", async (query) => {
    expect((await edit("GET", `/api/readers${query}`)).status).toBe(400);
  });

  test("is only for GET and HEAD", async () => {
    const response = await edit("POST", "/api/readers");
    expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
  });
});

describe("the Audience notes a reader of a feed at most once an hour", () => {
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

  test("however many isolates there are, and a late count is reported another time", async () => {
    const [one, two] = [startIsolate(), startIsolate()];
    await one.poll("/rss.xml", FEEDLY);
    at(NOON + 30 * MINUTE);
    await two.poll("/rss.xml", FEEDLY.replace("462", "463"));
    expect(await readerRows()).toMatchObject([{ seen: NOON, subscribers: 462, requests: 1 }]);
    at(NOON + 90 * MINUTE);
    await two.poll("/rss.xml", FEEDLY.replace("462", "464"));
    expect(await readerRows()).toMatchObject([{ seen: NOON + 90 * MINUTE, subscribers: 464, requests: 3 }]);
  });

  test("and polls during that are reported together, while their responses don't wait", async () => {
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

describe("a count", () => {
  test("includes the share of polls with either validator, of GET and of HEAD", async () => {
    const { poll } = startIsolate();
    await poll("/rss.xml", FEEDLY);
    await poll("/rss.xml", FEEDLY, { headers: { "If-None-Match": '"a"' } });
    await poll("/rss.xml", FEEDLY, { method: "HEAD", headers: { "If-Modified-Since": "never" } });
    at(NOON + HOUR);
    await poll("/rss.xml", FEEDLY, { headers: { "If-None-Match": '"a"', "If-Modified-Since": "never" } });
    expect((await listReaders()).readers).toMatchObject([{ requests: 4, conditional: 0.75 }]);
  });

  test("halves once there are a thousand newer polls", async () => {
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

  test("keeps the last number of subscribers when a poll names none", async () => {
    const { poll } = startIsolate();
    await poll("/rss.xml", FEEDLY);
    at(NOON + HOUR);
    await poll("/rss.xml", "Feedly/1.0");
    expect(await gistOfReaders()).toEqual(["all rss Feedly 462 2"]);
  });

  test("is never under a name that a client invented", async () => {
    const { poll } = startIsolate();
    for (let index = 0; index < 50; index++) await poll("/rss.xml", `Invented-${index}/1.0 (7 subscribers)`);
    await poll("/rss.xml");
    await poll("/rss.xml", "z".repeat(10_000));
    at(NOON + HOUR);
    await poll("/rss.xml", "Invented");
    expect(await gistOfReaders()).toEqual(["all rss other – 53"]);
  });

  test("has no personal data: no address, no cookie, no User-Agent", async () => {
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

describe("while the Audience is down", () => {
  test("readers get their feeds, the log gets one line a minute, and no count is lost", async () => {
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

  test("a poll is answered before the Audience answers, even if it never does", async () => {
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

  test("another poll takes over from one that was cut off while it reported to the Audience", async () => {
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

/** Adds the rows of a flood, as the Audience would have noted them: `feed` and `agent` are SQL, by a number `i` from 1. */
async function flood(feed: string, agent: string, rows: number, seen: number): Promise<void> {
  await runInDurableObject(audience(), (_instance, { storage: { sql } }) =>
    sql.exec(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO reader SELECT ${feed}, 'rss', ${agent}, NULL, ? + i, 1, 0 FROM n`,
      rows,
      seen,
    ),
  );
}

function sighting(feed: FeedId, agent: string, seen = NOON, subscribers?: number): Sighting {
  return { feed, format: "rss", agent, subscribers, seen, requests: 1, conditional: 0 };
}

async function feedsOfRows(): Promise<Set<unknown>> {
  return new Set((await readerRows()).map(({ feed }) => feed));
}

describe("strangers’ polls displace no real reader", () => {
  test("random unions by unknown software share one row, whatever their sections and whoever polls", async () => {
    const { poll } = startIsolate();
    const names = site.sections.slice(0, 6).map(({ id }) => id);
    const agents = ["Nobody/1.0", undefined, "Mozilla/5.0 (X11) Gecko/20100101 Firefox/145.0"];
    for (const [index, one] of names.entries())
      for (const other of names.slice(index + 1))
        await poll(`/sections/${[one, other].toSorted().join("+")}/rss.xml`, agents[index % 3]);
    expect(await readerRows()).toMatchObject([{ feed: "section:+", format: "rss", agent: "other" }]);
    const response = await edit("GET", "/api/readers?feed=section:%2B");
    const { readers } = await response.clone().json<ReaderList>();
    expect(readers).toMatchObject([{ feed: "section:+", agent: "other" }]);
    expect(readers[0]).not.toHaveProperty("url");
    await expectDescribed("listReaders", response);
  });

  test("a union that known software polls has a row of its own", async () => {
    const { poll } = startIsolate();
    await poll("/sections/events+politics/rss.xml", FEEDLY);
    expect(await gistOfReaders()).toEqual(["section:events+politics rss Feedly 462 1"]);
  });

  test("nobody can displace another reader of a feed by posing as many readers of it", async () => {
    const first = sighting("all", "Feedly", NOON - 2 * HOUR);
    const invented = Array.from({ length: 1000 }, (_, index) => sighting("all", `Invented ${index}`));
    const other = sighting("section:politics", "Feedly");
    await audience().note([first, ...invented, other]);
    const rows = await readerRows();
    const of = (feed: string): number => rows.filter((row) => row["feed"] === feed).length;
    expect([of("all"), of("section:politics")]).toEqual([600, 1]);
    expect(rows.map(({ agent }) => agent)).toContain("Feedly");
  });

  test.each<[string, number, (number: number) => FeedId]>([
    ["unions", 1000, (number) => `section:a${number}+b`],
    ["tags", 10_000, (number) => `tag:t${number}`],
  ])(
    "among %s the rows unseen for longest make room, and no reader of a section or the whole site does",
    async (_, bound, feedOf) => {
      const [prefix = "", suffix = ""] = feedOf(0).split("0");
      await flood("'all'", "'Reader ' || i", 50, NOON - 3 * DAY);
      await flood("'section:politics'", "'Reader ' || i", 50, NOON - 3 * DAY);
      await flood(`'${prefix}' || i || '${suffix}'`, "'Feedly'", bound, NOON - DAY);
      await audience().note([sighting(feedOf(bound + 1), "Feedly")]);
      const rows = await readerRows();
      const feeds = await feedsOfRows();
      expect(rows.length).toBe(100 + bound - bound / 20 + 1);
      expect([1, bound / 20, bound / 20 + 1, bound + 1].map((number) => feeds.has(feedOf(number)))).toEqual([
        false,
        false,
        true,
        true,
      ]);
      const more = Array.from({ length: bound / 2 }, (__, index) =>
        sighting(feedOf(bound + 2 + index), "Feedly"),
      );
      await audience().note(more);
      expect((await readerRows()).length).toBeLessThanOrEqual(100 + bound);
    },
  );

  test("expired readers make room", async () => {
    await flood("'section:a' || i || '+b'", "'Feedly'", 1000, NOON - DAY);
    at(NOON + 29 * DAY + 1);
    const seen = NOON + 29 * DAY + 1;
    await audience().note([sighting("section:x+y", "Feedly", seen)]);
    await audience().note([sighting("section:x+z", "Feedly", seen)]);
    const before = (await readerRows()).length;
    at(seen + DAY);
    await audience().note([sighting("section:y+z", "Feedly", seen + DAY)]);
    const fresh = Array.from({ length: 996 }, (_, index) =>
      sighting(`section:c${index}+d`, "Feedly", seen + DAY),
    );
    await audience().note(fresh);
    expect([before, (await readerRows()).length]).toEqual([952, 999]);
  });
});

test("a new row and a page of the list cost as few reads in a large table as in a small one", async () => {
  await flood("'tag:t' || i", "'Feedly'", 5000, NOON - DAY);
  const { row, page, plan } = await runInDurableObject(audience(), (_instance, { storage }) => {
    const { sql, rowsRead, statements } = counted(storage.sql);
    const readers = new Readers(sql);
    readers.note([sighting("tag:first", "Feedly")], NOON);
    rowsRead();
    readers.note([sighting("tag:second", "Feedly")], NOON);
    const ofRow = rowsRead();
    readers.list(undefined, sighting("tag:t2", "Feedly"), 10, NOON);
    readers.list("tag:t2", sighting("tag:t2", "Feedbin"), 10, NOON);
    readers.subscribers(["tag:t2", "tag:t3"], NOON);
    const lists = statements().filter((statement) => statement.includes("LIMIT"));
    return {
      row: ofRow,
      page: rowsRead(),
      plan: lists.flatMap((statement) => explain(storage.sql, statement)),
    };
  });
  expect(plan.filter((step) => /SCAN reader|ORDER BY/.test(step))).toEqual([]);
  expect(row).toBeLessThan(10);
  expect(page).toBeLessThan(30);
});

test("an isolate calls the Audience at most twenty times a minute, whoever polls, and reports the rest later", async () => {
  const { poll, calls } = startIsolate();
  const agents = ["Feedly/1.0", "Inoreader/1.0", "curl/8.0", "Miniflux/2.0", "FreshRSS/1.0", "SimplePie/1.0"];
  const paths = site.sections.slice(0, 6).map(({ id }) => `/sections/${id}/rss.xml`);
  for (const path of paths) for (const agent of agents) await poll(path, agent);
  expect(calls).toHaveLength(20);
  at(NOON + MINUTE);
  await poll("/atom.xml", FEEDLY);
  expect(calls.slice(20).map((sightings) => sightings.length)).toEqual([17]);
  expect(await readerRows()).toHaveLength(37);
});

test("an isolate forgets the counts of the feeds unseen for longest, and never those of a feed that is polled all the time", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  let isDown = true;
  const calls: Sighting[][] = [];
  const bindings = withAudience((sightings) => {
    if (isDown) return Promise.reject(new Error("It is down"));
    calls.push(structuredClone(sightings));
    return Promise.resolve(sightings.map(() => true));
  });
  const counter = new PollCounter();
  const ctx = createExecutionContext();
  const poll = (feed: FeedId): void =>
    counter.count(
      { feed, format: "rss", headers: new Headers({ "User-Agent": FEEDLY }) },
      bindings,
      ctx,
      Date.now(),
    );
  poll("all");
  await waitOnExecutionContext(ctx);
  for (let number = 0; number < 5000; number++) {
    poll(`tag:t${number}`);
    if (number % 1000 === 0) poll("all");
  }
  isDown = false;
  at(NOON + 2 * MINUTE);
  for (const feed of ["all", "tag:t0", "tag:t4999"] as const) poll(feed);
  await waitOnExecutionContext(ctx);
  expect(calls.flat().map(({ feed, requests }) => [feed, requests])).toEqual([
    ["all", 7],
    ["tag:t0", 1],
    ["tag:t4999", 2],
  ]);
});

describe("a page of the list", () => {
  test("follows the page before without gap or repetition, and adds up a feed that is on both", async () => {
    const agents = ["The Old Reader", "Feedly", "Feedbin", "NewsBlur", "Inoreader"];
    const all: Sighting[] = FEEDS.flatMap((feed) =>
      agents.map((agent, index) => sighting(feed, agent, NOON, index + 1)),
    );
    await audience().note(all);
    const whole = (await listReaders()).readers.map(({ feed, agent }) => `${feed} ${agent}`);
    const walked: string[] = [];
    let query: string | undefined = "?limit=3";
    while (query !== undefined) {
      const response = await edit("GET", `/api/readers${query}`);
      const { readers, feeds, next } = await response.clone().json<ReaderList>();
      await expectDescribed("listReaders", response);
      walked.push(...readers.map(({ feed, agent }) => `${feed} ${agent}`));
      expect(feeds).toEqual(
        [...new Set(readers.map(({ feed }) => feed))].map((feed) => ({
          feed,
          subscribers: 15,
          subscriptions: 0,
        })),
      );
      query = next === undefined ? undefined : `?limit=3&cursor=${next}`;
    }
    expect([whole.length, new Set(whole).size, walked]).toEqual([10, 10, whole]);
  });

  test("keeps to the feed", async () => {
    await audience().note(FEEDS.flatMap((feed) => [sighting(feed, "Feedly"), sighting(feed, "Feedbin")]));
    const { readers, next } = await listReaders("?feed=tag:ferries&limit=1");
    const rest = await listReaders(`?feed=tag:ferries&limit=1&cursor=${next}`);
    expect([...readers, ...rest.readers].map(({ agent }) => agent)).toEqual(["Feedbin", "Feedly"]);
    expect(rest.next).toBeUndefined();
  });

  test.each(["?limit=0", "?limit=101", "?cursor=nonsense"])("is refused for %s", async (query) => {
    const response = await edit("GET", `/api/readers${query}`);
    expect(response.status).toBe(400);
    await expectDescribed("listReaders", response);
  });
});
