/** Authors, dates and ids of feed items, as `dateline publish` reads them. */
import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { atomOf, draftOf, itemsOf, rssOf, warningsOf } from "./feed.ts";

for (const [title, item, authors] of [
  [
    "several dc:creator",
    "<dc:creator>Ada Reef</dc:creator><dc:creator>Bo Ek</dc:creator>",
    [{ name: "Ada Reef" }, { name: "Bo Ek" }],
  ],
  [
    "itunes:author and googleplay:author",
    "<itunes:author>Ada Reef</itunes:author><googleplay:author>Bo Ek</googleplay:author>",
    [{ name: "Ada Reef" }, { name: "Bo Ek" }],
  ],
  [
    "a person who is named twice",
    "<dc:creator>Ada Reef</dc:creator><itunes:author>ada reef</itunes:author>",
    [{ name: "Ada Reef" }],
  ],
  [
    "one name with a comma, which joins no names",
    "<dc:creator>Reef, Ada</dc:creator>",
    [{ name: "Reef, Ada" }],
  ],
] as const) {
  test(`the authors of an item come from ${title}`, () => {
    deepEqual(draftOf(rssOf(item)).authors, authors);
    deepEqual(draftOf(atomOf(item)).authors, authors);
  });
}

test("RSS’s author may be an address with a name, or an address alone, which the site cleans", () => {
  deepEqual(
    draftOf(rssOf("<author>ada@old.example (Ada Reef)</author><author>bo@old.example</author>")).authors,
    [{ name: "Ada Reef" }, { name: "bo@old.example" }],
  );
});

test("Atom’s authors are all read, without contributors and mail addresses", () => {
  const entry =
    "<author><name>Ada Reef</name><uri>/ada</uri></author><author><name>Bo Ek</name><uri>mailto:bo@old.example</uri></author>" +
    "<contributor><name>Cy Low</name></contributor>";
  deepEqual(draftOf(atomOf(entry)).authors, [
    { name: "Ada Reef", url: "https://old.example/ada" },
    { name: "Bo Ek" },
  ]);
});

test("an author without a name is left out with a warning", () => {
  const feed = JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "Old",
    items: [
      { id: "1", date_published: "2025-11-04T07:07:06Z", authors: [{ url: "https://old.example/ada" }] },
    ],
  });
  deepEqual(draftOf(feed).authors, []);
  deepEqual(warningsOf(feed), ["author-without-name: https://old.example/ada"]);
});

const TIME = "2026-10-02T07:00:00Z";

for (const element of ["dc:date", "dcterms:issued", "dcterms:created", "dcterms:modified"]) {
  test(`the time of an item may be its ${element}`, () => {
    equal(draftOf(rssOf(`<${element}>${TIME}</${element}>`)).date_published, "2026-10-02T07:00:00.000Z");
  });
}

for (const [valid, expires] of [
  ["start=2025-11-04T07:00:00Z; end=2027-01-01T00:00:00Z; scheme=W3C-DTF", "2027-01-01T00:00:00.000Z"],
  ["END = 2027-01-01T00:00:00Z", "2027-01-01T00:00:00.000Z"],
  ["2027-01-01T00:00:00Z", "2027-01-01T00:00:00.000Z"],
  ["start=2025-11-04T07:00:00Z;", undefined],
] as const) {
  test(`dcterms:valid of ${valid} lets an item expire ${expires === undefined ? "never" : `at ${expires}`}`, () => {
    const element = `<dcterms:valid>${valid}</dcterms:valid>`;
    equal(draftOf(rssOf(element)).expires, expires);
    equal(draftOf(atomOf(element)).expires, expires);
  });
}

test("an item whose time of expiry can’t be read is refused: it might never expire", () => {
  const [item] = itemsOf(rssOf("<dcterms:valid>end=next week</dcterms:valid>"));
  deepEqual(item?.outcome, {
    kind: "refused",
    reason:
      "The item's time of expiry is “next week”. This is not a time that can be read: write it as in RFC 3339, such as 2025-11-04T07:07:06+00:00.",
    warnings: [],
  });
});

// Ids

const guid = (text: string, title: string, more = ""): string =>
  `<title>${title}</title><guid isPermaLink="false">${text}</guid>${more}`;

function fatesOf(feed: string): string[] {
  return itemsOf(feed)
    .map(({ label, outcome }) =>
      outcome.kind === "draft" ? `${label}: ${outcome.draft.title}` : `${label}: ${outcome.reason}`,
    )
    .toSorted();
}

const REPEATED = "The item has the guid of another item of this file: item 1.";

for (const [title, second] of [
  ["the same", "d1"],
  ["the same except for white space", " d1 \n"],
  ["the same except for characters that no feed can carry", "d\u{fffe}1"],
] as const) {
  test(`of two items whose guid is ${title} the second is refused and the first is read`, () => {
    deepEqual(fatesOf(rssOf(guid("d1", "First"), guid(second, "Second"))), [
      `d1 (item 2): ${REPEATED}`,
      "d1: First",
    ]);
  });
}

test("ids are compared in Normalization Form C", () => {
  deepEqual(fatesOf(rssOf(guid("caf\u00e9", "First"), guid("cafe\u0301", "Second"))), [
    `caf\u00e9 (item 2): ${REPEATED}`,
    "caf\u00e9: First",
  ]);
});

test("of two items with one id the first in the document wins, even if it is the later one", () => {
  const [later, earlier] = [
    "<pubDate>Wed, 05 Nov 2025 07:07:06 GMT</pubDate>",
    "<pubDate>Tue, 04 Nov 2025 07:07:06 GMT</pubDate>",
  ];
  deepEqual(fatesOf(rssOf(guid("d1", "First", later), guid("d1", "Second", earlier))), [
    `d1 (item 2): ${REPEATED}`,
    "d1: First",
  ]);
});

test("an item that is left out, or that has no guid, blocks no other item’s guid", () => {
  const gone = guid("d1", "Gone", '<media:status state="deleted"/>');
  const feed = rssOf(gone, guid("d1", "Second"), "<title>Third</title>", "<title>Fourth</title>");
  const kinds = itemsOf(feed).map(({ outcome }) => outcome.kind);
  deepEqual(kinds.toSorted(), ["draft", "draft", "draft", "left-out"]);
});
