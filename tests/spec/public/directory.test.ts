/** The directory of a site with more sections and authors than one document can list. */
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { faults } from "../../support/faulty-kv.ts";
import { at, desk, get, put, settle, sweep, withdraw } from "../../support/newsroom.ts";
import { ORIGIN } from "../../support/site.ts";
import { sized } from "../../support/size.ts";
import { publishAll, putStory, story } from "../../support/stories/stories.ts";
import { wire } from "../../support/stories/wire.ts";
import { startAnotherIsolate } from "../../support/worker.ts";
import { named, only, parseXml, texts } from "../../support/reading/xml.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const LONG = 120_000;
const AUTHORS = sized(1500, 15_000);
const PAGES = AUTHORS / 500;
const SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
// A size that fits easily into the isolate cache, and that a crawler or a reader's software accepts at once.
const MAX_BYTES = 1_000_000;
const NAME = "Nguyễn Thị & Søren “Quay” Ashby-Featherstonehaugh the Younger";

beforeEach(() => {
  at(NOW);
});

/** Makes this many feeds with an article each and in no list, as an earlier release would have left them. */
async function manyFeeds(kind: "section" | "author", count: number): Promise<void> {
  await desk().tokens();
  await runInDurableObject(desk(), (_instance, { storage }) => {
    const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)";
    storage.sql.exec(
      `${numbers} INSERT INTO feed (id, title, count, sequence, stamped, changed, page)
       SELECT ? || printf(':name-%05d', i), ? || ' ' || i, 1, 1, 0, 0, 0 FROM n`,
      count,
      kind,
      NAME,
    );
    storage.sql.exec(
      `${numbers} INSERT INTO entry (feed, published, article) SELECT ? || printf(':name-%05d', i), i, 'old' FROM n`,
      count,
      kind,
    );
  });
}

/** The body of a public document, which no document may exceed. */
async function body(path: string): Promise<string> {
  const response = await get(path);
  const bytes = await response.bytes();
  expect([path, response.status, bytes.byteLength < MAX_BYTES]).toEqual([path, 200, true]);
  return new TextDecoder().decode(bytes);
}

/** The addresses of authors or of sections in a page. */
/** The pages of topics to which the content of a page leads; its masthead leads to sections too. */
function homesIn(kind: string, html: string): string[] {
  const [, content = ""] = /<main[^>]*>(.*)<\/main>/s.exec(html) ?? [];
  return [...content.matchAll(new RegExp(`"(/${kind}/[^"/]+)"`, "g"))].map(([, path = ""]) => path);
}

/** The names on the pages of a list, from the first along rel=next. */
async function walk(start: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let path: string | undefined = start; path !== undefined;) {
    const html: string = await body(path);
    pages.push(homesIn(start.slice(1), html));
    path = /href="([^"]+)" rel="next"/.exec(html)?.[1];
  }
  return pages;
}

async function locations(path: string): Promise<string[]> {
  const { children } = parseXml(await body(path), SITEMAP);
  return children.flatMap((child) => texts(child, "loc")).map((url) => url.slice(ORIGIN.length));
}

/** The lists that are written when an author publishes something now. */
async function written(name: string): Promise<string[]> {
  faults.writes.length = 0;
  const published = new Date(Date.now()).toISOString();
  await putStory(story("new", { authors: [{ name }], date_published: published }));
  await settle();
  return faults.writes.map(({ key }) => key).filter((key) => key.startsWith("site:authors"));
}

test(
  "thousands of authors make no document large for every visitor, and each of them can be found",
  async () => {
    await manyFeeds("author", AUTHORS);
    await vi.waitUntil(
      async () => {
        await sweep();
        await settle();
        return (await get(`/sitemap-authors-${PAGES}.xml`)).status === 200;
      },
      { timeout: LONG, interval: 0 },
    );
    const pages = await walk("/authors");
    expect([pages.length, pages.every(({ length }) => length === 500), new Set(pages.flat()).size]).toEqual([
      PAGES,
      true,
      AUTHORS,
    ]);
    for (const path of ["/", "/feeds", "/feeds.opml", "/sitemap-pages.xml"]) await body(path);
    expect(new Set(homesIn("authors", await body("/feeds"))).size).toBe(100);
    expect(await body("/feeds")).toContain('href="/authors"');
    const groups = named(only(named(parseXml(await body("/feeds.opml")), "body")), "outline");
    const outlines = groups.flatMap((group) => named(group, "outline")).map(({ attributes }) => attributes);
    expect(outlines.filter(({ htmlUrl = "" }) => htmlUrl.includes("/authors/")).length).toBe(100);
    expect(outlines.filter(({ type }) => type === "link").map(({ url }) => url)).toEqual([
      `${ORIGIN}/authors`,
    ]);
    const files = (await locations("/sitemap.xml")).filter((path) => path.includes("authors"));
    const listed = (await Promise.all(files.map(locations))).flat();
    expect([files.length, new Set(listed).size]).toEqual([PAGES, AUTHORS]);
    // One author's action changes few of these records.
    expect(await written("name 00007")).toEqual(expect.arrayContaining(["site:authors"]));
    expect((await written("Jane Roe")).toSorted()).toEqual([
      "site:authors",
      `site:authors:${PAGES}`,
      `site:authors:${PAGES + 1}`,
    ]);
    expect((await walk("/authors")).at(-1)).toEqual(["/authors/jane-roe"]);
  },
  LONG,
);

test(
  "hundreds of sections that articles opened are listed by page, and every page names the most active of them",
  async () => {
    await manyFeeds("section", 700);
    await vi.waitUntil(
      async () => {
        await sweep();
        await settle();
        return (await get("/sections/page/2")).status === 200;
      },
      { timeout: LONG, interval: 0 },
    );
    startAnotherIsolate();
    const opened = homesIn("sections", await body("/feeds")).filter((path) => path.includes("name-"));
    expect(new Set(opened).size).toBe(200);
    const front = await body("/");
    expect(front).toContain('href="/sections"');
    expect(new Set(front.match(/\/sections\/name-\d+/g)).size).toBe(20);
    expect(front).toContain("/sections/name-00700");
    expect(front).not.toContain("/sections/name-00001");
    expect((await walk("/sections")).map(({ length }) => length)).toEqual([500, 200]);
  },
  LONG,
);

function by(...names: string[]): { authors: { name: string }[] } {
  return { authors: names.map((name) => ({ name })) };
}

describe("the list of authors", () => {
  test("exists, and is empty, before anybody has published", async () => {
    expect(await walk("/authors")).toEqual([[]]);
    expect(await walk("/sections")).toEqual([[]]);
  });

  test("has each author by name as long as that author has an article", async () => {
    await publishAll([story("a", by("Jane Roe")), story("b", by("Ann Lee")), story("c", by("Jane Roe"))]);
    expect(await walk("/authors")).toEqual([["/authors/ann-lee", "/authors/jane-roe"]]);
    await withdraw("b");
    await settle();
    expect(await walk("/authors")).toEqual([["/authors/jane-roe"]]);
    await publishAll([story("d", by("Ann Lee"))]);
    expect(await walk("/authors")).toEqual([["/authors/ann-lee", "/authors/jane-roe"]]);
  });

  test("accepts an author whose name is the word page, or a number", async () => {
    await publishAll([story("a", by("Page", "2"))]);
    expect(await walk("/authors")).toEqual([["/authors/2", "/authors/page"]]);
    for (const path of ["/authors/page", "/authors/2", "/authors/page/rss.xml", "/authors/2/atom.xml"]) {
      expect([path, (await get(path)).status]).toEqual([path, 200]);
    }
  });

  test.each([
    "/authors/page/2",
    "/authors/page/0",
    "/authors/page/01",
    "/authors/page/x",
    "/sections/page/2",
    "/sitemap-authors-2.xml",
    "/sitemap-authors-0.xml",
    "/sitemap-sections-01.xml",
  ])("has no page %s", async (path) => {
    await publishAll([story("a", by("Jane Roe"))]);
    expect((await get(path)).status).toBe(404);
  });

  test("doesn't name an author whose articles are under embargo", async () => {
    await put("fall", wire({ sections: "Secret", time: "2031-11-24T20:00:00Z" }));
    await settle();
    expect([await walk("/authors"), await walk("/sections")]).toEqual([[[]], [[]]]);
  });
});

test(
  "of authors who last published at the same time, one who publishes again comes into the list",
  async () => {
    const tied = new Date(NOW - 60_000).toISOString();
    const names = Array.from({ length: 105 }, (_, index) => `Tied ${String(index + 1).padStart(3, "0")}`);
    await publishAll(
      names.map((name, index) => story(`t${index}`, { authors: [{ name }], date_published: tied })),
    );
    expect(await body("/feeds.opml")).not.toContain("Tied 001");
    await putStory(
      story("new", { authors: [{ name: "Tied 001" }], date_published: new Date(NOW).toISOString() }),
    );
    await settle();
    expect(await body("/feeds.opml")).toContain("Tied 001");
  },
  LONG,
);
