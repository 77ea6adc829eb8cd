import { runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { act, alarm, at, desk, edit, get, gist, put, settle, shown, sweep } from "../../support/newsroom.ts";
import { everythingPublic, feedItems, feedTitles } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

const MORNING = Date.parse("2031-11-24T08:00:00Z");
const NOON = Date.parse("2031-11-24T12:00:00Z");
const HOUR = 3_600_000;
const MINUTE = 60_000;

const DOCUMENT = wire({
  sections: "Politics Harvest",
  time: "2031-11-24T12:00:00Z",
  headline: "Ministry falls",
});

function time(instant: number): string {
  return new Date(instant).toISOString();
}

/** All that the public sees of a newsroom in which "fall" is to come. */
function seen(): Promise<unknown[]> {
  return everythingPublic(["politics", "harvest"], ["open", "fall"]);
}

beforeEach(async () => {
  at(MORNING);
  await put("open", wire());
  await settle();
});

describe("an article under embargo", () => {
  let before: unknown[];

  beforeEach(async () => {
    before = await seen();
    await put("fall", DOCUMENT);
    await settle();
  });

  test.each([
    ["earlier", NOON - HOUR],
    ["later", NOON + HOUR],
  ])("is moved to an %s time: the alarm follows, and nothing is public before", async (_, moved) => {
    expect(await gist(await act("fall", "publish", { published: time(moved) }))).toMatchObject({
      http: 200,
      change: "rescheduled",
      status: "scheduled",
      revision: 2,
      published: time(moved),
      warnings: [],
    });
    await settle();
    await settle();
    expect(await alarm()).toBe(moved);
    at(moved - 1);
    await runDurableObjectAlarm(desk());
    await sweep();
    expect(await seen()).toEqual(before);
    at(moved);
    await runDurableObjectAlarm(desk());
    at(moved + MINUTE);
    const { rss, atom, json } = await feedItems("/sections/harvest");
    const item = { title: "Ministry falls", published: moved };
    expect([rss, atom, json]).toMatchObject([
      [item],
      [{ ...item, updated: moved }],
      [{ ...item, updated: moved }],
    ]);
    expect((await get("/articles/fall")).status).toBe(200);
  });

  test("stays where it is when it is moved to the time that it has", async () => {
    expect(
      await gist(await act("fall", "publish", { published: "2031-11-24T13:00:00+01:00" })),
    ).toMatchObject({
      change: "unchanged",
      status: "scheduled",
      revision: 1,
    });
  });

  test("is released early by publishing it without a time: visible at once, dated now", async () => {
    at(NOON - HOUR);
    expect(await gist(await act("fall", "publish"))).toMatchObject({
      change: "published",
      status: "published",
      published: time(NOON - HOUR),
    });
    const item = { title: "Ministry falls", published: NOON - HOUR, updated: NOON - HOUR };
    const { atom, json } = await feedItems("/sections/harvest");
    expect([atom, json]).toMatchObject([[item], [item]]);
    expect((await get("/articles/fall")).status).toBe(200);
  });

  test("is not released once more by the alarm of the embargo that ended early", async () => {
    at(NOON - HOUR);
    await act("fall", "publish");
    await settle();
    const early = await seen();
    at(NOON);
    await runDurableObjectAlarm(desk());
    await sweep();
    at(NOON + MINUTE);
    expect(await seen()).toEqual(early);
    expect(await shown("fall")).toMatchObject({ published: time(NOON - HOUR), revision: 2 });
  });

  test("is released at once by a time in the past, and stands in its place by that time", async () => {
    await put("newer", wire({ time: "2031-11-24T07:00:00Z", headline: "Tide rises" }));
    await act("fall", "publish", { published: "2031-11-24T06:00:00Z" });
    await settle();
    expect(await feedTitles()).toEqual(["Tide rises", "Ministry falls", "Harbour bridge reopens"]);
  });

  test("that lost its alarm can still be released early", async () => {
    at(NOON + MINUTE);
    await act("fall", "publish");
    await settle();
    expect(await shown("fall")).toMatchObject({ status: "published", published: time(NOON + MINUTE) });
  });
});

describe("a published article that is given a time", () => {
  beforeEach(async () => {
    at(NOON);
    await put("fall", DOCUMENT);
    await settle();
    at(NOON + HOUR);
  });

  test("in the future leaves every public place until then, and the answer warns of that", async () => {
    const moved = NOON + 2 * HOUR;
    expect(await gist(await act("fall", "publish", { published: time(moved) }))).toMatchObject({
      change: "rescheduled",
      status: "scheduled",
      warnings: ["hidden-from-readers"],
    });
    at(moved - MINUTE);
    await settle();
    expect(JSON.stringify(await seen())).not.toContain("Ministry falls");
    expect((await get("/articles/fall")).status).toBe(404);
    at(moved);
    await settle();
    const { atom } = await feedItems("/sections/harvest");
    expect(atom).toMatchObject([{ title: "Ministry falls", published: moved, updated: moved }]);
  });

  test("in the past moves to its place, and its update is the time of the move", async () => {
    await act("fall", "publish", { published: "2026-11-01T00:00:00Z" });
    await settle();
    const { json } = await feedItems();
    expect(json.map(({ title, published }) => [title, time(published)])).toEqual([
      ["Harbour bridge reopens", "2026-11-04T07:07:06.000Z"],
      ["Ministry falls", "2026-11-01T00:00:00.000Z"],
    ]);
    expect(json[1]?.updated).toBe(NOON + HOUR);
  });

  test("keeps that time when it is published again without a time", async () => {
    expect(await gist(await act("fall", "publish"))).toMatchObject({
      change: "unchanged",
      revision: 1,
      published: time(NOON),
    });
  });
});

test.each([
  ["a number", { published: 5 }, "/published"],
  ["null", { published: null }, "/published"],
  ["a day", { published: "2031-11-24" }, "/published"],
  ["without an offset", { published: "2031-11-24T12:00:00" }, "/published"],
  ["misspelled", { publish: "2031-11-24T12:00:00Z" }, "/publish"],
  ["an expiry", { expires: "2031-11-25T12:00:00Z" }, "/expires"],
  ["a bare text", "2031-11-24T12:00:00Z", ""],
  ["a list", [], ""],
])("a time that is %s is refused with its path, and nothing is released", async (_, body, path) => {
  await put("fall", DOCUMENT);
  const response = await act("fall", "publish", body);
  const { issues } = await response.json<{ issues?: { path: string }[] }>();
  expect([response.status, issues?.map((issue) => issue.path)]).toEqual([422, [path]]);
  expect(await shown("fall")).toMatchObject({ status: "scheduled", revision: 1 });
});

test("a body that is no JSON releases nothing", async () => {
  await put("fall", DOCUMENT);
  expect((await edit("POST", "/api/articles/fall/publish", "{published")).status).toBe(400);
  expect((await shown("fall")).status).toBe("scheduled");
});

describe("a document that comes again with the former time of an article that the newsroom has moved", () => {
  const CORRECTED = DOCUMENT.replace("noon", "one");

  test("revises an article that was released early, and hides nothing", async () => {
    await put("fall", DOCUMENT);
    at(MORNING + HOUR);
    await act("fall", "publish");
    at(MORNING + 2 * HOUR);
    const answer = await gist(await put("fall", CORRECTED));
    expect(answer).toMatchObject({
      http: 200,
      change: "revised",
      status: "published",
      published: time(MORNING + HOUR),
    });
    expect(answer.warnings).not.toContain("hidden-from-readers");
    await settle();
    expect(await feedTitles()).toContain("Ministry falls");
  });

  test("revises an article that was postponed, and releases nothing", async () => {
    await put("fall", DOCUMENT);
    await act("fall", "publish", { published: time(NOON + HOUR) });
    await put("fall", CORRECTED);
    at(NOON + MINUTE);
    await sweep();
    expect(await shown("fall")).toMatchObject({
      status: "scheduled",
      published: time(NOON + HOUR),
      revision: 3,
    });
    expect(await feedTitles()).not.toContain("Ministry falls");
  });

  test("moves the article when it names another time", async () => {
    await put("fall", DOCUMENT);
    await act("fall", "publish", { published: time(NOON + HOUR) });
    await put("fall", CORRECTED.replace("T12:00:00Z", "T15:00:00Z"));
    expect(await shown("fall")).toMatchObject({ status: "scheduled", published: time(NOON + 3 * HOUR) });
  });
});

test("an expiry alone releases nothing: an embargo goes on, and a draft stays a draft", async () => {
  await put("fall", DOCUMENT);
  await put("later?draft", wire({ headline: "Later" }));
  const before = await seen();
  for (const id of ["fall", "later"]) {
    expect((await act(id, "expire", { expires: time(NOON + 5 * HOUR) })).status).toBe(200);
  }
  await settle();
  expect([(await shown("fall")).status, (await shown("later")).status]).toEqual(["scheduled", "draft"]);
  expect(await seen()).toEqual(before);
});
