import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import {
  act,
  at,
  edit,
  get,
  gist,
  listed,
  put,
  settle,
  shown,
  sweep,
  withdraw,
} from "../../support/newsroom.ts";
import { everythingPublic, feedItems, feedTitles } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const HOUR = 3_600_000;

const PAST = wire({ sections: "Politics Harvest", time: "2031-11-20T08:00:00Z", headline: "Ministry falls" });
const FUTURE = PAST.replace("2031-11-20", "2031-11-25");

/** All that the public sees of a newsroom in which "fall" is being written. */
function seen(): Promise<unknown[]> {
  return everythingPublic(["politics", "harvest"], ["open", "fall"]);
}

/** When each article of the feed was updated, newest first. */
async function updates(): Promise<unknown[]> {
  const { atom } = await feedItems();
  return atom.map(({ title, updated }) => [title, updated]);
}

/** The id of an article that is posted without one. */
async function idOf(path: string, body: string): Promise<string> {
  const document = wire({ time: "2031-11-20T08:00:00Z", headline: "Ministry falls", body });
  const response = await edit("POST", path, document);
  return (await response.json<{ article: { id: string } }>()).article.id;
}

async function everythingRuns(): Promise<void> {
  await settle();
  await sweep();
  await settle();
}

beforeEach(() => at(NOON));

describe("a document that is uploaded with ?draft", () => {
  test.each([
    ["past", PAST],
    ["future", FUTURE],
  ])("stays a draft when its dateline is in the %s", async (_, document) => {
    expect(await gist(await put("fall?draft", document))).toMatchObject({
      http: 201,
      change: "created",
      status: "draft",
      revision: 1,
      warnings: ["new-section"],
    });
  });

  test("gets its id from date and headline, when it is posted", async () => {
    const { article } = await (await edit("POST", "/api/articles?draft", PAST)).json<{ article: object }>();
    expect(article).toMatchObject({
      id: expect.stringMatching(/^2031-11-20-ministry-falls-[0-9a-f]{4}$/),
      status: "draft",
    });
  });

  test("gets the id that a dry run gave", async () => {
    const ids = [];
    for (const query of ["?draft&dry-run", "?draft", "?draft"]) {
      const response = await edit("POST", `/api/articles${query}`, PAST);
      ids.push((await response.json<{ article: { id: string } }>()).article.id);
    }
    expect(new Set(ids).size).toBe(1);
  });

  test("leaves the plain id to public articles, and doesn't count for the numbers in their ids", async () => {
    const hidden = [await idOf("/api/articles?draft", "One."), await idOf("/api/articles?draft", "Two.")];
    await withdraw(hidden[1] ?? "");
    await put("2031-11-20-ministry-falls-3?draft", PAST);
    expect(new Set(hidden).size).toBe(2);
    expect([
      await idOf("/api/articles", "Three."),
      await idOf("/api/articles", "Four."),
      await idOf("/api/articles", "Five."),
    ]).toEqual([
      "2031-11-20-ministry-falls",
      "2031-11-20-ministry-falls-2",
      expect.stringMatching(/^2031-11-20-ministry-falls-[0-9a-f]{4}$/),
    ]);
  });

  test("doesn't count for the numbers in the guids of public articles either", async () => {
    await put("ferry", wire({ body: "One." }));
    const { guid } = await shown("ferry");
    const next = guid.replace("ferry", "boat");
    const item = {
      id: "fall",
      guid: next,
      title: "Ministry falls",
      content_html: "<p>Text.</p>",
      draft: true,
    };
    const json = { ...item, sections: ["Politics"], date_published: "2031-11-20T08:00:00Z" };
    await edit("POST", "/api/articles", JSON.stringify(json), { "Content-Type": "application/json" });
    await put("boat", wire({ body: "Two." }));
    expect((await shown("boat")).guid).toMatch(new RegExp(`^${next}\\.[0-9a-f]{4}$`));
  });

  test("is listed among the drafts alone", async () => {
    await put("open", wire());
    await put("fall?draft", PAST);
    expect({
      draft: await listed("?status=draft"),
      published: await listed("?status=published"),
      all: await listed(),
    }).toEqual({ draft: ["fall"], published: ["open"], all: ["fall", "open"] });
  });

  test("is previewed as the page that readers would get, which no search engine may keep", async () => {
    await put("fall?draft", PAST);
    const preview = await edit("GET", "/api/articles/fall/preview");
    const page = await preview.text();
    expect({
      status: preview.status,
      type: preview.headers.get("Content-Type"),
      robots: preview.headers.get("X-Robots-Tag"),
      caching: preview.headers.get("Cache-Control"),
    }).toEqual({
      status: 200,
      type: "text/html; charset=UTF-8",
      robots: "noindex",
      caching: "private, no-store, no-transform",
    });
    expect(page).toContain('<h1 dir="auto">Ministry falls</h1>');
    expect(page).toContain('<meta name="robots" content="noindex"/>');
  });

  test("can't be previewed before it is uploaded", async () => {
    expect((await edit("GET", "/api/articles/fall/preview")).status).toBe(404);
  });

  test("can't be previewed without a token", async () => {
    await put("fall?draft", PAST);
    expect((await get("/api/articles/fall/preview")).status).toBe(401);
  });

  test.each([
    ["past", PAST],
    ["future", FUTURE],
  ])(
    "with a dateline in the %s is seen by no reader anywhere, however often alarms and sweeps run",
    async (_, document) => {
      await put("open", wire());
      await settle();
      const before = await seen();
      await put("fall?draft", document);
      await put("fall?draft", document.replace("noon", "one"));
      await act("fall", "correct", { correction: "It was one o’clock." });
      await everythingRuns();
      at(NOON + 48 * HOUR);
      await everythingRuns();
      expect(await seen()).toEqual(before);
      expect((await shown("fall")).status).toBe("draft");
    },
  );

  test("changes nothing when it is uploaded with ?draft again", async () => {
    await put("fall?draft", PAST);
    expect(await gist(await put("fall?draft", PAST))).toMatchObject({
      change: "unchanged",
      status: "draft",
      revision: 1,
    });
  });

  test("leaves no public trace when it is withdrawn, and is a draft again when it is reinstated", async () => {
    await put("open", wire());
    await settle();
    const before = await seen();
    await put("fall?draft", PAST);
    expect(await gist(await withdraw("fall"))).toMatchObject({ change: "withdrawn", status: "withdrawn" });
    await everythingRuns();
    expect(await seen()).toEqual(before);
    expect(await gist(await act("fall", "reinstate"))).toMatchObject({
      change: "reinstated",
      status: "draft",
    });
    await everythingRuns();
    expect(await seen()).toEqual(before);
  });
});

describe("a draft", () => {
  test("that is published is visible, dated now", async () => {
    await put("fall?draft", PAST);
    at(NOON + HOUR);
    expect(await gist(await act("fall", "publish"))).toMatchObject({
      http: 200,
      change: "published",
      status: "published",
      revision: 2,
    });
    await settle();
    const { atom, json } = await feedItems("/sections/harvest");
    const item = { title: "Ministry falls", published: NOON + HOUR, updated: NOON + HOUR };
    expect([atom, json]).toMatchObject([[item], [item]]);
    expect((await get("/articles/fall")).status).toBe(200);
  });

  test("that is published for a later time is under embargo until then", async () => {
    await put("open", wire());
    await settle();
    const before = await seen();
    await put("fall?draft", PAST);
    expect(
      await gist(await act("fall", "publish", { published: "2031-11-24T14:00:00+01:00" })),
    ).toMatchObject({
      status: "scheduled",
      published: "2031-11-24T13:00:00.000Z",
    });
    at(NOON + HOUR - 10_000);
    await settle();
    expect(await seen()).toEqual(before);
    at(NOON + HOUR);
    await settle();
    const { json } = await feedItems();
    expect(json[0]).toMatchObject({ title: "Ministry falls", published: NOON + HOUR });
  });

  test("is published under its dateline's time by the same document without ?draft", async () => {
    await put("fall?draft", PAST);
    expect(await gist(await put("fall", PAST))).toMatchObject({
      http: 200,
      status: "published",
      revision: 2,
      published: "2031-11-20T08:00:00.000Z",
    });
    await settle();
    expect(await feedTitles("/sections/harvest")).toEqual(["Ministry falls"]);
  });

  test("is put under embargo by the same document without ?draft when its dateline is in the future", async () => {
    await put("fall?draft", FUTURE);
    expect(await gist(await put("fall", FUTURE))).toMatchObject({ status: "scheduled" });
    await settle();
    expect((await get("/articles/fall")).status).toBe(404);
  });
});

describe("a public article that becomes a draft again", () => {
  test("leaves every public place, and the answer warns of that", async () => {
    await put("open", wire());
    await put("fall", PAST);
    await settle();
    expect(await feedTitles()).toEqual(["Ministry falls", "Harbour bridge reopens"]);
    expect(await gist(await put("fall?draft", PAST))).toMatchObject({
      http: 200,
      change: "revised",
      status: "draft",
      warnings: ["new-section", "hidden-from-readers"],
    });
    await everythingRuns();
    const everything = JSON.stringify(await seen());
    expect(everything).not.toContain("Ministry falls");
    expect(everything).toContain("Harbour bridge reopens");
    expect((await get("/articles/fall")).status).toBe(404);
    expect(await env.ARTICLES.get("article:fall")).toBeNull();
  });

  test("comes back under its first guid when it is published", async () => {
    await put("fall", PAST);
    const { guid } = await shown("fall");
    await put("fall?draft", PAST);
    await act("fall", "publish");
    await settle();
    const { rss, atom, json } = await feedItems();
    expect([rss, atom, json].map((items) => items.map(({ id }) => id))).toEqual([[guid], [guid], [guid]]);
  });
});

test("a document of an earlier revision that comes again without an id changes nothing, as a draft or not", async () => {
  const first = wire({ headline: "Ferry", body: "The first text." });
  const { article } = await (await edit("POST", "/api/articles", first)).json<{ article: { id: string } }>();
  await put(article.id, wire({ headline: "Ferry", body: "The second text." }));
  for (const path of ["/api/articles", "/api/articles?draft"]) {
    expect(await gist(await edit("POST", path, first))).toMatchObject({
      change: "unchanged",
      status: "published",
      revision: 2,
    });
  }
});

describe("the time of an update", () => {
  const bridge = wire({ time: "2031-11-20T08:00:00Z" });

  test("isn’t taken from a public article by a draft of the same time", async () => {
    await put("fall?draft", PAST);
    await put("open", bridge);
    await settle();
    expect(await updates()).toEqual([["Harbour bridge reopens", Date.parse("2031-11-20T08:00:00Z")]]);
  });

  test("moves on when a draft is published and another public article has the same time", async () => {
    await put("fall?draft", PAST);
    await put("open", bridge);
    await put("fall", PAST);
    await settle();
    expect(await updates()).toEqual([
      ["Harbour bridge reopens", Date.parse("2031-11-20T08:00:00Z")],
      ["Ministry falls", Date.parse("2031-11-20T08:00:00.001Z")],
    ]);
  });

  test("moves on when an embargo ends and another public article has the same time", async () => {
    await put("fall", FUTURE);
    at(Date.parse("2031-11-25T08:00:00Z") - 10_000);
    await settle();
    at(Date.parse("2031-11-25T08:00:00Z"));
    await put("open", wire({ time: "2031-11-25T08:00:00Z" }));
    await settle();
    expect(await updates()).toEqual([
      ["Harbour bridge reopens", Date.parse("2031-11-25T08:00:00Z")],
      ["Ministry falls", Date.parse("2031-11-25T08:00:00.001Z")],
    ]);
  });

  test("stays the one that readers know when hidden revisions are published with ?silent", async () => {
    await put("fall", PAST);
    await put("fall?draft", PAST.replace("noon", "one"));
    await put("fall", FUTURE);
    await put("fall?draft", PAST.replace("noon", "two"));
    at(NOON + HOUR);
    await put("fall?silent", PAST.replace("noon", "two"));
    await settle();
    expect(await updates()).toEqual([["Ministry falls", Date.parse("2031-11-20T08:00:00Z")]]);
  });
});
