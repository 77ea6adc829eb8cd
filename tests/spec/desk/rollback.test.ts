/** Upgrades and rollbacks in every order: whatever release wrote last, this one opens the ledger whole and works on it. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import { archived, walk } from "../../support/reading/archive.ts";
import { sized } from "../../support/size.ts";
import { exported } from "../../support/stories/copies.ts";
import {
  deliverAsFirst,
  enter,
  type Release,
  startFrom,
  storyOf,
  workAs,
} from "../../support/ledgers/earlier-releases.ts";
import { bridge, EMBARGO, NOON } from "../../support/ledgers/first-ledger.ts";
import {
  act,
  at,
  desk,
  edit,
  get,
  listed,
  put,
  settle,
  shown,
  sweep,
  withdraw,
} from "../../support/newsroom.ts";
import { feedTitles } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";
import { startAnotherIsolate } from "../../support/worker.ts";
import { audit } from "../../support/audit.ts";

const MINUTE = 60_000;
// A dozen requests for each turn.
const PATIENCE = 120_000;
const HOMES = ["", "/sections/politics", "/authors/jose-roe", "/tags/harbour"];

type Turn = Release | "now";

/** The expected articles by id: the newest first, each with its headline. */
type Expected = { published: Map<string, string>; withdrawn: Set<string> };

/** An article as the ledger has it. */
async function present(id: string): Promise<Article> {
  return runInDurableObject(desk(), (_instance, { storage }) => {
    const [row] = storage.sql
      .exec<{ record: string }>(
        `SELECT record FROM revision JOIN article ON article.id = article AND article.revision = revision.revision
         WHERE article.id = ?`,
        id,
      )
      .toArray();
    return JSON.parse(row?.record ?? "");
  });
}

/** An earlier release publishes an article, revises the bridge and withdraws what this release published last. */
async function workEarlier(release: Release, turn: number, expected: Expected): Promise<void> {
  const now = Date.now();
  const story = storyOf(`from-${release}-${turn}`, now);
  const before = await present("harbour-bridge");
  const revised = {
    ...before,
    headline: `Bridge of turn ${turn}`,
    revision: before.revision + 1,
    updated: now + 1,
    changed: now,
  };
  const last = [...expected.published.keys()].find((id) => id.startsWith("now-"));
  const victim = last === undefined ? undefined : await present(last);
  await workAs(release, (sql) => {
    enter(release, sql, story, undefined, "created");
    enter(release, sql, revised, before, "revised");
    if (victim === undefined) return;
    const gone = { ...victim, status: "withdrawn" as const, revision: victim.revision + 1, changed: now };
    enter(release, sql, gone, victim, "withdrawn");
  });
  expected.published = new Map([[story.id, story.headline], ...expected.published]);
  expected.published.set("harbour-bridge", revised.headline);
  if (last !== undefined) expected.published.delete(last);
  if (last !== undefined) expected.withdrawn.add(last);
}

/** The first release can't write an article after a rollback, because the audit has changed. It still writes to KV. */
async function idleAsFirst(turn: number): Promise<void> {
  const writing = workAs(1, (sql) =>
    enter(1, sql, storyOf(`from-1-${turn}`, Date.now()), undefined, "created"),
  );
  await expect(writing).rejects.toThrow("no column named article");
  await workAs(1, (sql) => sql.exec("UPDATE outbox SET attempts = 0"));
  await deliverAsFirst({ ...bridge, authors: [...bridge.authors], revision: bridge.revision });
}

/** This release writes everything to KV, and publishes an article of the same author. */
async function workNow(turn: number, expected: Expected): Promise<void> {
  const id = `now-${turn}`;
  const story = JSON.stringify({
    title: id,
    sections: ["Politics"],
    authors: [{ name: "José Roe" }],
    tags: ["Harbour"],
    content_text: `Text of ${id}.`,
    date_published: new Date(Date.now()).toISOString(),
  });
  const { status } = await edit("PUT", `/api/articles/${id}`, story, { "Content-Type": "application/json" });
  expect(status).toBe(201);
  expected.published = new Map([[id, id], ...expected.published]);
}

async function rows<T extends Record<string, SqlStorageValue>>(statement: string): Promise<T[]> {
  return runInDurableObject(desk(), (_instance, { storage }) => storage.sql.exec<T>(statement).toArray());
}

/** Sweeps until the backfill is done and everything is written to KV. */
async function finishBackfill(): Promise<void> {
  await vi.waitUntil(async () => {
    await sweep();
    return (await rows("SELECT 1 FROM filing WHERE done = 1")).length === 1;
  });
  await settle();
}

async function expectWhole({ published, withdrawn }: Expected): Promise<void> {
  await finishBackfill();
  const ids = [...published.keys()];
  for (const home of HOMES) {
    // It has neither an author nor a tag.
    const here = [...published].filter(
      ([id]) => id !== "fall" || home === "" || home.startsWith("/sections"),
    );
    expect([home, await feedTitles(home)]).toEqual([home, here.map(([, headline]) => headline)]);
    const pages = await walk(`${home}/atom.xml`);
    expect([home, archived(pages).toSorted()]).toEqual([home, here.map(([id]) => id).toSorted()]);
  }
  const sitemap = await (await get("/sitemap-1.xml")).text();
  const listedIds = [...sitemap.matchAll(/articles\/([^<]+)</g)].map(([, id = ""]) => id);
  expect(listedIds.toSorted()).toEqual(ids.toSorted());
  for (const id of ids) expect([id, (await get(`/articles/${id}`)).status]).toEqual([id, 200]);
  for (const id of withdrawn) expect([id, (await get(`/articles/${id}`)).status]).toEqual([id, 410]);
  expect((await listed()).toSorted()).toEqual([...ids, ...withdrawn].toSorted());
  const site = await env.ARTICLES.get<{ sections: { id: string; count: number }[] }>("site", "json");
  expect(site?.sections).toMatchObject([{ id: "politics", count: ids.length }]);
  const counts = await rows(
    "SELECT id FROM feed WHERE count != (SELECT count(*) FROM entry WHERE feed = feed.id)",
  );
  expect(counts).toEqual([]);
  const lines = (await exported()).trimEnd().split("\n");
  const parsed = lines.map((line): { end?: { articles: number } } => JSON.parse(line));
  expect(parsed.at(-1)?.end?.articles).toBe(ids.length + withdrawn.size);
}

/** A small run takes only the first orders: each release alone, all in a row, and there and back. */
const ORDERS: Turn[][] = [
  [1, "now"],
  [2, "now"],
  [3, "now"],
  [1, 2, 3, "now"],
  [1, "now", 1, "now", 1, "now"],
  [3, "now", 3, 2, 1, "now", 2, "now"],
  [1, 2, "now"],
  [2, 3, "now"],
  [1, "now", 1, "now"],
  [1, "now", 2, "now"],
  [1, "now", 3, "now"],
  [2, "now", 1, "now"],
  [2, "now", 2, "now"],
  [3, "now", 1, "now"],
  [3, "now", 2, "now"],
  [3, "now", 3, "now"],
  [3, 2, "now"],
  [3, 1, "now"],
  [2, 1, "now"],
  [3, "now", 2, 1, "now"],
];

test.each(ORDERS.slice(0, sized(4, ORDERS.length)).map((order) => [order.join(" → "), order] as const))(
  "the releases %s leave a whole newsroom",
  async (_name, [first, ...turns]) => {
    at(NOON);
    if (first === undefined || first === "now") throw new Error("An order starts with a fixture");
    await startFrom(first);
    const expected: Expected = {
      published: new Map([
        ["fall", "Ministry falls"],
        ["harbour-bridge", "Harbour bridge reopens"],
      ]),
      withdrawn: new Set(["gone"]),
    };
    // The embargo of the fixture is over.
    at(EMBARGO + MINUTE);
    if (first > 1) await workEarlier(first, 0, expected);
    for (const [index, turn] of turns.entries()) {
      at(EMBARGO + (index + 2) * MINUTE);
      if (turn === "now") {
        await workNow(index + 1, expected);
        await expectWhole(expected);
      } else if (turn === 1) await idleAsFirst(index + 1);
      else await workEarlier(turn, index + 1, expected);
    }
    // Every release's entries stay, and every action works.
    const { entries } = await audit("?limit=100");
    expect(entries.filter(({ subject }) => subject === "gone")).toHaveLength(1);
    expect((await act("harbour-bridge", "revisions/1/restore")).status).toBe(200);
    expect((await withdraw("harbour-bridge")).status).toBe(200);
    expect((await put("after", wire({ body: "After." }))).status).toBe(201);
    expect(await shown("harbour-bridge")).toMatchObject({ status: "withdrawn" });
  },
  PATIENCE,
);

test("values that an earlier release wrote to KV in its own form are written again after a rollback", async () => {
  at(NOON);
  await startFrom(3);
  await finishBackfill();
  const titles = await feedTitles();
  const [window, article] = ["window:all", `article:${bridge.id}`];
  const written = await Promise.all([window, article].map((key) => env.ARTICLES.getWithMetadata(key)));
  await workAs(1, (sql) => sql.exec("UPDATE outbox SET attempts = 0"));
  await deliverAsFirst(bridge);
  startAnotherIsolate();
  expect(await feedTitles()).toEqual([]);
  await finishBackfill();
  startAnotherIsolate();
  expect(await feedTitles()).toEqual(titles);
  const again = await Promise.all([window, article].map((key) => env.ARTICLES.getWithMetadata(key)));
  expect(again[1]).toEqual(written[1]);
  expect(again[0]?.value).toEqual(written[0]?.value);
  const site = await env.ARTICLES.get<{ sections: { id: string }[] }>("site", "json");
  expect(site?.sections.map(({ id }) => id)).toEqual(["politics"]);
});

test.each([
  ["wholly", ""],
  ["but for a column", "ALTER TABLE article DROP COLUMN link"],
  ["but for a table and its index", "DROP TABLE expired"],
  ["but for a trigger", "DROP TRIGGER audit_is_not_cut"],
  [
    "but for the former audit, which still has its rows",
    `CREATE TABLE audit_of_articles (number INTEGER PRIMARY KEY, instant INTEGER NOT NULL, actor TEXT NOT NULL,
       action TEXT NOT NULL, article TEXT NOT NULL, from_revision INTEGER, to_revision INTEGER NOT NULL);
     INSERT INTO audit_of_articles SELECT number, instant, actor, action, subject, from_revision, to_revision FROM audit`,
  ],
])("a ledger whose migration steps are done %s gets the present schema", async (_name, undo) => {
  at(NOON);
  await startFrom(1);
  const before = await audit();
  const schema = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name";
  const whole = await rows(schema);
  await runInDurableObject(desk(), (_instance, { storage: { sql } }) => {
    if (undo !== "") sql.exec(undo);
    sql.exec("UPDATE ledger SET version = 0");
  });
  await evictDurableObject(desk());
  expect(await audit()).toEqual(before);
  expect(await rows(schema)).toEqual(whole);
  expect((await put("after", wire({ body: "After." }))).status).toBe(201);
});

test("an article that expired under an earlier release still names its author after the upgrade", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  at(NOON);
  const story = {
    authors: [{ name: "Ines Calder" }],
    sections: ["Politics"],
    content_text: "Gone.",
    title: "Gone",
  };
  const document = JSON.stringify({ ...story, date_published: new Date(NOON - MINUTE).toISOString() });
  expect((await put("gone", document, { "Content-Type": "application/json" })).status).toBe(201);
  await act("gone", "expire", { expires: new Date(NOON - 1000).toISOString() });
  await settle();
  await runInDurableObject(desk(), (_instance, { storage }) => {
    storage.sql.exec(
      "DELETE FROM expired; UPDATE ledger SET version = 3; UPDATE feed SET sequence = sequence + 1",
    );
  });
  await evictDurableObject(desk());
  await sweep();
  await settle();
  startAnotherIsolate();
  expect((await get("/authors/ines-calder")).status).toBe(200);
});
