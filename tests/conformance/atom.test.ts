/** Atom 1.0 (RFC 4287) and its tombstones (RFC 6721), read by a strict namespace-aware XML parser. */
import { expect, test } from "vitest";
import { get, put, settle, until, withdraw } from "../support/newsroom.ts";
import { ORIGIN, site } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";
import { ATOM, type Element, named, only, parseXml, texts } from "../support/reading/xml.ts";

const DELETED_ENTRY = "{http://purl.org/atompub/tombstones/1.0}deleted-entry";
// RFC 3339, section 5.6, with the upper-case letters that RFC 4287, section 3.3, demands.
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function counts(parent: Element): Record<string, number> {
  const groups = Map.groupBy(parent.children, ({ name }) => name);
  return Object.fromEntries(groups.entries().map(([name, list]) => [name, list.length]));
}

async function fetchFeed(path = "/atom.xml"): Promise<Element> {
  return parseXml(await (await get(path)).text(), ATOM);
}

async function fetchEntry(path = "/atom.xml"): Promise<Element> {
  return only(named(await fetchFeed(path), "entry"));
}

test("[RFC 4287 4.1.1] a feed has exactly one id, title, subtitle, updated, generator and author", async () => {
  await put("harbour-bridge", wire());
  expect(counts(await fetchFeed())).toEqual({
    id: 1,
    title: 1,
    subtitle: 1,
    updated: 1,
    generator: 1,
    author: 1,
    link: 4,
    entry: 1,
  });
});

test("[RFC 4287 4.1.1] a feed without articles has everything but entries", async () => {
  expect(counts(await fetchFeed("/sections/weather/atom.xml"))).toEqual({
    id: 1,
    title: 1,
    subtitle: 1,
    updated: 1,
    generator: 1,
    author: 1,
    link: 3,
  });
});

test("[RFC 4287 4.1.1] a feed's metadata precede its entries", async () => {
  await put("harbour-bridge", wire());
  const names = (await fetchFeed()).children.map(({ name }) => name);
  expect(names.indexOf("entry")).toBe(names.length - 1);
});

test("[RFC 4287 4.1.2] an entry has exactly one id, title, updated, published, summary, content and author", async () => {
  await put("harbour-bridge", wire());
  expect(counts(await fetchEntry())).toEqual({
    id: 1,
    title: 1,
    updated: 1,
    published: 1,
    summary: 1,
    content: 1,
    author: 1,
    link: 1,
    category: 1,
  });
});

test("[RFC 4287 4.1.2] an entry of an article without summary has none", async () => {
  await put("harbour-bridge", wire({ summary: "" }));
  expect(named(await fetchEntry(), "summary")).toEqual([]);
});

test("[RFC 4287 3.1.1.1] titles and summaries are plain text, and markup in them stays text", async () => {
  await put("harbour-bridge", wire({ headline: "R&D <or> not &amp; why", summary: "Vec<T> & more" }));
  const entry = await fetchEntry();
  const constructs = [...named(entry, "title"), ...named(entry, "summary")].map(({ attributes, text }) => ({
    type: attributes["type"] ?? "text",
    text,
  }));
  expect(constructs).toEqual([
    { type: "text", text: "R&D <or> not &amp; why" },
    { type: "text", text: "Vec<T> & more" },
  ]);
});

test("[RFC 4287 3.3] every date is an RFC 3339 date-time with an upper-case T and its offset", async () => {
  await put("harbour-bridge", wire({ time: "2026-11-04t08:07:06+01:00" }));
  const feed = await fetchFeed();
  const entry = only(named(feed, "entry"));
  const dates = [...texts(feed, "updated"), ...texts(entry, "updated"), ...texts(entry, "published")];
  expect(dates.filter((date) => DATE.test(date))).toHaveLength(3);
});

test("[RFC 4287 4.1.3.3] the content is of type html and holds the whole body", async () => {
  await put("harbour-bridge", wire({ body: "Cars & <i>vans</i> ]]> crossed.\n\nAt noon." }));
  const [content] = named(await fetchEntry(), "content");
  expect({ type: content?.attributes["type"], text: content?.text }).toEqual({
    type: "html",
    text: "<p>Cars &amp; &lt;i&gt;vans&lt;/i&gt; ]]&gt; crossed.</p>\n<p>At noon.</p>",
  });
});

test("[RFC 4287 4.2.1] an article without a byline has the publisher as its author", async () => {
  await put("harbour-bridge", wire());
  const author = only(named(await fetchEntry(), "author"));
  expect({ name: texts(author, "name"), uri: texts(author, "uri") }).toEqual({
    name: ["The Alder Bay Courier"],
    uri: ["https://courier.example/"],
  });
});

test("[RFC 4287 4.2.2] an entry has a category for each section: its id as term, the scheme, its title as label", async () => {
  await put("harbour-bridge", wire({ sections: "Human Rights Gardening" }));
  const scheme = `${ORIGIN}/sections`;
  expect(named(await fetchEntry(), "category").map(({ attributes }) => attributes)).toEqual([
    { term: "human-rights", scheme, label: "Human Rights" },
    { term: "gardening", scheme, label: "Gardening" },
  ]);
});

test("[RFC 4287 4.2.6] an entry's id is an absolute IRI, the tag URI of its article", async () => {
  await put("harbour-bridge", wire());
  expect(texts(await fetchEntry(), "id")).toEqual([
    expect.stringMatching(/^tag:courier\.example,\d{4}-\d{2}-\d{2}:harbour-bridge$/),
  ]);
});

test("[RFC 4287 4.2.6] every feed has an id of its own, under the site's authority and starting day", async () => {
  const paths = ["/atom.xml", "/sections/politics/atom.xml", "/sections/human-rights/atom.xml"];
  const ids = await Promise.all(paths.map(async (path) => texts(await fetchFeed(path), "id")));
  expect(ids).toEqual([
    ["tag:courier.example,2026-01-01:feeds/all"],
    ["tag:courier.example,2026-01-01:feeds/sections/politics"],
    ["tag:courier.example,2026-01-01:feeds/sections/human-rights"],
  ]);
});

test("[RFC 4287 4.2.6, 4.2.9, 4.2.15] a revision keeps id and published, and moves updated", async () => {
  await put("harbour-bridge", wire());
  const before = await fetchEntry();
  await put("harbour-bridge", wire({ headline: "Bridge closes again" }));
  await settle();
  await until("/atom.xml", (body) => body.includes("Bridge closes again"));
  const after = await fetchEntry();
  expect({ id: texts(after, "id"), published: texts(after, "published") }).toEqual({
    id: texts(before, "id"),
    published: ["2026-11-04T07:07:06.000Z"],
  });
  expect(texts(before, "updated")).toEqual(["2026-11-04T07:07:06.000Z"]);
  expect(Date.parse(only(texts(after, "updated")))).toBeGreaterThan(Date.parse("2026-11-04T07:07:06Z"));
});

test.each(["/atom.xml", "/sections/politics/atom.xml", "/sections/gardening/atom.xml"])(
  "[RFC 4287 4.2.7.2] the feed at %s links to itself by its own address, and to its page",
  async (path) => {
    await put("harbour-bridge", wire({ sections: "Politics Gardening" }));
    const links = named(await fetchFeed(path), "link").map(({ attributes }) => ({
      rel: attributes["rel"],
      href: attributes["href"],
    }));
    const page = path === "/atom.xml" ? "/" : path.replace("/atom.xml", "");
    const own = links.filter(({ rel }) => rel === "self" || rel === "alternate");
    expect(own.toSorted((a, b) => String(a.rel).localeCompare(String(b.rel)))).toEqual([
      { rel: "alternate", href: `${ORIGIN}${page}` },
      { rel: "self", href: `${ORIGIN}${path}` },
    ]);
  },
);

test("[RFC 4287 4.2.7.2] an entry's one alternate link leads to the article's page", async () => {
  await put("harbour-bridge", wire());
  const links = named(await fetchEntry(), "link").map(({ attributes }) => ({
    rel: attributes["rel"] ?? "alternate",
    href: attributes["href"],
  }));
  expect(links).toEqual([{ rel: "alternate", href: `${ORIGIN}/articles/harbour-bridge` }]);
});

test("[RFC 4287 4.2.4, 4.2.12, 4.2.14] generator, subtitle and title say whose feed it is", async () => {
  const feed = await fetchFeed();
  expect({
    generator: texts(feed, "generator"),
    subtitle: texts(feed, "subtitle"),
    title: texts(feed, "title"),
  }).toEqual({ generator: ["Dateline"], subtitle: [site.description], title: [site.title] });
});

test("[RFC 4287 4.2.14] a section's feed has its own title and subtitle", async () => {
  await put("harbour-bridge", wire({ sections: "Gardening" }));
  const feed = await fetchFeed("/sections/gardening/atom.xml");
  expect({ title: texts(feed, "title"), subtitle: texts(feed, "subtitle") }).toEqual({
    title: ["Gardening – The Alder Bay Courier"],
    subtitle: ["Gardening: the latest from The Alder Bay Courier."],
  });
});

test("[RFC 4287 4.2.15] a feed was updated when the response says that it was last modified", async () => {
  await put("harbour-bridge", wire());
  const response = await get("/atom.xml");
  const updated = only(texts(parseXml(await response.text(), ATOM), "updated"));
  expect(new Date(updated).toUTCString()).toBe(response.headers.get("Last-Modified"));
});

test("[RFC 4287 4.2.15] a feed that never held an article was updated when the site began", async () => {
  expect(texts(await fetchFeed("/sections/weather/atom.xml"), "updated")).toEqual([
    "2026-01-01T00:00:00.000Z",
  ]);
});

test("[RFC 4287 4.2.15] two entries with the same dateline time differ in their updated", async () => {
  await put("one", wire({ headline: "One" }));
  await put("two", wire({ headline: "Two" }));
  await settle();
  await until("/atom.xml", (body) => body.includes("<title>Two"));
  const updated = named(await fetchFeed(), "entry").flatMap((entry) => texts(entry, "updated"));
  expect(updated).toHaveLength(2);
  expect(new Set(updated).size).toBe(2);
});

test("[RFC 4287 2] a feed is in the language that its xml:lang names", async () => {
  const paths = ["/atom.xml", "/sections/arabic/atom.xml"];
  const feeds = await Promise.all(paths.map((path) => fetchFeed(path)));
  expect(feeds.map(({ attributes }) => attributes["xml:lang"])).toEqual(["en", "ar"]);
});

test("[RFC 4287 2] an Arabic article's title, summary and content are in Arabic within the English feed", async () => {
  await put(
    "market",
    wire({
      sections: "العربية",
      headline: "سوق الميناء",
      summary: "عاد السوق.",
      body: "عاد السوق إلى الميناء.",
    }),
  );
  const entry = await fetchEntry();
  const languages = ["title", "summary", "content"].map((name) => only(named(entry, name)).language);
  expect(languages).toEqual(["ar", "ar", "ar"]);
});

test("[RFC 4287 2] an English article's title, summary and content are in English", async () => {
  await put("harbour-bridge", wire());
  const entry = await fetchEntry();
  const languages = ["title", "summary", "content"].map((name) => only(named(entry, name)).language);
  expect(languages).toEqual(["en", "en", "en"]);
});

test("[RFC 4287 7] a feed comes as application/atom+xml in UTF-8", async () => {
  expect((await get("/atom.xml")).headers.get("Content-Type")).toBe("application/atom+xml; charset=utf-8");
});

test("[RFC 6721 3] a withdrawn article leaves a deleted-entry with its id and the time, and no entry", async () => {
  await put("harbour-bridge", wire());
  const [id] = texts(await fetchEntry(), "id");
  const earliest = Date.now();
  await withdraw("harbour-bridge");
  const latest = Date.now();
  await settle();
  await until("/atom.xml", (body) => body.includes("deleted-entry"));
  const feed = await fetchFeed();
  const { ref, when = "", ...others } = only(named(feed, DELETED_ENTRY)).attributes;
  expect({ ref, others, entries: named(feed, "entry") }).toEqual({ ref: id, others: {}, entries: [] });
  expect(when).toMatch(DATE);
  expect(Date.parse(when)).toBeGreaterThanOrEqual(earliest);
  expect(Date.parse(when)).toBeLessThanOrEqual(latest);
});

test("[RFC 6721 3] the feeds of a withdrawn article's sections have the deleted-entry too", async () => {
  await put("harbour-bridge", wire({ sections: "Politics Gardening" }));
  await withdraw("harbour-bridge");
  await settle();
  const paths = ["/sections/politics/atom.xml", "/sections/gardening/atom.xml"];
  await Promise.all(paths.map((path) => until(path, (body) => body.includes("deleted-entry"))));
  const feeds = await Promise.all(paths.map((path) => fetchFeed(path)));
  expect(feeds.map((feed) => named(feed, DELETED_ENTRY).length)).toEqual([1, 1]);
});

test("[RFC 6721 3] an article that no reader ever saw leaves no deleted-entry", async () => {
  await put("embargoed", wire({ time: "2099-11-04T07:07:06Z" }));
  await withdraw("embargoed");
  expect(named(await fetchFeed(), DELETED_ENTRY)).toEqual([]);
});
