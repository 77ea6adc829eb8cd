/** The renderers: a feed's place among its archives (RFC 5005, section 4), and feeds without bodies. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withoutForbidden } from "../../../src/article/characters.ts";
import type { Addresses, FeedDocument, Paging } from "../../../src/feed/document.ts";
import { renderAtom } from "../../../src/render/atom.ts";
import { renderJson } from "../../../src/render/json.ts";
import { renderRss } from "../../../src/render/rss.ts";
import { documents, EMPTY, ITEM, text } from "../../support/stories/feed-document.ts";
import { ATOM, type Element, named, only, parseXml } from "../../support/reading/xml.ts";

const HISTORY = "{http://purl.org/syndication/history/1.0}archive";

function addresses(page: string): Addresses {
  const base = `https://news.example${page}`;
  return { rss: `${base}/rss.xml`, atom: `${base}/atom.xml`, json: `${base}/feed.json` };
}

const ARCHIVE: FeedDocument = {
  ...EMPTY,
  self: addresses("/archive/2026-10"),
  paging: {
    isArchive: true,
    current: addresses(""),
    previous: addresses("/archive/2026-09"),
    next: addresses("/archive/2026-11"),
  },
};

const SUBSCRIPTION: FeedDocument = {
  ...EMPTY,
  paging: { isArchive: false, previous: addresses("/archive/2026-11") },
};

test("an archive page as RSS", () => {
  expect(renderRss({ ...ARCHIVE, items: [{ ...ITEM, image: undefined, attachments: [], categories: [] }] }))
    .toBe(`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="http://purl.org/syndication/history/1.0">
<channel>
<title>The Courier</title>
<link>https://news.example/</link>
<description>News of the bay</description>
<lastBuildDate>Wed, 04 Nov 2026 12:00:00 GMT</lastBuildDate>
<docs>https://validator.w3.org/feed/docs/rss2.html</docs>
<generator>Dateline</generator>
<language>en</language>
<ttl>5</ttl>
<fh:archive/>
<atom:link rel="current" type="application/rss+xml" href="https://news.example/rss.xml"/>
<atom:link rel="prev-archive" type="application/rss+xml" href="https://news.example/archive/2026-09/rss.xml"/>
<atom:link rel="next-archive" type="application/rss+xml" href="https://news.example/archive/2026-11/rss.xml"/>
<atom:link href="https://news.example/archive/2026-10/rss.xml" rel="self" type="application/rss+xml"/>
<item>
<title>R&#x26;D on &#x3C;the&#x3E; bridge</title>
<link>https://news.example/articles/bridge</link>
<guid isPermaLink="false">tag:news.example,2026-11-04:bridge</guid>
<pubDate>Wed, 04 Nov 2026 07:07:06 GMT</pubDate>
<description>Open again &#x26;amp; free.</description>
<content:encoded><![CDATA[<p>Cars &amp; vans crossed.</p>]]></content:encoded>
<dc:creator>Ann Lee, Bo Ek</dc:creator>
</item>
</channel>
</rss>`);
});

test("an archive page as Atom", () => {
  expect(renderAtom(ARCHIVE)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="en">
<id>tag:news.example,2026-01-01:feeds/all</id>
<title>The Courier</title>
<updated>2026-11-04T12:00:00.000Z</updated>
<generator>Dateline</generator>
<author>
<name>The Courier</name>
</author>
<link rel="alternate" href="https://news.example/"/>
<link rel="self" href="https://news.example/archive/2026-10/atom.xml"/>
<subtitle>News of the bay</subtitle>
<fh:archive/>
<link rel="current" type="application/atom+xml" href="https://news.example/atom.xml"/>
<link rel="prev-archive" type="application/atom+xml" href="https://news.example/archive/2026-09/atom.xml"/>
<link rel="next-archive" type="application/atom+xml" href="https://news.example/archive/2026-11/atom.xml"/>
</feed>`);
});

test("the feed that readers subscribe to links to its newest archive page, and doesn't call itself an archive page", () => {
  const channel = only(named(parseXml(renderRss(SUBSCRIPTION), ATOM), "channel"));
  const feed = parseXml(renderAtom(SUBSCRIPTION), ATOM);
  expect([channel, feed].map((parent) => [historyLinks(parent), named(parent, HISTORY).length])).toEqual([
    [{ "prev-archive": "https://news.example/archive/2026-11/rss.xml" }, 0],
    [{ "prev-archive": "https://news.example/archive/2026-11/atom.xml" }, 0],
  ]);
});

test("RSS and Atom link to the documents that exist, whatever their addresses", () => {
  fc.assert(
    fc.property(documents(text), (document) => {
      const channel = only(named(parseXml(renderRss(document), ATOM), "channel"));
      const feed = parseXml(renderAtom(document), ATOM);
      expect([historyLinks(channel), named(channel, HISTORY).length === 1]).toEqual(
        expectedLinks(document.paging, "rss"),
      );
      expect([historyLinks(feed), named(feed, HISTORY).length === 1]).toEqual(
        expectedLinks(document.paging, "atom"),
      );
    }),
  );
});

function historyLinks(parent: Element): Record<string, string | undefined> {
  const links = named(parent, "link").filter(({ attributes }) =>
    ["current", "prev-archive", "next-archive"].includes(attributes["rel"] ?? ""),
  );
  return Object.fromEntries(links.map(({ attributes }) => [attributes["rel"], attributes["href"]]));
}

function expectedLinks({ isArchive, current, previous, next }: Paging, format: "rss" | "atom"): unknown[] {
  const links = { current, "prev-archive": previous, "next-archive": next };
  const present = Object.entries(links).flatMap(([rel, to]) => (to === undefined ? [] : [[rel, to[format]]]));
  return [Object.fromEntries(present), isArchive];
}

test("RSS has its links to the archive before its items", () => {
  const channel = only(named(parseXml(renderRss({ ...ARCHIVE, items: [ITEM] }), ATOM), "channel"));
  expect(channel.children.at(-1)?.name).toBe("item");
});

function nextUrl(document: FeedDocument): unknown {
  return Reflect.get(JSON.parse(renderJson(document)), "next_url");
}

describe("JSON Feed's next_url", () => {
  test("is the archive page before this document", () => {
    expect([nextUrl(SUBSCRIPTION), nextUrl(ARCHIVE)]).toEqual([
      "https://news.example/archive/2026-11/feed.json",
      "https://news.example/archive/2026-09/feed.json",
    ]);
  });

  test("is missing where there is none", () => {
    expect(JSON.parse(renderJson(EMPTY))).not.toHaveProperty("next_url");
  });

  test("is never the document's own address", () => {
    const document = { ...EMPTY, paging: { isArchive: false, previous: EMPTY.self } };
    expect(JSON.parse(renderJson(document))).not.toHaveProperty("next_url");
  });
});

describe("a feed without bodies", () => {
  const UNSUMMARISED = { ...ITEM, id: "tag:news.example,2026-11-04:tide", summary: undefined };
  const SUMMARIES: FeedDocument = { ...EMPTY, content: "summary", items: [ITEM, UNSUMMARISED] };

  test("has descriptions alone in RSS", () => {
    const channel = only(named(parseXml(renderRss(SUMMARIES), ATOM), "channel"));
    const parts = named(channel, "item").map(({ children }) =>
      children
        .filter(({ name }) => /description|encoded/.test(name))
        .map((found) => [found.name, found.text]),
    );
    expect(parts).toEqual([
      [["description", "Open again &amp; free."]],
      [["description", "Open again &amp; free."]],
    ]);
  });

  test("has a summary in every entry of Atom, and no content", () => {
    const entries = named(parseXml(renderAtom(SUMMARIES), ATOM), "entry");
    expect(
      entries.map((entry) => [only(named(entry, "summary")).text, named(entry, "content").length]),
    ).toEqual([
      ["Open again & free.", 0],
      ["Open again & free.", 0],
    ]);
  });

  test("has plain text in JSON Feed, and a summary where an editor wrote one", () => {
    const { items } = JSON.parse(renderJson(SUMMARIES));
    expect(items).toMatchObject([
      { content_text: "Open again & free.", summary: "Open again & free." },
      { content_text: "Open again & free." },
    ]);
    expect(items[0]).not.toHaveProperty("content_html");
    expect(items[1]).not.toHaveProperty("content_html");
    expect(items[1]).not.toHaveProperty("summary");
  });

  test("keeps every description unchanged", () => {
    fc.assert(
      fc.property(documents(text), (some) => {
        const document: FeedDocument = { ...some, content: "summary" };
        const entries = named(parseXml(renderAtom(document), ATOM), "entry");
        expect(entries.map((entry) => only(named(entry, "summary")).text)).toEqual(
          document.items.map(({ summary, description }) => withoutForbidden(summary ?? description)),
        );
        const { items } = JSON.parse(renderJson(document));
        expect(items).toMatchObject(
          document.items.map(({ description }) => ({ content_text: withoutForbidden(description) })),
        );
        parseXml(renderRss(document), ATOM);
      }),
    );
  });
});
