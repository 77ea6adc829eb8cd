/** Articles in Dateline's own JSON, as the API and webhooks show them. */
import { expect, test } from "vitest";
import { articleJson, withdrawalJson } from "../../../src/render/article-json.ts";
import { site } from "../../support/site.ts";
import { anArticle } from "../../support/stories/article.ts";

const WITHDRAWN = Date.parse("2026-11-05T08:00:00.500Z");

test("an article has its times in RFC 3339, its address, and every other member as it is", () => {
  const article = anArticle({ expires: WITHDRAWN, dateline: WITHDRAWN });
  expect(articleJson(site, article)).toEqual({
    ...article,
    url: "https://news.example/articles/harbour-bridge",
    published: "2026-11-04T12:00:00.000Z",
    updated: "2026-11-04T12:00:01.000Z",
    changed: "2026-11-04T12:00:02.000Z",
    expires: "2026-11-05T08:00:00.500Z",
    dateline: "2026-11-05T08:00:00.500Z",
  });
});

test("a kept picture has the addresses of its files on this site, wherever it was when the article was written", () => {
  const media = "a".repeat(64);
  const size = { type: "image/webp", width: 400, height: 300, length: 9 } as const;
  const image = {
    url: "https://former.example/media/a.png",
    media,
    type: "image/png",
    alt: "A",
    sizes: [size],
  };
  expect(articleJson(site, anArticle({ image })).image).toEqual({
    ...image,
    url: `https://news.example/media/${media}.png`,
    sizes: [{ ...size, url: `https://news.example/media/${media}-400w.webp` }],
  });
});

test("what the Desk notes of a picture for itself isn't shown", () => {
  const shown = articleJson(site, anArticle({ pictured: "0123456789abcdef", named: "fedcba9876543210" }));
  expect(shown).toEqual(articleJson(site, anArticle()));
});

test("an article without an expiry has no such member", () => {
  expect(Object.keys(articleJson(site, anArticle()))).not.toContain("expires");
});

test("a withdrawal has the article's identity and address, its time and its reason", () => {
  const { id, guid } = anArticle();
  const tombstone = { version: 1, id, guid, revision: 3, withdrawn: WITHDRAWN } as const;
  const value = {
    version: 1,
    id: "harbour-bridge",
    guid: "tag:gazette.example,2026-11-04:harbour-bridge",
    revision: 3,
    status: "withdrawn",
    url: "https://news.example/articles/harbour-bridge",
    withdrawn: "2026-11-05T08:00:00.500Z",
  };
  expect(withdrawalJson(site, { ...tombstone, reason: "It was wrong." })).toEqual({
    ...value,
    reason: "It was wrong.",
  });
  expect(Object.keys(withdrawalJson(site, tombstone))).toEqual(Object.keys(value));
});

test("a withdrawal has none of the article's words, even where they come with it", () => {
  const tombstone = { ...anArticle(), revision: 3, withdrawn: WITHDRAWN };
  const { headline, summary = "", text } = tombstone;
  const json = JSON.stringify(withdrawalJson(site, tombstone));
  expect([headline, summary, text].filter((words) => json.includes(words))).toEqual([]);
});
