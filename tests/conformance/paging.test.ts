/** Archived feeds (RFC 5005) in Atom and RSS, and JSON Feed 1.1's `next_url`, as a reader's software follows them. */
import { beforeEach, expect, test } from "vitest";
import { importLines } from "../support/stories/copies.ts";
import { at, get, settle } from "../support/newsroom.ts";
import { ORIGIN } from "../support/site.ts";
import { ATOM, type Element, named, only, parseXml, texts } from "../support/reading/xml.ts";

const ARCHIVE = "{http://purl.org/syndication/history/1.0}archive";
const COMPLETE = "{http://purl.org/syndication/history/1.0}complete";
const NOW = Date.parse("2031-11-24T12:00:00Z");
// More articles than an archive document holds.
const COUNT = 60;

/** A feed document: the elements of its head and its entries, in either XML format. */
type Document = { url: string; root: Element; head: Element; entries: Element[] };

const FORMATS = [
  { file: "atom.xml", entry: "entry", id: "id", type: "application/atom+xml" },
  { file: "rss.xml", entry: "item", id: "guid", type: "application/rss+xml" },
] as const;
type Format = (typeof FORMATS)[number];

type Walk = { name: string; format: Format; subscription: Document; archives: Document[] };

/** The feeds of the whole site, of a section, and of a union, whose archive joins the archives of its sections. */
const HOMES = ["", "/sections/politics", "/sections/business+politics"];

beforeEach(() => {
  at(NOW);
});

async function fetchDocument(url: string, format: Format): Promise<Document> {
  const response = await get(url.slice(ORIGIN.length));
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
  const root = parseXml(await response.text(), ATOM);
  const head = root.name === "rss" ? only(named(root, "channel")) : root;
  return { url, root, head, entries: named(head, format.entry) };
}

function links({ head }: Document, rel: string): string[] {
  return named(head, "link").flatMap(({ attributes }) =>
    attributes["rel"] === rel ? [attributes["href"] ?? ""] : [],
  );
}

/** The subscription document, and every archive document that `prev-archive` leads to. */
async function walk(home: string, format: Format): Promise<[Document, ...Document[]]> {
  const documents: [Document, ...Document[]] = [
    await fetchDocument(`${ORIGIN}${home}/${format.file}`, format),
  ];
  for (let document: Document | undefined = documents[0]; document !== undefined;) {
    const [previous] = links(document, "prev-archive");
    if (previous === undefined) return documents;
    if (documents.some(({ url }) => url === previous)) throw new Error(`${previous} leads to itself`);
    document = await fetchDocument(previous, format);
    documents.push(document);
  }
  return documents;
}

function idsIn(documents: readonly Document[], { id }: Format): string[] {
  return documents.flatMap(({ entries }) => entries.map((entry) => only(texts(entry, id))));
}

async function publish(count = COUNT, prefix = "story"): Promise<void> {
  await importLines(
    Array.from({ length: count }, (_, index) => ({
      id: `${prefix}-${index}`,
      title: `Story ${index}`,
      sections: index % 2 === 0 ? ["Politics"] : ["Politics", "Business"],
      date_published: new Date(NOW - (count - index) * 60_000).toISOString(),
      content_text: "It happened.",
    })),
  );
  await settle();
}

/** Walks each kind of feed in each format. */
async function walkAll(homes: readonly string[] = HOMES): Promise<Walk[]> {
  const walks: Walk[] = [];
  for (const home of homes) {
    for (const format of FORMATS) {
      const [subscription, ...archives] = await walk(home, format);
      walks.push({ name: `${home}/${format.file}`, format, subscription, archives });
    }
  }
  return walks;
}

test("[RFC 5005 4] archive documents have one empty fh:archive in their head, the subscription document has none", async () => {
  await publish();
  for (const { name, subscription, archives } of await walkAll()) {
    expect(archives.length).toBeGreaterThan(1);
    expect({ name, found: named(subscription.head, ARCHIVE) }).toEqual({ name, found: [] });
    const marks = archives.map(({ head }) => only(named(head, ARCHIVE)));
    expect({ name, found: marks }).toMatchObject({
      name,
      found: archives.map(() => ({ attributes: {}, children: [], text: "" })),
    });
    const entries = archives.flatMap((archive) => archive.entries);
    expect({ name, found: entries.flatMap((entry) => named(entry, ARCHIVE)) }).toEqual({ name, found: [] });
  }
});

test("[RFC 5005 2, 3] an archived feed doesn't call itself complete or paged", async () => {
  await publish();
  const paged = ["first", "last", "previous", "next"];
  for (const { name, subscription, archives } of await walkAll()) {
    const documents = [subscription, ...archives];
    expect({ name, found: documents.flatMap(({ head }) => named(head, COMPLETE)) }).toEqual({
      name,
      found: [],
    });
    expect({
      name,
      found: documents.flatMap((document) => paged.flatMap((rel) => links(document, rel))),
    }).toEqual({ name, found: [] });
  }
});

test("[RFC 5005 4] a feed without articles has no archive, and links to none", async () => {
  for (const { name, subscription, archives } of await walkAll(["/sections/weather"])) {
    expect({ name, found: [archives, links(subscription, "prev-archive")] }).toEqual({
      name,
      found: [[], []],
    });
  }
});

test("[RFC 5005 4] each document has one prev-archive, except the first archive document, which has none", async () => {
  await publish();
  for (const { name, subscription, archives } of await walkAll()) {
    const counts = [subscription, ...archives].map((document) => links(document, "prev-archive").length);
    expect({ name, found: counts }).toEqual({ name, found: [...archives.map(() => 1), 0] });
  }
});

/** Whether an archive document is full: a full one's name doesn't count the articles that came onto it. */
function isFull(url: string): boolean {
  return !/\.\d+\/[^/]+$/.test(url);
}

/** The section to which an archive document of a union belongs. */
function sectionOf(url: string): string | undefined {
  return /archive\/(.*-)?\d/.exec(url)?.[1];
}

test.each(HOMES)(
  "[RFC 5005 4] next-archive in the archive of “%s” leads back along prev-archive, and to a full page alone",
  async (home) => {
    await publish();
    for (const { name, subscription, archives } of await walkAll([home])) {
      const nexts = archives.map((archive) => links(archive, "next-archive"));
      const expected = archives.map(({ url }, index) => {
        const later = archives[index - 1]?.url;
        return later !== undefined && isFull(later) && sectionOf(later) === sectionOf(url) ? [later] : [];
      });
      expect({ name, found: nexts }).toEqual({ name, found: expected });
      expect({ name, found: links(subscription, "next-archive") }).toEqual({ name, found: [] });
    }
  },
);

/** The subscription document of an archive document: in a union's archive, the last section's pages are its own. */
function subscriptionOf({ url }: Document): string {
  return url.replace(/\/archive\/[^/]+/, "");
}

test("[RFC 5005 4] each archive document names the subscription document as current", async () => {
  await publish();
  for (const { name, subscription, archives } of await walkAll()) {
    const currents = archives.map((archive) => links(archive, "current"));
    expect({ name, found: currents }).toEqual({
      name,
      found: archives.map((archive) => [subscriptionOf(archive)]),
    });
    expect(archives.map(subscriptionOf)).toContain(subscription.url);
  }
});

test("[RFC 5005 4, RFC 4287 4.2.7] every link is absolute, and of the media type with which its target comes", async () => {
  await publish();
  for (const { name, format, subscription, archives } of await walkAll()) {
    const found = [subscription, ...archives]
      .flatMap(({ head }) => named(head, "link").map(({ attributes }) => attributes))
      .filter(({ rel = "" }) => /archive|current/.test(rel));
    expect({ name, found: found.map(({ type }) => type) }).toEqual({
      name,
      found: found.map(() => format.type),
    });
    expect({ name, found: found.filter(({ href = "" }) => !href.startsWith(`${ORIGIN}/`)) }).toEqual({
      name,
      found: [],
    });
  }
});

test("[RFC 5005 1.2, 4] each archive document is a whole feed document, with the feed's own metadata and its own address", async () => {
  await publish();
  const metadata = ["title", "description", "subtitle", "language", "id", "author"];
  const about = ({ head }: Document): string[] => metadata.flatMap((name) => texts(head, name));
  for (const { name, format, archives } of await walkAll()) {
    const subscriptions = await Promise.all(
      archives.map((archive) => fetchDocument(subscriptionOf(archive), format)),
    );
    expect({ name, found: archives.map(about) }).toEqual({ name, found: subscriptions.map(about) });
    expect({ name, found: archives.map((archive) => links(archive, "self")) }).toEqual({
      name,
      found: archives.map(({ url }) => [url]),
    });
  }
});

test("[RFC 5005 4.2] the documents together hold every entry of the feed, and no entry is in two archive documents", async () => {
  await publish();
  for (const { name, format, subscription, archives } of await walkAll()) {
    const archived = idsIn(archives, format);
    const all = new Set([...archived, ...idsIn([subscription], format)]);
    expect({ name, found: [archived.length, new Set(archived).size, all.size] }).toEqual({
      name,
      found: [COUNT, COUNT, COUNT],
    });
  }
});

test("[RFC 5005 4.2] a reader that keeps the archive documents that it has retrieved misses no later entry", async () => {
  await publish(10, "early");
  const before = await walkAll([""]);
  await publish();
  const after = await walkAll([""]);
  for (const [index, { name, format, subscription, archives }] of after.entries()) {
    const kept = before[index]?.archives ?? [];
    const fresh = archives.filter(({ url }) => !kept.some((archive) => archive.url === url));
    const ids = new Set(idsIn([subscription, ...fresh, ...kept], format));
    expect({ name, found: ids.size }).toEqual({ name, found: 10 + COUNT });
  }
});
