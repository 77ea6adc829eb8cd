/** Feed documents for a renderer: an empty one, an ordinary one, and arbitrary ones. */
import fc from "fast-check";
import { EARLIEST, LATEST } from "../../../src/article/instant.ts";
import type { FeedDocument, FeedItem } from "../../../src/feed/document.ts";

const FRAGMENTS = [
  "]]>",
  "]]>]]>",
  "]]",
  ">",
  "<![CDATA[",
  "</title>",
  "<rights>",
  "</rights></entry>",
  "<!--",
  "-->",
  "?>",
  "<",
  "&",
  '"',
  "'",
  "&amp;lt;",
  "&amp;",
  "&#x26;",
  "&#0;",
  "&nbsp;",
  "$&",
  "$1",
  "\uFDD0",
  "\uFDD00\uFDD1",
  "\uFDD2\uFDD00\uFDD1",
  "\uFFFD",
  "\uFFFE",
  "\uFFFF",
  "\u{1FFFE}",
  "\uD83D",
  "\uDE00",
  "😀",
  "\u0000",
  "\u0007",
  "\u001F",
  "\u007F",
  "\u0085",
  "\u009F",
  "\r",
  "\r\n",
  "\n",
  "\n    ",
  "\t",
  " ",
  "\u00A0",
  "\u2028",
  "\u200F",
  "\u202E",
  "\uFEFF",
  "e\u0301",
];

/** Texts that people may write, and worse ones. */
export const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...FRAGMENTS) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 5 }) },
      { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 5 }) },
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

export const webUrl = fc
  .webUrl({ withQueryParameters: true, withFragments: true })
  .map((url) => new URL(url).href);
const instant = fc.integer({ min: EARLIEST, max: LATEST });
const language = fc.constantFrom("en", "ar", "pt-BR");

const tagUri = fc.nat().map((number) => `tag:news.example,2026-11-04:item-${number}`);

const address = fc.option(webUrl, { nil: undefined });
const addresses = fc.option(fc.record({ rss: webUrl, atom: webUrl, json: webUrl }), { nil: undefined });

/** @param words what authors, editors and owners may have written */
export function documents(words: fc.Arbitrary<string>): fc.Arbitrary<FeedDocument> {
  const name = words.map((some) => `N${some}`);
  const person = fc.record({ name, url: fc.option(webUrl, { nil: undefined }) });
  const scheme = fc.constantFrom(undefined, "https://news.example/sections");
  const side = fc.option(fc.integer({ min: 1, max: 9999 }), { nil: undefined });
  const credit = fc.option(name, { nil: undefined });
  const image = fc.record({ url: webUrl, alt: credit, credit, width: side, height: side });
  const item: fc.Arbitrary<FeedItem> = fc.record({
    id: tagUri,
    url: webUrl,
    title: words,
    description: words,
    summary: fc.option(words, { nil: undefined }),
    opening: fc.option(words, { nil: undefined }),
    html: words.map((some) => `<p>${some}</p>`),
    language,
    published: instant,
    updated: instant,
    authors: fc.array(person, { maxLength: 2 }),
    categories: fc.array(fc.record({ term: words, label: name, scheme }), { maxLength: 2 }),
    image: fc.option(image, { nil: undefined }),
    attachments: fc.constant([]),
    expires: fc.option(instant, { nil: undefined }),
  });
  const parts = fc.record({
    title: words,
    description: words,
    language,
    updated: instant,
    publisher: person,
    items: fc.array(item, { maxLength: 3 }),
    hub: address,
    paging: fc.record({
      isArchive: fc.boolean(),
      current: addresses,
      previous: addresses,
      next: addresses,
    }),
    icon: address,
    image: address,
    cover: address,
    logo: address,
    accentColor: fc.constantFrom(undefined, "0a0a0a"),
    deleted: fc.array(fc.record({ id: tagUri, url: webUrl, when: instant, reason: credit }), {
      maxLength: 2,
    }),
  });
  return parts.map((some) => Object.assign({}, EMPTY, some));
}

export const EMPTY: FeedDocument = {
  id: "tag:news.example,2026-01-01:feeds/all",
  title: "The Courier",
  description: "News of the bay",
  language: "en",
  homeUrl: "https://news.example/",
  self: {
    rss: "https://news.example/rss.xml",
    atom: "https://news.example/atom.xml",
    json: "https://news.example/feed.json",
  },
  paging: { isArchive: false },
  content: "full",
  updated: Date.parse("2026-11-04T12:00:00Z"),
  publisher: { name: "The Courier" },
  ttl: 5,
  items: [],
  deleted: [],
};

export const ITEM: FeedItem = {
  id: "tag:news.example,2026-11-04:bridge",
  url: "https://news.example/articles/bridge",
  title: "R&D on <the> bridge",
  description: "Open again & free.",
  summary: "Open again & free.",
  html: "<p>Cars &amp; vans crossed.</p>",
  language: "en",
  published: Date.parse("2026-11-04T07:07:06Z"),
  updated: Date.parse("2026-11-04T09:00:00.250Z"),
  authors: [{ name: "Ann Lee", url: "https://news.example/ann" }, { name: "Bo Ek" }],
  categories: [
    { term: "human-rights", label: "Human Rights", scheme: "https://news.example/sections" },
    { term: "bridge", label: "bridge" },
  ],
  image: { url: "https://news.example/bridge.jpg" },
  attachments: [
    { url: "https://news.example/talk.mp3?a=1&b=2", type: "audio/mpeg", length: 1234, title: "The talk" },
    { url: "https://news.example/plan.pdf", type: "application/pdf" },
  ],
};

export const ORDINARY: FeedDocument = {
  ...EMPTY,
  publisher: { name: "The Courier", url: "https://courier.example/" },
  icon: "https://news.example/icon.png",
  favicon: "https://news.example/favicon.png",
  hub: "https://news.example/hub",
  image: "https://news.example/logo.png",
  items: [ITEM],
  deleted: [
    {
      id: "tag:news.example,2026-11-03:gone",
      url: "https://news.example/articles/gone",
      when: Date.parse("2026-11-04T11:00:00Z"),
    },
  ],
};
