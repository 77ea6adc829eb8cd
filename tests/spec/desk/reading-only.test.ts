/** Reads change nothing: every table of the ledger is the same before and after each GET. */
import { beforeEach, expect, test } from "vitest";
import { exported } from "../../support/stories/copies.ts";
import { crawl } from "../../support/reading/crawl.ts";
import { OPERATIONS } from "../../support/description.ts";
import { at, edit, put, settle, withdraw } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";
import { uploaded } from "../../support/media.ts";
import { makePng } from "../../support/pictures.ts";
import { everyRow, makeToken } from "../../support/tokens.ts";

const NOON = Date.parse("2031-11-25T12:00:00Z");

let picture = "";

async function ledger(): Promise<string[]> {
  return (await everyRow()).map((row) => JSON.stringify(row));
}

beforeEach(async () => {
  at(NOON);
  await put("bridge", wire());
  await put("ferry", wire({ sections: "Sport", headline: "Ferry" }));
  await withdraw("ferry");
  await makeToken();
  picture = (await uploaded(await makePng(9, 9))).id;
  await edit("POST", "/api/webhooks", JSON.stringify({ name: "Bridge", url: "https://desk.example.org/" }), {
    "Content-Type": "application/json",
  });
  await settle();
  // The second revision comes within the second of the first: its feeds and archive pages wait for KV, without a date.
  await put("bridge", wire({ body: "One." }));
  await put("bridge", wire({ body: "Two." }));
});

test.each(OPERATIONS.filter(({ method }) => method === "get").map(({ id, path }) => [id, path]))(
  "%s changes no row",
  async (_, path) => {
    const before = await ledger();
    expect(before.some((row) => row.startsWith('["outbox",'))).toBe(true);
    const id = path.startsWith("/api/media/") ? picture : "bridge";
    const response = await edit("GET", path.replace("{id}", id).replace("{revision}", "1"));
    await response.arrayBuffer();
    expect(response.status).toBe(200);
    expect(await ledger()).toEqual(before);
  },
);

test("no request of a reader changes a row", async () => {
  const before = await ledger();
  const visits = await crawl(["/", "/rss.xml", "/sitemap.xml", "/feeds.opml", "/robots.txt"], () => []);
  expect(visits.length).toBeGreaterThan(30);
  expect(await ledger()).toEqual(before);
});

/** The date of each feed in an export, in milliseconds. */
async function dates(): Promise<Record<string, number>> {
  const lines = (await exported()).trimEnd().split("\n");
  const feeds = lines.map((line): { feed?: { id: string; changed: number } } => JSON.parse(line));
  return Object.fromEntries(
    feeds.flatMap(({ feed }) => (feed === undefined ? [] : [[feed.id, feed.changed]])),
  );
}

test("an export dates a feed that waits for KV as a write that starts now would, and other feeds with their own date", async () => {
  const HOUR = 3_600_000;
  const { "section:sport": sport } = await dates();
  at(NOON + HOUR);
  const waiting = await dates();
  await settle();
  const written = await dates();
  at(NOON + 2 * HOUR);
  expect([waiting, await dates()]).toEqual([
    { all: NOON + HOUR, "section:politics": NOON + HOUR, "section:sport": sport },
    written,
  ]);
});
