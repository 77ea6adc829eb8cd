/** Migration of the first release's ledger: everything is still there, and every new function works on it. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { anArticle } from "../../support/stories/article.ts";
import { audit, told } from "../../support/audit.ts";
import { EMBARGO, EPOCH, NOON, startFromFirstLedger } from "../../support/ledgers/first-ledger.ts";
import {
  act,
  at,
  desk,
  edit,
  get,
  gist,
  listed,
  put,
  settle,
  type Shown,
  shown,
  sweep,
} from "../../support/newsroom.ts";
import { feedItems, feedTitles, tombstones } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

const HISTORY = ["created – 1 done", "revised 1 2 done", "withdrawn 1 2 done"];

beforeEach(async () => {
  at(NOON);
  await startFromFirstLedger();
});

test("a ledger of the first release keeps its articles, each with its status and its guid", async () => {
  expect(await listed()).toEqual(["fall", "harbour-bridge", "gone"]);
  const articles = await Promise.all(["fall", "harbour-bridge", "gone"].map(shown));
  expect(articles.map(({ status, revision, guid }) => [status, revision, guid])).toEqual([
    ["scheduled", 1, "tag:gazette.example,2031-11-24:fall"],
    ["published", 2, "tag:gazette.example,2026-11-04:harbour-bridge"],
    ["withdrawn", 2, "tag:gazette.example,2031-11-24:gone"],
  ]);
});

test("a ledger of the first release keeps every revision, which can be restored", async () => {
  const list = await edit("GET", "/api/articles/harbour-bridge/revisions");
  const { revisions } = await list.json<{ revisions: Shown[] }>();
  expect(revisions.map(({ revision, headline }) => [revision, headline])).toEqual([
    [2, "Harbour bridge reopens"],
    [1, "Harbour bridge closes"],
  ]);
  expect((await act("harbour-bridge", "revisions/1/restore")).status).toBe(200);
  await settle();
  expect(await feedTitles()).toEqual(["Harbour bridge closes"]);
});

test("a ledger of the first release keeps its audit, entry by entry, and continues its numbers", async () => {
  const { entries } = await audit();
  expect(entries.map(({ number, time, actor, subject }) => [number, time, actor, subject])).toEqual([
    [3, "2031-11-24T11:59:59.000Z", "EDITOR_TOKEN", "gone"],
    [2, "2031-11-24T11:59:58.000Z", "EDITOR_TOKEN", "harbour-bridge"],
    [1, "2031-11-24T11:59:57.000Z", "EDITOR_TOKEN", "harbour-bridge"],
  ]);
  await put("new", wire({ body: "New." }));
  expect(await told()).toEqual([...HISTORY, "created – 1 done"]);
  expect((await audit()).entries[0]?.number).toBe(4);
});

test("a document that the first release published changes nothing when it comes again", async () => {
  expect(await gist(await put("harbour-bridge", wire()))).toMatchObject({ change: "unchanged", revision: 2 });
});

test("feeds continue with the epoch and from the edition that readers know", async () => {
  await sweep();
  await settle();
  expect(await feedTitles("/sections/politics")).toEqual(["Harbour bridge reopens"]);
  // One edition further: the feed has an archive now.
  expect((await get("/rss.xml")).headers.get("ETag")).toMatch(new RegExp(`^W/"${EPOCH}\\.5\\.`));
  await put("new", wire({ time: "2031-11-24T11:00:00Z" }));
  await settle();
  expect((await get("/rss.xml")).headers.get("ETag")).toMatch(new RegExp(`^W/"${EPOCH}\\.6\\.`));
});

test("an article whose record the first release wrote is on an archive page that readers may keep", async () => {
  const written = anArticle({ revision: 2 });
  await runInDurableObject(desk(), (_instance, { storage }) => {
    storage.sql.exec("DELETE FROM outbox WHERE key = 'article:harbour-bridge'");
  });
  const metadata = { epoch: EPOCH, sequence: 2, changed: 0 };
  await env.ARTICLES.put("article:harbour-bridge", JSON.stringify(written), { metadata });
  await sweep();
  await settle();
  const { status, headers } = await get("/archive/1.1/rss.xml");
  expect([status, headers.get("ETag")]).toEqual([200, expect.stringMatching(`^W/"${EPOCH}\\.`)]);
});

test("an embargo from before the migration is kept, and ends at its minute", async () => {
  await sweep();
  await settle();
  expect((await get("/articles/fall")).status).toBe(404);
  at(EMBARGO);
  await settle();
  const { atom } = await feedItems();
  expect(atom[0]).toMatchObject({ title: "Ministry falls", published: EMBARGO, updated: EMBARGO });
});

test("a withdrawal from before the migration is still announced, and its article can be reinstated", async () => {
  await sweep();
  await settle();
  const ref = "tag:gazette.example,2031-11-24:gone";
  expect(await tombstones()).toEqual([{ ref, when: NOON - 1000, comment: [] }]);
  expect((await get("/articles/gone")).status).toBe(410);
  await act("gone", "reinstate");
  await settle();
  expect(await tombstones()).toEqual([]);
  expect(await feedTitles()).toEqual(["Harbour bridge reopens", "Gone"]);
});

test("an article from before the migration can get an expiry and a correction", async () => {
  await act("harbour-bridge", "expire", { expires: "2031-11-24T12:00:30Z" });
  await act("harbour-bridge", "correct", { correction: "It was one o’clock." });
  at(NOON + 30_000);
  await settle();
  expect(await shown("harbour-bridge")).toMatchObject({
    status: "expired",
    correction: "It was one o’clock.",
  });
  expect(await feedTitles()).toEqual([]);
});

test("a migrated ledger doesn't change when the Desk starts again", async () => {
  await put("new", wire({ body: "New." }));
  await evictDurableObject(desk());
  expect(await told()).toEqual([...HISTORY, "created – 1 done"]);
  expect(await listed()).toEqual(["fall", "harbour-bridge", "gone", "new"]);
});
