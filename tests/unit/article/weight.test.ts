/** The weight of an article in a feed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Draft, Image, WindowArticle } from "../../../src/article/article.ts";
import { bytesOf } from "../../../src/article/bounds.ts";
import { fitting, MAX_FEED_BYTES, MAX_SHARE_BYTES, weightOf } from "../../../src/article/weight.ts";
import { feedDocument } from "../../../src/feed/feed.ts";
import { renderFlipboard } from "../../../src/render/flipboard.ts";
import { FORMATS } from "../../../src/render/formats.ts";
import { renderMsn } from "../../../src/render/msn.ts";
import { renderSmartNews } from "../../../src/render/smartnews.ts";
import { type Window, windowArticleText } from "../../../src/store/records.ts";
import { unionWindow } from "../../../src/store/union.ts";
import { aWindowArticle } from "../../support/stories/article.ts";
import { site } from "../../support/site.ts";
import { prose } from "../../support/stories/prose.ts";

const EDITION = { epoch: "a1", sequence: 1, changed: Date.parse("2026-11-04T12:00:00Z") };
const RENDERERS = [...FORMATS.map(({ render }) => render), renderSmartNews, renderMsn, renderFlipboard];

/** The bytes of a feed in every format, for every partner, with bodies and without. */
function sizes(articles: WindowArticle[]): number[] {
  return (["full", "summary"] as const).flatMap((content) => {
    const shape = { part: { variant: { content } } };
    const document = feedDocument(site, "all", { version: 1, articles, withdrawn: [] }, EDITION, shape);
    return RENDERERS.map((render) => bytesOf(render(document)));
  });
}

// Each is written so often that one byte less for it outweighs the markup around it.
const OFTEN = 2500;

function repeated(signs: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...signs), { minLength: 1, maxLength: 2 })
    .map((some) => some.join("").repeat(OFTEN));
}

const SIGNS = Array.from("&<>\"'\\\n\t\r\u0001\u0085\u00A0\uFFFD\u202E\u202C]é桥🌊");
const IN_EXCERPTS = Array.from("&<>\"'\\]é桥🌊");
const IN_ADDRESSES = Array.from("&'\\|{}[]=%;é桥🌊\u0001");
const text = repeated([...SIGNS, "a ", "]]>", "&nbsp;", "]\u0001]>"]);
const html = fc.oneof(text, repeated(["<p>", '<a href="/">', "]]>", "]\u0001]\uFFFE>", "\n"]));
const address = repeated(IN_ADDRESSES).map((query) => `https://a.example/a.jpg?${query}`);
const video = "video/mp4";

const KEPT_ID = "a".repeat(64);
const KEPT: Image = {
  url: `${site.url}/media/${KEPT_ID}.avif`,
  media: KEPT_ID,
  type: "image/avif",
  width: 10_000,
  height: 10_000,
  length: 15_000_000,
  sizes: [1200, 400].map((width) => ({ type: "image/webp", width, height: 10_000, length: 15_000_000 })),
};

/** Articles of which one part is long. What the parts weigh is added up, so that no two need be long together. */
const hostile = fc
  .oneof(
    text.map((guid) => ({ guid })),
    text.map((path) => ({ guid: `urn:${path}` })),
    text.map((headline) => ({ headline })),
    text.map((shortHeadline) => ({ shortHeadline, headline: "Harbour bridge ".repeat(5) })),
    text.map((summary) => ({ summary })),
    html.map((body) => ({ html: body })),
    html.map((body) => ({ html: body, language: "ar" })),
    text.map((body) => ({ text: body, summary: undefined })),
    text.map((correction) => ({ correction })),
    text.map((reason) => ({ reason })),
    address.map((link) => ({ link })),
    address.map((url) => ({ image: { url } })),
    text.map((alt) => ({ image: { url: "https://a.example/a.jpg", alt } })),
    text.map((credit) => ({ image: { url: "https://a.example/a.jpg", credit } })),
    text.map((caption) => ({ image: { url: "https://a.example/a.jpg", alt: "A", caption } })),
    text.map((alt) => ({ image: { url: "https://a.example/a.jpg", alt, caption: "A" } })),
    text.map((caption) => ({ image: { ...KEPT, alt: "A", caption } })),
    text.map((title) => ({ sections: [{ id: "a", title }] })),
    text.map((name) => ({ authors: [{ name }] })),
    address.map((url) => ({ authors: [{ name: "Jane Roe", url }] })),
    text.map((tag) => ({ tags: [tag] })),
    address.map((url) => ({ attachments: [{ url, type: video }] })),
    text.map((type) => ({ attachments: [{ url: "https://a.example/a.mp4", type }] })),
    text.map((title) => ({ attachments: [{ url: "https://a.example/a.mp4", type: video, title }] })),
  )
  .map((changes) => aWindowArticle(changes));

/** The most that an article takes: of a feed in any format, or of its window. */
function mostOf(article: WindowArticle): number {
  const [empty, full] = [sizes([]), sizes([article])];
  const inFeeds = full.map((size, index) => size - (empty[index] ?? 0));
  return Math.max(...inFeeds, bytesOf(windowArticleText(article)));
}

describe("an article weighs no less than it takes in any feed and in its window,", () => {
  test("whatever characters it is made of", () => {
    fc.assert(
      fc.property(hostile, (article) => {
        expect(weightOf(article)).toBeGreaterThanOrEqual(mostOf(article));
      }),
      { numRuns: 500 },
    );
  });

  test.each(IN_EXCERPTS)("though its excerpt has nothing but %j", (sign) => {
    const plain = aWindowArticle({ summary: undefined, text: "x".repeat(400) });
    const made = aWindowArticle({ summary: undefined, text: sign.repeat(400) });
    // An excerpt is short: the markup's share in the weight would hide what it takes.
    const before = sizes([plain]);
    const more = sizes([made]).map((size, index) => size - (before[index] ?? 0));
    expect(weightOf(made) - weightOf(plain)).toBeGreaterThanOrEqual(Math.max(...more));
  });

  test.each<[string, Parameters<typeof aWindowArticle>[0]]>([
    ["sections", { sections: times(20, (n) => ({ id: `a-${n}`, title: `A ${n}` })) }],
    ["authors", { authors: times(100, (n) => ({ name: `A ${n}`, url: "http://a" })) }],
    ["tags", { tags: times(100, (n) => `A ${n}`) }],
    [
      "attachments",
      {
        attachments: times(100, (n) => {
          return { url: `https://a.example/${n}`, type: "a/b", title: "A", length: Number.MAX_SAFE_INTEGER };
        }),
      },
    ],
    [
      "parts",
      {
        shortHeadline: "A",
        correction: "A",
        language: "ar-Arab-EG-x-private-use",
        dateline: EDITION.changed,
        expires: EDITION.changed,
        image: { url: "https://a.example/a.jpg", alt: "A", credit: "A", width: 10_000, height: 10_000 },
        attachments: [{ url: "https://a.example/a.mp4", type: video, length: 1e9 }],
      },
    ],
    [
      "parts beside the files of its picture",
      {
        shortHeadline: "A",
        correction: "A",
        language: "ar-Arab-EG-x-private-use",
        dateline: EDITION.changed,
        expires: EDITION.changed,
        image: { ...KEPT, alt: "A", caption: "A", credit: "A" },
      },
    ],
  ])("however many %s it has", (_, changes) => {
    const article = aWindowArticle(changes);
    expect(weightOf(article)).toBeGreaterThanOrEqual(mostOf(article));
  });
});

function times<Member>(length: number, make: (index: number) => Member): Member[] {
  return Array.from({ length }, (_, index) => make(index));
}

test.each<[string, Draft["image"]]>([
  ["an article", KEPT],
  ["a draft, which has its id alone,", { media: KEPT_ID }],
])("the files of a kept picture add no less to the weight of %s than they take", (_, image) => {
  const plain = aWindowArticle({ image: undefined });
  const taken = mostOf({ ...plain, image: { ...KEPT, alt: undefined } }) - mostOf(plain);
  expect(weightOf({ ...plain, image }) - weightOf(plain)).toBeGreaterThanOrEqual(taken);
});

test("an ordinary article weighs little more than it takes in its heaviest format", () => {
  const paragraphs = prose(1, 150).trim().split("\n\n");
  const article = aWindowArticle({
    headline: "Harbour bridge reopens after the storm",
    summary: prose(2, 2),
    html: paragraphs
      .map((words) => `<p>${words} <a href="https://gazette.example/tides">Tides</a></p>`)
      .join("\n"),
    text: paragraphs.join("\n\n"),
    authors: [{ name: "Jane Roe", url: "https://gazette.example/jane" }],
    tags: ["bridges", "harbour", "storms"],
    image: {
      url: "https://gazette.example/bridge.jpg?w=1600&h=900",
      alt: "The bridge at noon.",
      credit: "Sam Poe",
    },
  });
  expect(bytesOf(article.html)).toBeGreaterThan(15_000);
  expect(weightOf(article)).toBeLessThan(mostOf(article) * 1.15);
  expect(50 * weightOf(article)).toBeLessThan(MAX_FEED_BYTES);
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

function story(id: string, minute: number, length: number): WindowArticle {
  return aWindowArticle({ id, guid: id, published: NOON + minute * 60_000, html: "x".repeat(length) });
}

function window(articles: WindowArticle[], isCut?: boolean): Window {
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
