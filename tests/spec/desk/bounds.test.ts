/** Limits of one document's effect: however long or damaged, it never stops the site. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import { Revisions } from "../../../src/desk/ledger/revisions.ts";
import { anArticle } from "../../support/stories/article.ts";
import { exported, importLines } from "../../support/stories/copies.ts";
import {
  act,
  at,
  desk,
  edit,
  get,
  listed,
  post,
  put,
  settle,
  shown,
  sweep,
  tokenOf,
  until,
  withdraw,
} from "../../support/newsroom.ts";
import { publishAll, series, story } from "../../support/stories/stories.ts";
import { wire } from "../../support/stories/wire.ts";
import { startAnotherIsolate } from "../../support/worker.ts";
import { parseXml } from "../../support/reading/xml.ts";

const NOON = Date.parse("2026-11-25T12:00:00Z");
const LONG = "x".repeat(200_000);
const PATHS = [
  "/",
  "/rss.xml",
  "/atom.xml",
  "/feed.json",
  "/sections/politics",
  "/feeds",
  "/feeds.opml",
  "/sitemap.xml",
  "/sitemap-1.xml",
  "/news-sitemap.xml",
];

async function titles(path = "/feed.json"): Promise<string[]> {
  const { items } = await (await get(path)).json<{ items: { title: string }[] }>();
  return items.map(({ title }) => title);
}

async function statuses(paths: readonly string[] = PATHS): Promise<number[]> {
  return Promise.all(paths.map(async (path) => (await get(path)).status));
}

/** Changes the ledger as an earlier release, or damage, would have done. */
function inLedger(statement: string, ...bindings: (string | number)[]): Promise<void> {
  return runInDurableObject(desk(), (_instance, { storage }) => {
    storage.sql.exec(statement, ...bindings);
  });
}

/** Marks keys as stale, as a write to the Desk would. */
async function makeStale(keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await inLedger(
      `INSERT INTO outbox (key, sequence, written, due, attempts) VALUES (?, 1, 0, 0, 0)
       ON CONFLICT (key) DO UPDATE SET sequence = sequence + 1`,
      key,
    );
  }
  await sweep();
  await settle();
  startAnotherIsolate();
}

/** Gives an article in the ledger a record that an earlier release accepted. */
async function asEarlierReleases(id: string, changes: Partial<Article>): Promise<void> {
  await runInDurableObject(desk(), (_instance, { storage }) => {
    const revisions = new Revisions(storage.sql);
    revisions.store({ ...revisions.article({ id, revision: 1 }), ...changes }, undefined);
    storage.sql.exec("UPDATE article SET headline = ? WHERE id = ?", changes.headline ?? "Heavy", id);
    storage.sql.exec("UPDATE feed SET sequence = sequence + 1");
  });
  await evictDurableObject(desk());
}

describe("a document that is too long", () => {
  test("in a line of an import is refused, and another article leaves the feeds when it is withdrawn", async () => {
    await publishAll([story("a"), story("b")]);
    const { answers } = await importLines([{ id: "heavy", wire: wire({ body: "&".repeat(4_700_000) }) }]);
    expect(answers).toMatchObject([{ problem: { status: 413, max: 1024 * 1024 } }]);
    await withdraw("a");
    await settle();
    expect(await titles()).toEqual(["Story b"]);
    expect(await (await get("/")).text()).not.toContain("Story a");
  });

  test("from a token for one section is refused, and the feeds of all other sections stay", async () => {
    await publishAll(series("s", 5));
    const token = await tokenOf("Sport desk", ["publish"], ["sport"]);
    const response = await post(wire({ sections: "Sport", body: "&".repeat(1_000_000) }), token);
    expect(response.status).toBe(422);
    await settle();
    expect(await titles()).toHaveLength(5);
  });

  test("that has the greatest length hides no other article, and no feed is heavier than a megabyte", async () => {
    await publishAll(series("s", 44));
    for (let n = 0; n < 6; n++) {
      const response = await post(wire({ headline: `Heavy ${n}`, body: "&".repeat(64_000) }));
      expect(response.status).toBe(201);
    }
    await settle();
    expect(await titles()).toEqual(
      series("s", 44)
        .toReversed()
        .map(({ title }) => title),
    );
    for (const path of ["/rss.xml", "/atom.xml", "/feed.json"]) {
      expect((await (await get(path)).arrayBuffer()).byteLength).toBeLessThan(1_000_000);
    }
  });

  test("for every feed still opens its section, with a feed and a page", async () => {
    const response = await put("heavy", wire({ sections: "Bulky", body: "[Open]".repeat(22_000) }));
    expect(await response.json()).toMatchObject({ warnings: [{}, { reason: "too-heavy-for-feeds" }] });
    await settle();
    expect(await titles("/sections/bulky/feed.json")).toEqual([]);
    const page = await get("/sections/bulky");
    expect([page.status, page.headers.get("X-Robots-Tag")]).toEqual([200, null]);
    expect(await page.text()).toMatch(/<h1[^>]*>Bulky<\/h1>/);
  });

  test.each<[string, string, object | string]>([
    ["a wire document's section", "text/plain", wire({ sections: LONG })],
    ["a wire document's headline", "text/plain", wire({ headline: LONG })],
    ["a ninjs item's by-line", "application/vnd.iptc.ninjs+json", { by: LONG }],
    ["a ninjs item's headline", "application/vnd.iptc.ninjs+json", { headlines: [{ value: LONG }] }],
  ])("in %s is refused, and every page stays", async (_, type, changes) => {
    await publishAll([story("a")]);
    const ninjs = {
      uri: "urn:bridge:1",
      firstcreated: "2026-11-04T12:00:00Z",
      headlines: [{ value: "Bridge" }],
      bodies: [{ value: "Open." }],
      subjects: [{ name: "Politics" }],
    };
    const document = typeof changes === "string" ? changes : JSON.stringify({ ...ninjs, ...changes });
    const response = await post(document, { "Content-Type": type });
    const { issues } = await response.json<{ issues: { reason: string }[] }>();
    expect([response.status, issues.map(({ reason }) => reason)]).toEqual([422, ["too-long"]]);
    expect(await statuses()).toEqual(PATHS.map(() => 200));
  });
});

describe("a heavy article that an earlier release accepted", () => {
  const HEAVY = { html: `<p>${"&amp;".repeat(5_600_000)}</p>`, text: "Heavy." };

  async function begin(): Promise<void> {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    await publishAll([story("a"), story("b"), story("heavy")]);
    await asEarlierReleases("heavy", HEAVY);
    await makeStale(["window:all", "window:section:politics", "article:heavy"]);
  }

  test("is left out, which the log reports, and never keeps a withdrawal from readers", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await begin();
    expect(await titles()).toEqual(["Story b", "Story a"]);
    const lines = log.mock.calls.map(([line]) => String(line));
    for (const key of ["window:all", "window:section:politics", "article:heavy"]) {
      expect(lines).toContainEqual(
        JSON.stringify({ event: "left-out", key, articles: "heavy", reason: "too heavy" }),
      );
    }
    await withdraw("a");
    await settle();
    expect([await titles(), (await get("/articles/a")).status]).toEqual([["Story b"], 410]);
  }, 120_000);

  test("is listed, exported, refused by an import, withdrawn and revised", async () => {
    await begin();
    expect(await listed()).toContain("heavy");
    const copy = await exported();
    const line = copy.split("\n").find((one) => one.includes('"id":"heavy"')) ?? "";
    expect(line.length).toBeGreaterThan(28_000_000);
    expect((await importLines([line])).answers).toMatchObject([{ problem: { status: 413 } }]);
    expect((await put("heavy", wire({ headline: "Light again" }))).status).toBe(200);
    await settle();
    expect(await titles()).toContain("Light again");
    expect((await withdraw("heavy")).status).toBe(200);
    await settle();
    expect((await get("/articles/heavy")).status).toBe(410);
  }, 120_000);

  test("with a long headline is left out of the news sitemap, and no other article is", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    at(NOON);
    const ids = Array.from({ length: 34 }, (_, n) => `long-${n}`);
    await publishAll([...ids, "short"].map((id) => story(id, { date_published: "2026-11-25T11:00:00Z" })));
    for (const id of ids) await asEarlierReleases(id, { headline: "y".repeat(790_000) });
    await put("late", wire({ headline: "Late", time: "2026-11-25T11:30:00Z" }));
    await settle();
    const sitemap = await (await get("/news-sitemap.xml")).text();
    parseXml(sitemap);
    expect(sitemap.match(/<news:title>.*?<\/news:title>/g)).toEqual([
      "<news:title>Late</news:title>",
      "<news:title>Story short</news:title>",
    ]);
  }, 120_000);

  test("whose section has a long name opens every page", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    await publishAll([story("a", { sections: ["Ferries"] })]);
    await asEarlierReleases("a", {
      sections: [{ id: "ferries", title: LONG.slice(0, 150_000) }],
      headline: "A",
    });
    await inLedger("UPDATE feed SET title = ? WHERE id = 'section:ferries'", LONG);
    await makeStale(["site", "window:section:ferries", "article:a"]);
    expect(await statuses(["/", "/articles/a", "/sections/ferries", "/feeds", "/feeds.opml"])).toEqual([
      200, 200, 200, 200, 200,
    ]);
    expect((await (await get("/")).text()).length).toBeLessThan(20_000);
  });
});

describe("a damaged copy", () => {
  test.each<[string, object]>([
    ["half a surrogate pair in a guid", { guid: "urn:\uD800" }],
    ["times beyond dates", { published: 8.64e15 + 1, updated: 8.64e15 + 1 }],
    ["a language that is no tag", { language: "no tag at all" }],
  ])("with %s changes nothing", async (_, changes) => {
    await publishAll([story("a")]);
    const { answers } = await importLines([
      { revision: { digest: null, article: { ...anArticle(), ...changes } } },
    ]);
    expect(answers).toMatchObject([{ problem: { status: 422 } }]);
    await settle();
    expect([await listed(), await statuses()]).toEqual([["a"], PATHS.map(() => 200)]);
  });

  test("never gives a feed an invalid date", async () => {
    await publishAll([story("a")]);
    const feed = { id: "all", title: "", changed: 9e15, shows: ["a 1"], withdrawn: [], pages: [] };
    expect((await importLines([{ feed }])).answers).toMatchObject([{ problem: { status: 422 } }]);
    // An earlier release accepted it.
    await inLedger("UPDATE feed SET changed = 9000000000000000, stamped = sequence WHERE id = 'all'");
    await makeStale(["window:all"]);
    const date = (await get("/rss.xml")).headers.get("Last-Modified") ?? "";
    expect(new Date(date).getFullYear()).toBeLessThan(2100);
  });
});

async function damage(): Promise<void> {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await publishAll([story("a"), story("b")]);
  await inLedger(
    "UPDATE article SET published = 9000000000000000, updated = 9000000000000000 WHERE id = 'a'",
  );
  await inLedger(
    "UPDATE revision SET record = replace(record, '\"language\":\"en', '\"language\":\"no tag') WHERE article = 'a'",
  );
}

test("a revision takes the place of all that lies where it goes", async () => {
  await put("a", wire());
  for (const piece of [0, 1, 2])
    await inLedger(
      "INSERT INTO revision (article, revision, piece, digest, record) VALUES ('a', 2, ?, 'left', 'left')",
      piece,
    );
  expect((await put("a", wire({ headline: "Second" }))).status).toBe(200);
  expect((await shown("a")).headline).toBe("Second");
  expect(await (await put("a", wire({ headline: "Second" }))).json()).toMatchObject({ change: "unchanged" });
});

describe("a damaged row of the ledger", () => {
  test("is listed as far as possible, a page at a time too", async () => {
    await damage();
    expect(await listed()).toEqual(["a", "b"]);
    const first = await (
      await edit("GET", "/api/articles?limit=1")
    ).json<{ articles: { id: string; published: string }[]; next: string }>();
    expect(first.articles).toMatchObject([{ id: "a", published: "9999-12-31T23:59:59.999Z" }]);
    expect(await listed(`?limit=1&cursor=${first.next}`)).toEqual(["b"]);
    expect((await edit("GET", "/api/articles/a")).status).toBe(200);
    expect((await edit("GET", "/api/articles/a/revisions")).status).toBe(200);
  });

  test("can be withdrawn, and readers see that", async () => {
    await damage();
    expect((await withdraw("a")).status).toBe(200);
    await settle();
    expect([await titles(), (await get("/articles/a")).status]).toEqual([["Story b"], 410]);
  });

  test("is repaired by an upload", async () => {
    await damage();
    expect((await put("a", wire({ headline: "Mended" }))).status).toBe(200);
    expect((await shown("a")).headline).toBe("Mended");
    await until("/feed.json", (body) => body.includes("Mended"));
  });

  test("is never published, corrected or reinstated without its body", async () => {
    await damage();
    const answers = await Promise.all([
      act("a", "correct", { correction: "Wrong." }),
      act("a", "publish", { published: "2031-01-01T00:00:00Z" }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([500, 500]);
    await withdraw("a");
    expect(await (await act("a", "reinstate")).json()).toMatchObject({ article: { status: "draft" } });
  });
});

test("an article whose copy begins with its withdrawal is reinstated as a draft, which an editor can publish", async () => {
  const article = anArticle({ status: "withdrawn", reason: "In error." });
  await importLines([{ revision: { digest: null, article } }]);
  const response = await act("harbour-bridge", "reinstate");
  expect(await response.json()).toMatchObject({
    change: "reinstated",
    article: { status: "draft", revision: 2 },
  });
  expect((await get("/articles/harbour-bridge")).status).toBe(404);
  expect((await act("harbour-bridge", "publish")).status).toBe(200);
  await settle();
  expect(await titles()).toEqual(["Harbour bridge reopens"]);
});

test("an article whose copy withdraws it twice is reinstated as a draft", async () => {
  const article = anArticle({ status: "withdrawn" });
  await importLines([
    { revision: { digest: null, past: true, article } },
    { revision: { digest: null, past: false, article: { ...article, revision: 2 } } },
  ]);
  const response = await act("harbour-bridge", "reinstate");
  expect(await response.json()).toMatchObject({ article: { status: "draft", revision: 3 } });
});

test("a feed of a copy whose title has characters that no feed can carry is refused", async () => {
  await publishAll([story("a")]);
  const feed = { id: "section:politics", changed: NOON, shows: ["a 1"], withdrawn: [] };
  const { answers } = await importLines([
    { feed: { ...feed, title: "Poli\u0007tics" } },
    { feed: { ...feed, title: "Poli\ntics" } },
  ]);
  expect(answers).toMatchObject([{ problem: { status: 422 } }, { problem: { status: 422 } }]);
});

test("the Desk tries later to release an article that it can't release now, and isn't kept awake", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  at(NOON);
  await put("late", wire({ time: "2026-11-25T12:00:01+00:00" }));
  await inLedger("UPDATE revision SET record = '{}'");
  at(NOON + 5000);
  await sweep();
  const alarm = await runInDurableObject(desk(), (_instance, { storage }) => storage.getAlarm());
  expect(alarm).toBeGreaterThan(NOON + 30_000);
});

test("KV keeps no stale value of a key whose new value it doesn't accept", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await publishAll([story("heavy")]);
  expect(await env.ARTICLES.get("article:heavy")).not.toBeNull();
  await asEarlierReleases("heavy", { html: "x".repeat(27_000_000), text: "" });
  await makeStale(["article:heavy"]);
  expect(await env.ARTICLES.get("article:heavy")).toBeNull();
}, 120_000);
