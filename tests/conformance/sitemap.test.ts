/** Sitemaps (sitemaps.org, protocol 0.9; Google, "Create a news sitemap"). */
import { beforeEach, expect, test } from "vitest";
import { importLines } from "../support/stories/copies.ts";
import { at, edit, get, put, settle } from "../support/newsroom.ts";
import { ORIGIN, site } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";
import { type Element, named, only, parseXml, texts, throughUtf8 } from "../support/reading/xml.ts";

const SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}";
const NOW = Date.parse("2031-11-24T12:00:00Z");
const DAY = 86_400_000;
// W3C, "Date and Time Formats": a complete date, alone or with a time and its zone.
const W3C_DATETIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;
const MAX_LOCATION = 2048;
const FILES = ["/sitemap-pages.xml", "/sitemap-1.xml", "/news-sitemap.xml"];

beforeEach(() => {
  at(NOW);
});

async function read(path: string): Promise<Element> {
  return parseXml(await (await get(path)).text(), SITEMAP);
}

async function urls(path: string): Promise<Element[]> {
  return named(await read(path), "url");
}

async function locations(path: string): Promise<string[]> {
  return (await urls(path)).flatMap((url) => texts(url, "loc"));
}

async function news(): Promise<Element[]> {
  return (await urls("/news-sitemap.xml")).map((url) => only(named(url, `${NEWS}news`)));
}

function hoursAgo(hours: number): string {
  return new Date(NOW - hours * 3_600_000).toISOString();
}

async function putJson(id: string, members: Record<string, unknown> = {}): Promise<void> {
  const document = {
    title: "Harbour bridge reopens",
    date_published: hoursAgo(3),
    sections: ["Politics"],
    content_text: "Cars crossed the bridge at noon.",
    ...members,
  };
  const headers = { "Content-Type": "application/json" };
  const response = await edit("PUT", `/api/articles/${id}`, JSON.stringify(document), headers);
  if (!response.ok) throw new Error(await response.text());
}

/** Articles with everything that is hard to write into an address or into XML. */
async function publish(): Promise<void> {
  await putJson("bridge", {
    title: `Bridge & "bay" <open> ]]> 🌊`,
    sections: ["Politics", "Живопись & <art>"],
    authors: [{ name: "Zoë & <Ann> 北京" }],
    tags: ["R&D"],
  });
  await put("market", wire({ sections: "العربية", headline: "سوق الميناء", time: hoursAgo(30) }));
  await put("old", wire({ headline: "Old news" }));
  await settle();
}

test.each(FILES)(
  "[Sitemaps 0.9 XML tag definitions] %s is a urlset of url elements in the protocol's namespace",
  async (path) => {
    await publish();
    const { name, children } = await read(path);
    expect(name).toBe("urlset");
    expect(children.length).toBeGreaterThan(0);
    expect(children.filter((child) => child.name !== "url")).toEqual([]);
  },
);

test.each(FILES)(
  "[Sitemaps 0.9 loc] every url of %s has one loc, absolute, on the site and shorter than 2,048 characters",
  async (path) => {
    await publish();
    const locs = (await urls(path)).map((url) => only(texts(url, "loc")));
    expect(locs.filter((loc) => !loc.startsWith(`${ORIGIN}/`) || loc.length >= MAX_LOCATION)).toEqual([]);
    expect(new Set(locs).size).toBe(locs.length);
  },
);

test.each(FILES)(
  "[Sitemaps 0.9 Entity escaping] every loc of %s is an address in ASCII as RFC 3986 writes it",
  async (path) => {
    await publish();
    const locs = await locations(path);
    expect(
      locs.filter((loc) => !/^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/.test(loc) || new URL(loc).href !== loc),
    ).toEqual([]);
  },
);

test.each(FILES)(
  "[Sitemaps 0.9 loc] every page that %s lists answers at exactly that address",
  async (path) => {
    await publish();
    const answers = await Promise.all((await locations(path)).map((loc) => get(loc.slice(ORIGIN.length))));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  },
);

test("[Sitemaps 0.9 lastmod] every lastmod is a W3C Datetime, and none is later than now", async () => {
  await publish();
  const dates = (await urls("/sitemap-1.xml")).map((url) => only(texts(url, "lastmod")));
  expect(dates).toHaveLength(3);
  expect(dates.filter((date) => !W3C_DATETIME.test(date) || Date.parse(date) > Date.now())).toEqual([]);
});

test.each(["/sitemap.xml", ...FILES])(
  "[Sitemaps 0.9 Using Sitemap files] %s is XML in UTF-8, says so in its field and its declaration, and has no DTD",
  async (path) => {
    await publish();
    const response = await get(path);
    const text = await response.text();
    expect(response.headers.get("Content-Type")).toMatch(/^(?:application|text)\/xml; charset=utf-8$/);
    expect(text).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>/i);
    expect(text).not.toContain("<!DOCTYPE");
    expect(throughUtf8(text)).toBe(text);
  },
);

test("[Sitemaps 0.9 Sitemap index] the index is a sitemapindex of sitemap elements with one absolute loc each, on the site", async () => {
  await publish();
  const { name, children } = await read("/sitemap.xml");
  const locs = children.map((child) => only(texts(child, "loc")));
  expect([name, children.map((child) => child.name)]).toEqual([
    "sitemapindex",
    children.map(() => "sitemap"),
  ]);
  expect(locs.filter((loc) => !loc.startsWith(`${ORIGIN}/`))).toEqual([]);
  const roots = await Promise.all(locs.map((loc) => read(loc.slice(ORIGIN.length))));
  expect(roots.map((root) => root.name)).toEqual(locs.map(() => "urlset"));
});

test("[Sitemaps 0.9 Sitemap file location] a sitemap lists only pages below the folder that it lies in", async () => {
  await publish();
  const files = named(await read("/sitemap.xml"), "sitemap").flatMap((sitemap) => texts(sitemap, "loc"));
  const outside = await Promise.all(
    [...files, `${ORIGIN}/news-sitemap.xml`].map(async (file) => {
      const folder = file.slice(0, file.lastIndexOf("/") + 1);
      const outsiders = (await locations(file.slice(ORIGIN.length))).filter((loc) => !loc.startsWith(folder));
      return outsiders.length === 0 ? [] : [file];
    }),
  );
  expect(outside.flat()).toEqual([]);
});

test("[Google News sitemap] an article has each element once, in the schema's order", async () => {
  await publish();
  const found = await news();
  expect(found.map(({ children }) => children.map(({ name }) => name))).toEqual(
    found.map(() => [`${NEWS}publication`, `${NEWS}publication_date`, `${NEWS}title`]),
  );
  const publications = found.map((about) => only(named(about, `${NEWS}publication`)));
  expect(publications.map(({ children }) => children.map(({ name }) => name))).toEqual(
    found.map(() => [`${NEWS}name`, `${NEWS}language`]),
  );
});

test("[Google News sitemap] the name is the site's everywhere, the language is an ISO 639 code, and the date is that of publication", async () => {
  await publish();
  const found = (await news()).map((about) => {
    const publication = only(named(about, `${NEWS}publication`));
    return [`${NEWS}name`, `${NEWS}language`]
      .flatMap((name) => texts(publication, name))
      .concat(texts(about, `${NEWS}publication_date`), texts(about, `${NEWS}title`));
  });
  expect(found).toEqual([
    [site.title, "en", hoursAgo(3), `Bridge & "bay" <open> ]]> 🌊`],
    [site.title, "ar", hoursAgo(30), "سوق الميناء"],
  ]);
});

test("[Google News sitemap] a revision keeps the date on which the article was first published", async () => {
  await putJson("bridge");
  await settle();
  await putJson("bridge", { title: "Harbour bridge closes" });
  await settle();
  expect((await news()).map((about) => texts(about, `${NEWS}publication_date`))).toEqual([[hoursAgo(3)]]);
});

test("[Google News sitemap] the sitemap has only articles of the last two days, to the second", async () => {
  await put("in", wire({ headline: "In", time: new Date(NOW - 2 * DAY + 60_000).toISOString() }));
  await put("out", wire({ headline: "Out", time: new Date(NOW - 2 * DAY - 1000).toISOString() }));
  await settle();
  expect((await news()).map((about) => texts(about, `${NEWS}title`))).toEqual([["In"]]);
});

test("[Google News sitemap] the sitemap has the newest thousand articles and no more", async () => {
  const lines = Array.from({ length: 1003 }, (_, index) => ({
    id: `story-${index}`,
    title: `Story ${index}`,
    sections: ["Sport"],
    date_published: new Date(NOW - index * 60_000).toISOString(),
    content_text: "It happened.",
  }));
  await importLines(lines);
  await settle();
  const titles = (await news()).flatMap((about) => texts(about, `${NEWS}title`));
  expect([titles.length, titles[0], titles.at(-1)]).toEqual([1000, "Story 0", "Story 999"]);
}, 120_000);
