/** Dateline’s own feeds, read again by `dateline publish`: each format gives back everything that it holds. */
import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import type { FeedDocument, FeedItem } from "../../../src/feed/document.ts";
import { renderAtom } from "../../../src/render/atom.ts";
import { renderJson } from "../../../src/render/json.ts";
import { renderMsn } from "../../../src/render/msn.ts";
import { renderRss } from "../../../src/render/rss.ts";
import { EMPTY } from "../../support/stories/feed-document.ts";
import { draftOf, readDraft, warningsOf } from "./feed.ts";

const SCHEME = "https://news.example/sections/";

const ITEM: FeedItem = {
  id: "old-courier 7 & more",
  iri: "tag:news.example,2026-11-04:guids/7",
  url: "https://news.example/articles/ferry",
  title: "How R&D writes &eacute; <b>",
  description: "In short: &amp; < all.",
  summary: "In short: &amp; < all.",
  html: '<p>The <a href="/ferries">ferry</a> is back.</p>\n\n<p>It waits.</p>',
  language: "fr",
  published: Date.parse("2026-10-02T07:00:00Z"),
  updated: Date.parse("2026-10-03T07:00:00Z"),
  authors: [{ name: "Mára Quïll", url: "https://old.example/mara" }, { name: "Ada &amp; Reef" }],
  categories: [
    { term: "sea", label: "Sea & Coast", scheme: SCHEME },
    { term: "islands", label: "Islands", scheme: SCHEME },
    { term: "boats", label: "boats &copy;" },
    { term: "tides", label: "tides" },
  ],
  image: {
    url: "https://news.example/ferry.jpg",
    alt: "The ferry &amp; its quay",
    credit: "Ada Reef",
    width: 1200,
    height: 800,
  },
  attachments: [
    { url: "https://news.example/a.mp3?a=1&amp;b", type: "audio/mpeg", length: 1234, title: "Sound" },
    { url: "https://news.example/a.pdf", type: "application/pdf" },
  ],
};

const DOCUMENT: FeedDocument = { ...EMPTY, language: "en", items: [ITEM] };

const COMMON = {
  url: ITEM.url,
  guid: ITEM.id,
  title: ITEM.title,
  content_html: ITEM.html,
  summary: ITEM.summary,
  date_published: "2026-10-02T07:00:00.000Z",
  sections: ["Sea & Coast", "Islands"],
  tags: ["boats &copy;", "tides"],
  language: "fr",
};
const [SOUND, PAPER] = [
  { url: ITEM.attachments[0]?.url, mime_type: "audio/mpeg", size_in_bytes: 1234 },
  { url: ITEM.attachments[1]?.url, mime_type: "application/pdf" },
];

test("RSS gives back everything but authors’ pages and files beyond the first, for which it has no place", () => {
  deepEqual(readDraft(renderRss(DOCUMENT)), {
    ...COMMON,
    authors: [{ name: "Mára Quïll" }, { name: "Ada &amp; Reef" }],
    image: ITEM.image,
    attachments: [SOUND],
  });
});

test("Atom gives back everything but the picture, and a tag URI for an id that is no IRI", () => {
  deepEqual(readDraft(renderAtom(DOCUMENT)), {
    ...COMMON,
    guid: ITEM.iri,
    authors: ITEM.authors,
    attachments: [{ ...SOUND, title: "Sound" }, PAPER],
  });
});

test("JSON Feed gives back everything but the picture’s description, and which categories are sections", () => {
  const plain = {
    ...ITEM,
    title: "How R&D writes é <b>",
    summary: "In short: < all.",
    authors: [{ name: "Mára Quïll", url: "https://old.example/mara" }, { name: "Ada & Reef" }],
    categories: ITEM.categories.map((category) => ({ ...category, label: category.term })),
  };
  deepEqual(readDraft(renderJson({ ...DOCUMENT, items: [plain] })), {
    ...COMMON,
    title: plain.title,
    summary: plain.summary,
    sections: ["sea"],
    tags: ["islands", "boats", "tides"],
    authors: plain.authors,
    image: ITEM.image?.url,
    attachments: [{ ...SOUND, url: "https://news.example/a.mp3?a=1&b", title: "Sound" }, PAPER],
  });
});

test("MSN’s feed gives back the time of expiry", () => {
  const expires = Date.parse("2027-01-01T00:00:00Z");
  const document = { ...DOCUMENT, language: "fr", items: [{ ...ITEM, expires }] };
  equal(draftOf(renderMsn(document), []).expires, "2027-01-01T00:00:00.000Z");
});

test("--section replaces the sections of items of Dateline’s own feeds, which become tags", () => {
  const { sections, tags } = draftOf(renderRss(DOCUMENT), ["Archive"]);
  deepEqual([sections, tags], [["Archive"], ["Sea & Coast", "Islands", "boats &copy;", "tides"]]);
});

test("Dateline’s own feeds are read without a warning", () => {
  deepEqual(
    [renderRss, renderAtom, renderJson].flatMap((render) => warningsOf(render(DOCUMENT))),
    [],
  );
});
