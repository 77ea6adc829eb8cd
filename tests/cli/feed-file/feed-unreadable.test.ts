/** Unreadable items of feeds: only they are refused. */
import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { readEach } from "../../../src/cli/feed-file/each-item.ts";
import { atomOf, itemsOf, rdfOf, rssOf } from "./feed.ts";

const DATE = "2025-11-04T07:07:06Z";

const guid = (text: string, title: string): string => `<title>${title}</title><guid>${text}</guid>`;

function fatesOf(feed: string): string[] {
  return itemsOf(feed)
    .map(({ label, outcome }) =>
      outcome.kind === "draft" ? `${label}: ${outcome.draft.title}` : `${label}: ${outcome.reason}`,
    )
    .toSorted();
}

const DEEP = "<div>".repeat(20_000);
const escaped = DEEP.replaceAll("<", "&lt;");
const TOO_DEEP = "The item holds HTML whose elements are nested too deeply.";
const bad = (text: string): string =>
  `<guid>bad</guid><content:encoded>B</content:encoded><description>${text}</description>`;

for (const [title, feed, reason] of [
  ["RSS", rssOf(guid("d1", "One"), bad(escaped), guid("d3", "Three")), TOO_DEEP],
  [
    "RSS with deep HTML in Media RSS",
    rssOf(
      guid("d1", "One"),
      `<guid>bad</guid><media:content url="/a.jpg"><media:description type="html">${escaped}</media:description></media:content>`,
      guid("d3", "Three"),
    ),
    TOO_DEEP,
  ],
  [
    "RSS with too many elements",
    rssOf(guid("d1", "One"), bad("&lt;i&gt;&lt;/i&gt;".repeat(40_000)), guid("d3", "Three")),
    "The item holds HTML of too many elements.",
  ],
  [
    "Atom",
    atomOf(
      "<id>d1</id><title>One</title>",
      `<id>bad</id><title type="html">${escaped}</title>`,
      "<id>d3</id><title>Three</title>",
    ),
    TOO_DEEP,
  ],
  [
    "RSS 1.0",
    rdfOf({
      d1: "<title>One</title>",
      bad: bad(escaped).replace("<guid>bad</guid>", ""),
      d3: "<title>Three</title>",
    }),
    TOO_DEEP,
  ],
  [
    "JSON Feed",
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "Old",
      items: [
        { id: "d1", title: "One", date_published: DATE },
        { id: "bad", content_text: "B", date_published: DATE, status: "deep" },
        { id: "d3", title: "Three", date_published: DATE },
      ],
    }).replace('"deep"', "[".repeat(20_000) + "]".repeat(20_000)),
    "The item says who may see it in members that are nested too deeply.",
  ],
] as const) {
  test(`an unreadable item of ${title} is refused by its name, and the others are read`, () => {
    deepEqual(fatesOf(feed), [`bad: ${reason}`, "d1: One", "d3: Three"]);
  });
}

test("an error while an item is read refuses that item alone", () => {
  const [item] = readEach(
    [1],
    () => "a",
    () => {
      throw new RangeError("Too much.");
    },
  );
  deepEqual([item?.id, item?.unreadable], ["a", "The item can’t be read: Too much."]);
});
