/** The renderers: hostile text stays text in every format, and a small feed is rendered as it is written here. */
import { decodeHTML } from "entities/decode";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Person } from "../../../src/article/article.ts";
import { withoutForbidden } from "../../../src/article/characters.ts";
import type { FeedDocument } from "../../../src/feed/document.ts";
import { renderAtom } from "../../../src/render/atom.ts";
import { FORMATS } from "../../../src/render/formats.ts";
import { renderJson } from "../../../src/render/json.ts";
import { renderRss } from "../../../src/render/rss.ts";
import { documents, EMPTY, ITEM, ORDINARY, text, webUrl } from "../../support/stories/feed-document.ts";
import { ATOM, type Element, named, only, parseXml, throughUtf8 } from "../../support/reading/xml.ts";

function child(parent: Element, name: string): Element {
  return only(named(parent, name));
}

/** XML 1.0, section 2.11: a parser reports every line end as LF; HTML does the same with the body. */
function withLineFeeds(body: string): string {
  return body.replaceAll(/\r\n?/g, "\n");
}

const clean = withoutForbidden;

// Properties

test("RSS keeps every text unchanged, without the characters that XML can't carry", () => {
  fc.assert(
    fc.property(documents(text), (document) => {
      const channel = child(parseXml(renderRss(document), ATOM), "channel");
      const items = named(channel, "item").map((item) => ({
        title: child(item, "title").text,
        link: child(item, "link").text,
        guid: child(item, "guid").text,
        description: decodeHTML(child(item, "description").text),
        body: child(item, "{http://purl.org/rss/1.0/modules/content/}encoded").text,
        creator: child(item, "{http://purl.org/dc/elements/1.1/}creator").text,
        categories: named(item, "category").map((category) => [category.attributes["domain"], category.text]),
      }));
      expect({
        title: child(channel, "title").text,
        description: child(channel, "description").text,
        items,
      }).toEqual({
        title: clean(document.title),
        description: clean(document.description),
        items: document.items.map((item) => ({
          title: clean(item.title),
          link: item.url,
          guid: item.id,
          description: clean(item.description),
          body: withLineFeeds(clean(item.html)),
          creator: (item.authors.length > 0 ? item.authors : [document.publisher])
            .map(({ name }) => clean(name))
            .join(", "),
          categories: item.categories.map(({ scheme, label }) => [scheme, clean(label)]),
        })),
      });
    }),
  );
});

test("Atom keeps every text unchanged, without the characters that XML can't carry", () => {
  fc.assert(
    fc.property(documents(text), (document) => {
      const feed = parseXml(renderAtom(document), ATOM);
      const people = (parent: Element): (string | undefined)[][] =>
        named(parent, "author").map((author) => [child(author, "name").text, named(author, "uri")[0]?.text]);
      const entries = named(feed, "entry").map((entry) => ({
        id: child(entry, "id").text,
        title: child(entry, "title").text,
        link: child(entry, "link").attributes["href"],
        summary: named(entry, "summary")[0]?.text,
        body: child(entry, "content").text,
        authors: people(entry),
        categories: named(entry, "category").map(({ attributes }) => [
          attributes["term"],
          attributes["label"],
          attributes["scheme"],
        ]),
      }));
      expect({
        title: child(feed, "title").text,
        subtitle: child(feed, "subtitle").text,
        author: people(feed),
        entries,
      }).toEqual({
        title: clean(document.title),
        subtitle: clean(document.description),
        author: [[clean(document.publisher.name), document.publisher.url]],
        entries: document.items.map((item) => ({
          id: item.id,
          title: clean(item.title),
          link: item.url,
          summary: item.summary === undefined ? undefined : clean(item.summary),
          body: withLineFeeds(clean(item.html)),
          authors: (item.authors.length > 0 ? item.authors : [document.publisher]).map(({ name, url }) => [
            clean(name),
            url,
          ]),
          categories: item.categories.map(({ term, label, scheme }) => [clean(term), clean(label), scheme]),
        })),
      });
    }),
  );
});

test("JSON keeps every text that a feed can carry unchanged", () => {
  fc.assert(
    fc.property(documents(text.map(clean)), (document) => {
      const { title, description, authors, items } = readJson(document);
      // An optional text that is empty may be missing.
      expect({ title, description: description ?? "", authors, items }).toEqual({
        title: document.title,
        description: document.description,
        authors: [byline(document.publisher)],
        items: document.items.map((item) => ({
          id: item.id,
          url: item.url,
          title: item.title,
          summary: item.summary ?? "",
          body: item.html,
          authors: item.authors.map(byline),
          tags: item.categories.map(({ label }) => label),
        })),
      });
    }),
  );
});

type JsonItem = Record<"id" | "url" | "content_html", string> &
  Partial<Record<"title" | "summary", string>> & { authors?: Person[]; tags?: string[] };
type JsonFeed = { title: string; description?: string; authors: Person[]; items: JsonItem[] };

function readJson(document: FeedDocument) {
  const feed: JsonFeed = JSON.parse(throughUtf8(renderJson(document)));
  const items = feed.items.map(
    ({ id, url, title = "", summary = "", content_html, authors = [], tags = [] }) => ({
      id,
      url,
      title,
      summary,
      body: content_html,
      authors,
      tags,
    }),
  );
  return { title: feed.title, description: feed.description, authors: feed.authors, items };
}

function byline({ name, url }: Person): Person {
  return { name, ...(url !== undefined && { url }) };
}

test("JSON leaves out the characters that the XML formats leave out, so that all three say the same", () => {
  fc.assert(
    fc.property(text, (title) => {
      expect(readJson({ ...EMPTY, title }).title).toBe(clean(title));
    }),
  );
});

test.each(FORMATS)("$name: no token of the slots is left in a feed, whatever words it has", ({ render }) => {
  fc.assert(
    fc.property(documents(text), (document) => {
      expect(render(document)).not.toMatch(/[\uFDD0-\uFDD2]/);
    }),
  );
});

test.each(FORMATS)("$name: the same document twice gives the same bytes", ({ render }) => {
  fc.assert(
    fc.property(documents(text), (document) => {
      expect(render(document)).toBe(render(structuredClone(document)));
    }),
  );
});

test("an address with ampersands and references in it is the same in every format", () => {
  const url = "https://news.example/?a=1&b=2&amp;c=&lt;3#d'e";
  const document: FeedDocument = { ...EMPTY, items: [{ ...ITEM, url }] };
  const item = child(child(parseXml(renderRss(document), ATOM), "channel"), "item");
  const entry = child(parseXml(renderAtom(document), ATOM), "entry");
  const alternate = named(entry, "link").find(({ attributes }) => attributes["rel"] !== "enclosure");
  expect([child(item, "link").text, alternate?.attributes["href"], readJson(document).items[0]?.url]).toEqual(
    [url, url, url],
  );
});

test("the type and title of an attachment stay text in RSS and Atom, whatever characters they hold", () => {
  fc.assert(
    fc.property(text, text, webUrl, (type, title, url) => {
      const document: FeedDocument = {
        ...EMPTY,
        items: [{ ...ITEM, attachments: [{ url, type, length: 7, title }] }],
      };
      const entry = child(parseXml(renderAtom(document), ATOM), "entry");
      const links = named(entry, "link").filter(({ attributes }) => attributes["rel"] === "enclosure");
      expect(links.map(({ attributes }) => attributes)).toEqual([
        { rel: "enclosure", href: url, type: clean(type), length: "7", title: clean(title) },
      ]);
      const item = child(child(parseXml(renderRss(document), ATOM), "channel"), "item");
      expect(child(item, "enclosure").attributes).toEqual({ url, type: clean(type), length: "7" });
    }),
  );
});

// Whole documents

test("an ordinary feed as RSS", () => {
  expect(renderRss(ORDINARY)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:webfeeds="http://webfeeds.org/rss/1.0">
<channel>
<title>The Courier</title>
<link>https://news.example/</link>
<description>News of the bay</description>
<lastBuildDate>Wed, 04 Nov 2026 12:00:00 GMT</lastBuildDate>
<docs>https://validator.w3.org/feed/docs/rss2.html</docs>
<generator>Dateline</generator>
<language>en</language>
<ttl>5</ttl>
<image>
<title>The Courier</title>
<url>https://news.example/logo.png</url>
<link>https://news.example/</link>
</image>
<webfeeds:icon>https://news.example/icon.png</webfeeds:icon>
<atom:link href="https://news.example/rss.xml" rel="self" type="application/rss+xml"/>
<atom:link href="https://news.example/hub" rel="hub"/>
<item>
<title>R&#x26;D on &#x3C;the&#x3E; bridge</title>
<link>https://news.example/articles/bridge</link>
<guid isPermaLink="false">tag:news.example,2026-11-04:bridge</guid>
<pubDate>Wed, 04 Nov 2026 07:07:06 GMT</pubDate>
<description>Open again &#x26;amp; free.</description>
<content:encoded><![CDATA[<p>Cars &amp; vans crossed.</p>]]></content:encoded>
<category domain="https://news.example/sections">Human Rights</category>
<category>bridge</category>
<enclosure length="1234" type="audio/mpeg" url="https://news.example/talk.mp3?a=1&amp;b=2"/>
<dc:creator>Ann Lee, Bo Ek</dc:creator>
<media:content url="https://news.example/bridge.jpg" medium="image" type="image/jpeg">
<media:thumbnail url="https://news.example/bridge.jpg"/>
</media:content>
</item>
</channel>
</rss>`);
});

test("an ordinary feed as Atom", () => {
  expect(renderAtom(ORDINARY)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="en">
<id>tag:news.example,2026-01-01:feeds/all</id>
<title>The Courier</title>
<updated>2026-11-04T12:00:00.000Z</updated>
<generator>Dateline</generator>
<author>
<name>The Courier</name>
<uri>https://courier.example/</uri>
</author>
<link rel="alternate" href="https://news.example/"/>
<link rel="self" href="https://news.example/atom.xml"/>
<link rel="hub" href="https://news.example/hub"/>
<subtitle>News of the bay</subtitle>
<logo>https://news.example/logo.png</logo>
<icon>https://news.example/icon.png</icon>
<at:deleted-entry ref="tag:news.example,2026-11-03:gone" when="2026-11-04T11:00:00.000Z"/>
<entry>
<title>R&#x26;D on &#x3C;the&#x3E; bridge</title>
<id>tag:news.example,2026-11-04:bridge</id>
<link href="https://news.example/articles/bridge"/>
<updated>2026-11-04T09:00:00.250Z</updated>
<summary>Open again &#x26; free.</summary>
<content type="html"><![CDATA[<p>Cars &amp; vans crossed.</p>]]></content>
<author>
<name>Ann Lee</name>
<uri>https://news.example/ann</uri>
</author>
<author>
<name>Bo Ek</name>
</author>
<category label="Human Rights" scheme="https://news.example/sections" term="human-rights"/>
<category label="bridge" term="bridge"/>
<published>2026-11-04T07:07:06.000Z</published>
<link rel="enclosure" href="https://news.example/talk.mp3?a=1&amp;b=2" type="audio/mpeg" length="1234" title="The talk"/>
<link rel="enclosure" href="https://news.example/plan.pdf" type="application/pdf"/>
</entry>
</feed>`);
});

test("an ordinary feed as JSON", () => {
  expect(JSON.parse(renderJson(ORDINARY))).toEqual({
    version: "https://jsonfeed.org/version/1.1",
    title: "The Courier",
    description: "News of the bay",
    home_page_url: "https://news.example/",
    feed_url: "https://news.example/feed.json",
    language: "en",
    icon: "https://news.example/icon.png",
    favicon: "https://news.example/favicon.png",
    author: { name: "The Courier", url: "https://courier.example/" },
    authors: [{ name: "The Courier", url: "https://courier.example/" }],
    hubs: [{ type: "WebSub", url: "https://news.example/hub" }],
    items: [
      {
        id: "tag:news.example,2026-11-04:bridge",
        url: "https://news.example/articles/bridge",
        title: "R&D on <the> bridge",
        summary: "Open again & free.",
        content_html: "<p>Cars &amp; vans crossed.</p>",
        image: "https://news.example/bridge.jpg",
        date_published: "2026-11-04T07:07:06.000Z",
        date_modified: "2026-11-04T09:00:00.250Z",
        language: "en",
        tags: ["Human Rights", "bridge"],
        author: { name: "Ann Lee", url: "https://news.example/ann" },
        authors: [{ name: "Ann Lee", url: "https://news.example/ann" }, { name: "Bo Ek" }],
        attachments: [
          {
            url: "https://news.example/talk.mp3?a=1&b=2",
            mime_type: "audio/mpeg",
            size_in_bytes: 1234,
            title: "The talk",
          },
          { url: "https://news.example/plan.pdf", mime_type: "application/pdf" },
        ],
      },
    ],
  });
});

test("Atom marks the words of an item in another language than its feed's", () => {
  const arabic = { ...ITEM, language: "ar", summary: "مفتوح" };
  const entry = child(parseXml(renderAtom({ ...EMPTY, items: [arabic] }), ATOM), "entry");
  const languages = ["title", "summary", "content"].map((name) => child(entry, name).attributes["xml:lang"]);
  expect(languages).toEqual(["ar", "ar", "ar"]);
});

test.each([
  [
    "of fractions of a second",
    "2026-11-04T07:07:06.987Z",
    "Wed, 04 Nov 2026 07:07:06 GMT",
    "2026-11-04T07:07:06.987Z",
  ],
  ["before 1970", "1912-04-15T02:20:00Z", "Mon, 15 Apr 1912 02:20:00 GMT", "1912-04-15T02:20:00.000Z"],
  ["of the first year", "0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT", "0001-01-01T00:00:00.000Z"],
  ["of the last year", "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59.000Z"],
])("a time %s becomes a valid date in every format", (_what, time, rfc822, rfc3339) => {
  const document: FeedDocument = { ...EMPTY, items: [{ ...ITEM, published: Date.parse(time) }] };
  const item = child(child(parseXml(renderRss(document), ATOM), "channel"), "item");
  const entry = child(parseXml(renderAtom(document), ATOM), "entry");
  expect(child(item, "pubDate").text).toBe(rfc822);
  expect(child(entry, "published").text).toBe(rfc3339);
  expect(JSON.parse(renderJson(document))).toMatchObject({ items: [{ date_published: rfc3339 }] });
});
