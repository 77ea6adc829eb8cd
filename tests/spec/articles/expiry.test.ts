import { runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import {
  act,
  alarm,
  at,
  desk,
  get,
  gist,
  listed,
  put,
  settle,
  shown,
  sweep,
  withdraw,
} from "../../support/newsroom.ts";
import { everythingPublic, feedTitles, tombstones } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const EVENING = Date.parse("2031-11-24T18:00:00Z");
const MINUTE = 60_000;

const OPEN = wire({ sections: "Politics", time: "2031-11-24T11:00:00Z", headline: "Bridge opens" });
const SALE = wire({ sections: "Politics Harvest", time: "2031-11-24T12:00:00Z", headline: "Apple sale" });

const HOMES = ["", "/sections/politics", "/sections/harvest"];
const WITH = [["Apple sale", "Bridge opens"], ["Apple sale", "Bridge opens"], ["Apple sale"]];
const WITHOUT = [["Bridge opens"], ["Bridge opens"], []];

function titles(): Promise<string[][]> {
  return Promise.all(HOMES.map(feedTitles));
}

function seen(): Promise<unknown[]> {
  return everythingPublic(["politics", "harvest"], ["open", "sale"]);
}

/** Validators and bodies of the front page, the sections' pages and every feed. */
async function feeds(): Promise<unknown[]> {
  return (await everythingPublic(["politics", "harvest"], [])).slice(0, -1);
}

/** The count of the articles in a section, in the directory of feeds; undefined where that doesn't list the section. */
async function count(section: string): Promise<string | undefined> {
  const page = await (await get("/feeds")).text();
  return new RegExp(`href="/sections/${section}"[^>]*>[^<]*</a><span class="faint">\\s*(\\d+)`).exec(
    page,
  )?.[1];
}

/** The statuses of the page and the feed of a section. */
function statuses(): Promise<number[]> {
  return Promise.all(["", "/rss.xml"].map(async (file) => (await get(`/sections/harvest${file}`)).status));
}

function expire(expires: string | null = "2031-11-24T18:00:00Z"): Promise<Response> {
  return act("sale", "expire", { expires });
}

/** Runs everything that is due at an instant, by the alarm alone. */
async function alarmAt(instant: number): Promise<void> {
  at(instant);
  expect(await runDurableObjectAlarm(desk())).toBe(true);
  at(instant + MINUTE);
}

beforeEach(async () => {
  at(NOON + MINUTE);
  await put("open", OPEN);
  await put("sale", SALE);
  await settle();
});

describe("an article that is given an expiry", () => {
  test("stays published under the time that it has, and moves no update", async () => {
    const before = await shown("sale");
    expect(await gist(await expire())).toMatchObject({
      http: 200,
      change: "rescheduled",
      status: "published",
      revision: 2,
      published: before.published,
      warnings: [],
    });
    expect(await shown("sale")).toMatchObject({
      expires: "2031-11-24T18:00:00.000Z",
      updated: before.updated,
    });
  });

  test("wakes the Desk at its minute, and until then no feed and no page changes", async () => {
    await expire();
    await settle();
    await settle();
    expect(await alarm()).toBe(EVENING);
    const before = await seen();
    at(EVENING - 1);
    await runDurableObjectAlarm(desk());
    await sweep();
    expect(await seen()).toEqual(before);
    expect(await titles()).toEqual(WITH);
  });

  test.each([
    ["by the alarm", () => alarmAt(EVENING)],
    ["by the cron sweep, its alarm being lost", () => (at(EVENING + MINUTE), sweep())],
  ])("leaves every feed, page and count at its minute, %s", async (_, happen) => {
    await expire();
    await settle();
    expect([await count("politics"), await count("harvest")]).toEqual(["2", "1"]);
    await happen();
    at(EVENING + 2 * MINUTE);
    expect(await titles()).toEqual(WITHOUT);
    const pages = await Promise.all(
      ["/", "/sections/politics", "/sections/harvest"].map((path) => get(path)),
    );
    const bodies = await Promise.all(pages.map((page) => page.text()));
    expect(bodies.map((body) => body.includes("Apple sale"))).toEqual([false, false, false]);
    expect([await count("politics"), await count("harvest")]).toEqual(["1", undefined]);
  });

  test("keeps its page under a new tag at the same revision, and no search engine may list it", async () => {
    await expire();
    await settle();
    const former = await get("/articles/sale");
    expect(await former.text()).not.toContain("noindex");
    await alarmAt(EVENING);
    const page = await get("/articles/sale", { "If-None-Match": former.headers.get("ETag") ?? "" });
    expect(page.status).toBe(200);
    expect(page.headers.get("ETag")).not.toBe(former.headers.get("ETag"));
    expect(await page.text()).toContain('<meta name="robots" content="noindex"/>');
    expect(await shown("sale")).toMatchObject({ status: "expired", revision: 2 });
  });

  test("is not announced as withdrawn when it expires", async () => {
    await expire();
    await alarmAt(EVENING);
    expect(await Promise.all(HOMES.map(tombstones))).toEqual([[], [], []]);
  });

  test("stays when the expiry is removed in time", async () => {
    await expire();
    await expire(null);
    expect(await shown("sale")).not.toHaveProperty("expires");
    at(EVENING + MINUTE);
    await settle();
    await sweep();
    expect(await titles()).toEqual(WITH);
  });

  test("leaves at the second expiry when it was given two, one after the other", async () => {
    await expire();
    await expire("2031-11-24T19:00:00Z");
    at(EVENING + MINUTE);
    await settle();
    expect(await titles()).toEqual(WITH);
    at(EVENING + 61 * MINUTE);
    await settle();
    expect(await titles()).toEqual(WITHOUT);
  });

  test("leaves at once when its minute has passed already", async () => {
    expect(await gist(await expire("2031-11-24T12:00:30Z"))).toMatchObject({ status: "expired" });
    await settle();
    expect(await titles()).toEqual(WITHOUT);
    expect((await get("/articles/sale")).status).toBe(200);
  });

  test.each([["2031-11-24T11:59:59Z"], ["2031-11-24T12:00:00Z"]])(
    "is refused the expiry %s, which isn't after its publication, and stays as it is",
    async (expires) => {
      const response = await expire(expires);
      const { type, issues } = await response.json<{
        type: string;
        issues: { path: string; reason: string }[];
      }>();
      expect([response.status, type]).toEqual([422, "https://news.example/problems/invalid-document"]);
      expect(issues).toMatchObject([{ path: "/expires", reason: "expires-before-published" }]);
      expect(await shown("sale")).toMatchObject({ status: "published", revision: 1 });
    },
  );
});

describe("an expired article", () => {
  beforeEach(async () => {
    await expire();
    await settle();
    await alarmAt(EVENING);
  });

  test("is listed among the expired alone", async () => {
    expect([await listed("?status=expired"), await listed("?status=published")]).toEqual([
      ["sale"],
      ["open"],
    ]);
  });

  test("comes back to its place when its expiry is removed", async () => {
    expect(await gist(await expire(null))).toMatchObject({ status: "published", warnings: [] });
    await settle();
    expect(await titles()).toEqual(WITH);
    expect([await count("politics"), await count("harvest")]).toEqual(["2", "1"]);
    expect(await (await get("/articles/sale")).text()).not.toContain("noindex");
  });

  test("comes back when it is given a later expiry, and leaves again then", async () => {
    await expire("2031-11-24T19:00:00Z");
    await settle();
    expect(await titles()).toEqual(WITH);
    at(EVENING + 60 * MINUTE);
    await settle();
    expect(await titles()).toEqual(WITHOUT);
  });

  test("stays out of the feeds when it is revised or corrected, and its page shows the change", async () => {
    const before = await feeds();
    await put("sale", SALE.replace("noon", "one"));
    await act("sale", "correct", { correction: "It was a pear sale." });
    await settle();
    expect(await feeds()).toEqual(before);
    const page = await (await get("/articles/sale")).text();
    expect([page.includes("at one."), page.includes("pear sale")]).toEqual([true, true]);
  });

  test("that is withdrawn leaves a 410 page, and no tombstone in feeds that didn't show it", async () => {
    const before = await titles();
    expect(await gist(await withdraw("sale"))).toMatchObject({ change: "withdrawn" });
    await settle();
    expect((await get("/articles/sale")).status).toBe(410);
    expect(before).toEqual(WITHOUT);
    expect(await Promise.all(HOMES.slice(0, 2).map(feedTitles))).toEqual(WITHOUT.slice(0, 2));
    expect(await Promise.all(HOMES.slice(0, 2).map(tombstones))).toEqual([[], []]);
  });

  test("keeps the page and the feed of a section whose only article it was, until it is withdrawn", async () => {
    expect(await statuses()).toEqual([200, 200]);
    expect(await (await get("/sections/harvest/rss.xml")).text()).toContain("<title>Harvest – ");
    await withdraw("sale");
    await settle();
    expect(await statuses()).toEqual([404, 404]);
  });

  test("that is withdrawn and reinstated is expired again", async () => {
    const before = await titles();
    await withdraw("sale");
    await act("sale", "reinstate");
    await settle();
    expect(await shown("sale")).toMatchObject({ status: "expired" });
    expect((await get("/articles/sale")).status).toBe(200);
    expect(await titles()).toEqual(before);
  });
});

test("an article that expired before its late release is never in a feed, and has its page", async () => {
  const before = await feeds();
  await put("late", wire({ sections: "Harvest", time: "2031-11-24T16:00:00Z", headline: "Late sale" }));
  await act("late", "expire", { expires: "2031-11-24T18:00:00Z" });
  at(EVENING + MINUTE);
  await sweep();
  await settle();
  expect(await feeds()).toEqual(before);
  expect(await shown("late")).toMatchObject({ status: "expired" });
  expect(await (await get("/articles/late")).text()).toContain('<meta name="robots" content="noindex"/>');
});
