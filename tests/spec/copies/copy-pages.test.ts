/** The archive pages that a copy names: its own pages and no more, in any order of its lines. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { anArticle } from "../../support/stories/article.ts";
import { archived, walk } from "../../support/reading/archive.ts";
import { clear } from "../../support/clear.ts";
import { exported, importBody, importLines } from "../../support/stories/copies.ts";
import { at, get, settle } from "../../support/newsroom.ts";
import { publishAll, series } from "../../support/stories/stories.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const LONG = 60_000;
const FAR = 100_000;
// In two feeds together, more pages than one part of an export describes.
const PAGES = 110;
const MINUTE = 60_000;

/** An article that stands on one page of the whole site's archive and of its section's. */
function line(n: number, page: number): object {
  const id = `story-${n}`;
  const published = Date.parse("2026-11-01T00:00:00Z") + n * MINUTE;
  const article = anArticle({ id, guid: `urn:${id}`, published, updated: published, changed: published });
  const places = { all: page, "section:politics": page };
  return { revision: { digest: null, past: false, places, article } };
}

/** The number of the article in a line of a copy. */
function numberOf(text: string): number {
  return Number(/"id":"story-(\d+)"/.exec(text)?.[1]);
}

async function pageKeys(): Promise<string[]> {
  const { keys } = await env.ARTICLES.list({ prefix: "page:" });
  return keys.map(({ name }) => name);
}

async function take(lines: readonly unknown[]): Promise<void> {
  const { summary } = await importLines(lines);
  expect(summary?.["refused"]).toBe(0);
  await settle();
}

async function startAnew(): Promise<void> {
  await clear();
  startAnotherIsolate();
}

beforeEach(() => {
  at(NOON);
});

describe("a line that names an archive page far ahead", () => {
  test("makes no page between, and the article is still in its feeds", async () => {
    await take([line(1, FAR)]);
    expect([await pageKeys(), (await get("/articles/story-1")).status]).toEqual([[], 200]);
    expect(await (await get("/feed.json")).text()).toContain("story-1");
  });

  test("is ignored when the copy lists its own pages: the article enters the archive like a new one", async () => {
    await take([line(1, 1)]);
    const own = (await exported()).trimEnd().split("\n");
    await startAnew();
    await take([line(1, 1), line(2, FAR), ...own.filter((text) => text.startsWith('{"feed"'))]);
    expect(archived(await walk("/atom.xml"))).toEqual(["story-2", "story-1"]);
    expect(await pageKeys()).toEqual(["page:all:1", "page:section:politics:1"]);
    expect(await exported()).not.toContain(`"${FAR} `);
  });

  test("that is only a few pages ahead makes the pages between, so that a walk of the archive misses none", async () => {
    await take([line(1, 3), line(2, 21)]);
    expect(archived(await walk("/atom.xml"))).toEqual(["story-2", "story-1"]);
    expect((await pageKeys()).length).toBe(2 * 21);
  });

  test("doesn't change the pages of new articles", async () => {
    await take([line(1, FAR)]);
    await publishAll(series("new", 51));
    expect(archived(await walk("/atom.xml")).length).toBe(51);
    expect(await pageKeys()).toEqual([
      "page:all:1",
      "page:all:2",
      "page:section:politics:1",
      "page:section:politics:2",
    ]);
  });
});

test("a feed’s line that lists more archive pages than there are revisions makes no more", async () => {
  await take([line(1, 1)]);
  const feed = (await exported()).split("\n").find((text) => text.startsWith('{"feed":{"id":"all"'));
  const copied: { feed: { pages: string[] } } = JSON.parse(feed ?? "");
  const digest = copied.feed.pages[0]?.split(" ")[3];
  // The digest of an empty list: an archive page that has lost all its articles.
  const empty = "cbf29ce484222325";
  expect(digest).not.toBe(empty);
  const pages = Array.from({ length: 500 }, (_, index) => `${index + 2} ${NOON} 1 ${empty}`);
  await take([{ feed: { ...copied.feed, pages: [...copied.feed.pages, ...pages] } }]);
  expect(await pageKeys()).toEqual(["page:all:1", "page:section:politics:1"]);
});

test.each([
  ["from the last page to the first", (a: number, b: number) => b - a],
  ["from both ends", (a: number, b: number) => Math.min(a, PAGES - a) - Math.min(b, PAGES - b)],
])(
  "a copy whose articles come %s has the same archive, byte for byte",
  async (_, order) => {
    const numbers = Array.from({ length: PAGES }, (_value, index) => index + 1);
    await take(numbers.map((n) => line(n, n)));
    const copy = await exported();
    const original = await walk("/atom.xml");
    expect(original.length).toBe(PAGES + 1);
    const lines = copy.trimEnd().split("\n");
    const articles = lines.filter((text) => text.startsWith('{"revision"'));
    const rest = lines.slice(articles.length);
    await startAnew();
    const shuffled = articles.toSorted((a, b) => order(numberOf(a), numberOf(b)));
    const { summary } = await importBody(`${[...shuffled, ...rest].join("\n")}\n`);
    await settle();
    expect(summary?.["refused"]).toBe(0);
    expect(await walk("/atom.xml")).toEqual(original);
    expect(await exported()).toBe(copy);
  },
  LONG,
);
