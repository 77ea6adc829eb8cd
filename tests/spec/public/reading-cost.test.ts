/** The cost of readers: the keys of KV that each kind of request reads in a fresh isolate, and when repeated at once. */
import { beforeEach, describe, expect, test } from "vitest";
import { faults } from "../../support/faulty-kv.ts";
import { at, request } from "../../support/newsroom.ts";
import { publishAll, series, story } from "../../support/stories/stories.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const LONG = 120_000;

beforeEach(async () => {
  at(NOW);
  const named = { authors: [{ name: "Jane Roe" }], tags: ["bridges"], sections: ["Politics", "Harvest"] };
  await publishAll([...series("s", 110, named), ...series("e", 60, { sections: ["Events"] })]);
  await publishAll([story("last", { sections: ["Events"] })]);
}, LONG);

/** The number of keys that a request reads. */
async function keys(path: string, init: RequestInit = {}): Promise<{ reads: number; response: Response }> {
  faults.reads.length = 0;
  const response = await request(path, init);
  await response.bytes();
  return { reads: faults.reads.flatMap((read) => read.split(",")).length, response };
}

/** The reads of GET, HEAD and a conditional GET in a fresh isolate, and of GET after GET. */
async function costs(path: string): Promise<Record<string, number>> {
  startAnotherIsolate();
  const { reads: full, response } = await keys(path);
  expect([path, response.status]).toEqual([path, 200]);
  const { reads: again } = await keys(path);
  const headers = { "If-None-Match": response.headers.get("ETag") ?? "" };
  startAnotherIsolate();
  const { reads: head } = await keys(path, { method: "HEAD" });
  startAnotherIsolate();
  const { reads: unchanged, response: short } = await keys(path, { headers });
  expect([path, short.status]).toEqual([path, 304]);
  return { full, again, head, unchanged };
}

const once = (reads: number) => ({ full: reads, again: 0, head: reads, unchanged: reads });

/** Each kind of document, its address, and what it costs. */
const COSTS: [what: string, path: string, cost: Record<string, number>][] = [
  ["a feed", "/rss.xml", once(1)],
  ["a section’s feed", "/sections/politics/atom.xml", once(1)],
  ["the feed of a section that opened by being named", "/sections/harvest/atom.xml", once(1)],
  ["an author’s feed", "/authors/jane-roe/feed.json", once(1)],
  ["a union’s feed", "/sections/events+politics/rss.xml", once(2)],
  ["an archive page", "/archive/1/rss.xml", { full: 51, again: 0, head: 1, unchanged: 1 }],
  [
    "a section’s archive page",
    "/sections/harvest/archive/1/rss.xml",
    { full: 51, again: 0, head: 1, unchanged: 1 },
  ],
  [
    "an author’s archive page",
    "/authors/jane-roe/archive/2/atom.xml",
    { full: 51, again: 0, head: 1, unchanged: 1 },
  ],
  [
    "a page of a union’s archive",
    "/sections/events+politics/archive/politics-2/rss.xml",
    { full: 51, again: 0, head: 1, unchanged: 1 },
  ],
  // It leads to the other section's newest page.
  [
    "the last page of a section in a union’s archive",
    "/sections/events+politics/archive/politics-1/rss.xml",
    { full: 52, again: 0, head: 2, unchanged: 2 },
  ],
  // With the sections in its masthead, and the window of its first section.
  ["an article’s page", "/articles/s-7", once(3)],
  ["a section’s page", "/sections/politics", once(2)],
  ["an archive page for people", "/archive/1", { full: 52, again: 0, head: 2, unchanged: 2 }],
  ["the front page", "/", once(2)],
  ["the list of feeds", "/feeds", once(2)],
  ["the list of feeds as OPML", "/feeds.opml", once(2)],
  ["the list of authors", "/authors", once(2)],
  ["the list of sections", "/sections", once(2)],
  ["the index of sitemaps", "/sitemap.xml", once(3)],
  ["the sitemap of pages", "/sitemap-pages.xml", once(2)],
  ["the sitemap of authors", "/sitemap-authors-1.xml", once(1)],
  // The window that counts its four archive pages, and these.
  ["a sitemap of articles", "/sitemap-1.xml", once(2)],
  ["the news sitemap", "/news-sitemap.xml", once(1)],
  ["robots.txt", "/robots.txt", once(0)],
  ["the style sheet", "/style.css", once(0)],
];

describe("a reader costs the listed number of keys", () => {
  test("for each kind of document", async () => {
    for (const [what, path, expected] of COSTS) expect([what, await costs(path)]).toEqual([what, expected]);
  });

  test("but never reads an article twice: for an archive page in another format, and for a page with the same articles", async () => {
    startAnotherIsolate();
    await keys("/authors/jane-roe/archive/1/rss.xml");
    expect((await keys("/authors/jane-roe/archive/1/atom.xml")).reads).toBe(0);
    expect((await keys("/tags/bridges/archive/1/rss.xml")).reads).toBe(1);
  });
});

/** Addresses that don't exist, and the number of keys that each costs. */
const NOTHING: [path: string, reads: number][] = [
  ["/nowhere", 0],
  ["/RSS.xml", 0],
  ["/rss.xml.gz", 0],
  ["/articles/UPPER", 0],
  ["/articles/nothing", 1],
  ["/sections/nowhere/rss.xml", 1],
  ["/sections/nowhere", 1],
  ["/sections/nothing+nowhere/rss.xml", 1],
  ["/sections/nowhere+politics/rss.xml", 1],
  ["/sections/nowhere/archive/1/rss.xml", 1],
  ["/authors/nobody/rss.xml", 1],
  ["/authors/nobody", 1],
  ["/tags/nothing/atom.xml", 1],
  ["/tags/nothing/archive/3/atom.xml", 1],
  ["/feeds/nothing/rss.xml", 0],
  ["/feeds/nothing/archive/1/rss.xml", 0],
  ["/archive/99/rss.xml", 1],
  ["/archive/0/rss.xml", 0],
  ["/archive/x/rss.xml", 0],
  ["/sections/events+politics/archive/politics-99/rss.xml", 1],
  ["/sections/events+politics/archive/sport-1/rss.xml", 0],
  ["/sitemap-99.xml", 1],
  ["/sitemap-0.xml", 1],
  ["/sitemap-authors-99.xml", 1],
  ["/sections/page/99", 1],
  ["/problems/none", 0],
  ["/archive/99", 1],
  ["/archive/x", 0],
  ["/tags/nothing/archive/3", 1],
  ["/feeds/nothing/archive/1", 0],
];

test("an address that doesn't exist costs one key at most", async () => {
  for (const [path, reads] of NOTHING) {
    startAnotherIsolate();
    const found = await keys(path);
    expect([path, found.response.status, found.reads]).toEqual([path, 404, reads]);
  }
});

describe("a feed that doesn’t exist is looked up once", () => {
  test.each<[string, RequestInit]>([
    ["by software", {}],
    ["by HEAD", { method: "HEAD" }],
    ["by a person", { headers: { "Sec-Fetch-Dest": "document" } }],
  ])("%s, however long the read takes", async (_, init) => {
    startAnotherIsolate();
    let now = NOW;
    // The result of this read expires at once, so that a second look-up would read again.
    faults.isReadFailing = () => {
      now += 5000;
      at(now);
      return false;
    };
    for (const path of ["/sections/nowhere/rss.xml", "/authors/nobody/feed", "/archive/99/atom.xml"]) {
      const found = await keys(path, init);
      expect([path, found.response.status, found.reads]).toEqual([path, 404, 1]);
    }
  });
});
