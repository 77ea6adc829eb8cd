/** The weight of an article in a feed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import { bytesOf } from "../../../src/article/bounds.ts";
import { fitting, MAX_SHARE_BYTES, weightOf } from "../../../src/article/weight.ts";
import { feedDocument } from "../../../src/feed/feed.ts";
import { FORMATS } from "../../../src/render/formats.ts";
import type { Window } from "../../../src/store/records.ts";
import { unionWindow } from "../../../src/store/union.ts";
import { anArticle } from "../../support/stories/article.ts";
import { site } from "../../support/site.ts";

const EDITION = { epoch: "a1", sequence: 1, changed: Date.parse("2026-11-04T12:00:00Z") };
// The markup around an item in every feed, whatever the article says.
const MARKUP_BYTES = 3000;

function sizes(articles: Article[]): number[] {
  const document = feedDocument(site, "all", { version: 1, articles, withdrawn: [] }, EDITION);
  return FORMATS.map(({ render }) => bytesOf(render(document)));
}

test("an item is no heavier in any format than its article weighs, whatever characters it is made of", () => {
  const empty = sizes([]);
  const sign = fc.constantFrom("&", "<", ">", '"', "]]>", "\\", "a ", "é", "桥", "🌊");
  const text = fc.array(sign, { minLength: 1, maxLength: 10 }).map((signs) => signs.join("").repeat(100));
  fc.assert(
    fc.property(text, text, text, (headline, summary, body) => {
      const article = anArticle({
        headline,
        summary,
        html: `<p>${body.replaceAll("<", "&lt;")}</p>`,
        text: body,
        tags: [headline],
      });
      sizes([article]).forEach((size, index) =>
        expect(size - (empty[index] ?? 0)).toBeLessThanOrEqual(weightOf(article) + MARKUP_BYTES),
      );
    }),
    { numRuns: 200 },
  );
});

function shown(weights: number[], max: number) {
  return fitting(weights, (weight) => weight, max);
}

describe("a feed with a low limit of weight", () => {
  test("leaves out an article that is too heavy for any feed, even the newest", () => {
    expect(shown([MAX_SHARE_BYTES + 1, 10, MAX_SHARE_BYTES + 1, 20], 100)).toEqual({
      shown: [10, 20],
      tooHeavy: [MAX_SHARE_BYTES + 1, MAX_SHARE_BYTES + 1],
      isCut: false,
    });
  });

  test("ends where the next article doesn't fit, even the first one", () => {
    expect(shown([50, 60, 1], 100)).toEqual({ shown: [50], tooHeavy: [], isCut: true });
    expect(shown([101, 1], 100)).toEqual({ shown: [], tooHeavy: [], isCut: true });
  });
});

const NOON = Date.parse("2026-11-04T12:00:00Z");

function story(id: string, minute: number, length: number): Article {
  return anArticle({ id, guid: id, published: NOON + minute * 60_000, html: "x".repeat(length) });
}

function window(articles: Article[], isCut?: boolean): Window {
  return { version: 1, articles, withdrawn: [], isCut };
}

function ids(windows: Window[]): string[] {
  return unionWindow(windows, 50, 1_000_000).articles.map(({ id }) => id);
}

describe("a union", () => {
  test("leaves out a newest article that is too heavy, which an earlier release left in a window", () => {
    expect(
      ids([window([story("huge", 9, 5_000_000), story("a", 5, 10)]), window([story("b", 7, 10)])]),
    ).toEqual(["b", "a"]);
  });

  test("ends where a window was cut, so that it has no gap", () => {
    expect(ids([window([story("a", 5, 10)], true), window([story("b", 7, 10), story("c", 3, 10)])])).toEqual([
      "b",
      "a",
    ]);
  });
});
