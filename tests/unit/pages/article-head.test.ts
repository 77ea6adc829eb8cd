/** The head of an article's page: The Open Graph protocol (ogp.me), schema.org as Google documents it, X's cards. */
import { decodeHTML } from "entities";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Article, Image } from "../../../src/article/article.ts";
import { articlePage } from "../../../src/pages/article-page.tsx";
import { readSettings } from "../../../src/settings.ts";
import { anArticle } from "../../support/stories/article.ts";

const ORIGIN = "https://news.example";
const ID = "ab".repeat(32);

const FILE = {
  title: "The Gazette",
  description: "News from the coast.",
  language: "en",
  publisher: { name: "The Gazette", url: "https://gazette.example/" },
  authority: "gazette.example",
  since: "2026-01-31",
  sections: [{ title: "Politics" }],
};

/** A picture that is kept here, 2,400 pixels wide. The address that it had on another site must not be shown. */
const KEPT: Image = {
  url: `https://old.example/media/${ID}.jpg`,
  media: ID,
  type: "image/jpeg",
  width: 2400,
  height: 1600,
  length: 900_000,
  sizes: [
    { type: "image/jpeg", width: 1200, height: 800, length: 200_000 },
    { type: "image/jpeg", width: 400, height: 267, length: 30_000 },
  ],
  alt: "The bridge at dusk",
  caption: "Workers left on Tuesday.",
  credit: "Ann Lee",
};

function headOf(changes: Partial<Article>, siteChanges: Record<string, unknown> = {}) {
  const html = articlePage(readSettings({ ...FILE, ...siteChanges }, ORIGIN), anArticle(changes));
  const found = (pattern: RegExp) =>
    [...html.matchAll(pattern)].map(([, ...rest]) => rest.map((text) => decodeHTML(text)));
  const scripts = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
  const data = scripts.map(([, json = ""]) => JSON.parse(json));
  return {
    properties: found(/<meta property="([^"]*)" content="([^"]*)"/g),
    names: new Map(
      found(/<meta name="([^"]*)" content="([^"]*)"/g).map(([name, content]) => [name, content]),
    ),
    canonical: found(/<link rel="canonical" href="([^"]*)"/g).flat(),
    article: data.find((node) => node["@type"] === "NewsArticle"),
    trail: data.find((node) => node["@type"] === "BreadcrumbList"),
  };
}

/** The values of a property, in their order. */
function valuesOf(property: string, { properties }: ReturnType<typeof headOf>): (string | undefined)[] {
  return properties.filter(([name]) => name === property).map(([, content]) => content);
}

describe("the picture of an article", () => {
  test("[ogp.me, Structured Properties] is told with size, type and text, each after og:image", () => {
    const images = headOf({ image: KEPT }).properties.filter(([name]) => name?.startsWith("og:image"));
    expect(images).toEqual([
      ["og:image", `${ORIGIN}/media/${ID}-1200w.jpg`],
      ["og:image:type", "image/jpeg"],
      ["og:image:width", "1200"],
      ["og:image:height", "800"],
      ["og:image:alt", "The bridge at dusk"],
    ]);
  });

  test("[schema.org ImageObject] is one with its size, caption and credit", () => {
    expect(headOf({ image: KEPT }).article.image).toEqual({
      "@type": "ImageObject",
      url: `${ORIGIN}/media/${ID}-1200w.jpg`,
      contentUrl: `${ORIGIN}/media/${ID}-1200w.jpg`,
      encodingFormat: "image/jpeg",
      width: 1200,
      height: 800,
      caption: "Workers left on Tuesday.",
      creditText: "Ann Lee",
    });
  });

  test("that is small is its original", () => {
    const small = { ...KEPT, width: 900, height: 600, sizes: KEPT.sizes?.slice(1) };
    expect(valuesOf("og:image", headOf({ image: small }))).toEqual([`${ORIGIN}/media/${ID}.jpg`]);
  });

  test("that lies elsewhere is named by its address, and nothing is said that nobody knows", () => {
    const head = headOf({ image: { url: "https://elsewhere.example/a.png" } });
    expect(head.properties.filter(([name]) => name?.startsWith("og:image"))).toEqual([
      ["og:image", "https://elsewhere.example/a.png"],
    ]);
    expect(head.article.image).toEqual({
      "@type": "ImageObject",
      url: "https://elsewhere.example/a.png",
      contentUrl: "https://elsewhere.example/a.png",
    });
  });

  test("may be missing", () => {
    const head = headOf({});
    expect([valuesOf("og:image", head), "image" in head.article]).toEqual([[], false]);
  });

  test.each([
    ["300 pixels by 157", { width: 300, height: 157 }, "summary_large_image"],
    ["299 pixels by 157", { width: 299, height: 157 }, "summary"],
    ["300 pixels by 156", { width: 300, height: 156 }, "summary"],
    ["a square", { width: 800, height: 800 }, "summary_large_image"],
    ["a tall one", { width: 800, height: 801 }, "summary"],
    ["a size that nobody knows", {}, "summary"],
  ])("[X, Summary Card with Large Image] of %s asks for the card %s", (_, size, card) => {
    const image = { url: "https://elsewhere.example/a.png", ...size };
    expect(headOf({ image }).names.get("twitter:card")).toBe(card);
  });

  test("may be shown large by search engines, where the article may be shown at all", () => {
    const robots = (["published", "expired"] as const).map((status) =>
      headOf({ status }).names.get("robots"),
    );
    expect(robots).toEqual(["max-image-preview:large", "noindex"]);
  });
});

describe("authors", () => {
  const authors = [{ name: "Ann Lee", url: "https://lee.example/" }, { name: "Bo Day" }];

  test("[Google, Article structured data] have their own address, else that of their page here", () => {
    const head = headOf({ authors });
    expect(head.article.author).toEqual([
      { "@type": "Person", name: "Ann Lee", url: "https://lee.example/" },
      { "@type": "Person", name: "Bo Day", url: `${ORIGIN}/authors/bo-day` },
    ]);
    expect(valuesOf("article:author", head)).toEqual(["https://lee.example/", `${ORIGIN}/authors/bo-day`]);
  });

  test("without a page have no address", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ name: `Author ${index}` }));
    const urls: (string | undefined)[] = headOf({ authors: many }).article.author.map(
      ({ url }: { url?: string }) => url,
    );
    expect([urls[0], urls.at(-1)]).toEqual([`${ORIGIN}/authors/author-0`, undefined]);
  });

  test("are the publisher where an article has none", () => {
    const head = headOf(
      {},
      { logo: "https://gazette.example/logo.svg", icon: "https://gazette.example/i.png" },
    );
    const publisher = {
      "@type": "NewsMediaOrganization",
      name: "The Gazette",
      url: "https://gazette.example/",
      logo: { "@type": "ImageObject", url: "https://gazette.example/logo.svg" },
    };
    expect([head.article.author, head.article.publisher]).toEqual([[publisher], publisher]);
    expect(valuesOf("article:author", head)).toEqual([]);
  });

  test.each([
    [
      { icon: "https://gazette.example/i.png" },
      { "@type": "ImageObject", url: "https://gazette.example/i.png" },
    ],
    [{}, undefined],
  ])("a publisher with %j has this logo", (siteChanges, logo) => {
    expect(headOf({}, siteChanges).article.publisher.logo).toEqual(logo);
  });
});

describe("the address of an article", () => {
  test.each([
    ["is its page here", undefined, `${ORIGIN}/articles/harbour-bridge`],
    [
      "is the one that it names elsewhere",
      "https://elsewhere.example/bridge",
      "https://elsewhere.example/bridge",
    ],
  ])("%s, the same in every place", (_, link, address) => {
    const head = headOf({ link });
    expect({
      canonical: head.canonical,
      openGraph: valuesOf("og:url", head),
      data: [head.article.url, head.article.mainEntityOfPage],
    }).toEqual({ canonical: [address], openGraph: [address], data: [address, address] });
  });

  test("[Google, Breadcrumb structured data] has the way from the front page before it", () => {
    expect(headOf({}).trail.itemListElement).toEqual([
      { "@type": "ListItem", position: 1, name: "The Gazette", item: `${ORIGIN}/` },
      { "@type": "ListItem", position: 2, name: "Politics", item: `${ORIGIN}/sections/politics` },
      { "@type": "ListItem", position: 3, name: "Harbour bridge reopens" },
    ]);
  });
});

test("[ogp.me, article] tells tags, sections, the times, and when the article expires", () => {
  const head = headOf({
    tags: ["bridges", "ferries"],
    sections: [
      { id: "politics", title: "Politics" },
      { id: "coast", title: "Coast" },
    ],
    expires: Date.parse("2026-12-01T00:00:00Z"),
    correction: "The bridge is 40 metres long.",
  });
  expect(head.properties.filter(([name]) => name?.startsWith("article:"))).toEqual([
    ["article:published_time", "2026-11-04T12:00:00.000Z"],
    ["article:modified_time", "2026-11-04T12:00:01.000Z"],
    ["article:expiration_time", "2026-12-01T00:00:00.000Z"],
    ["article:section", "Politics"],
    ["article:section", "Coast"],
    ["article:tag", "bridges"],
    ["article:tag", "ferries"],
  ]);
  const { keywords, expires, correction, isAccessibleForFree } = head.article;
  expect({ keywords, expires, correction, isAccessibleForFree }).toEqual({
    keywords: ["bridges", "ferries"],
    expires: "2026-12-01T00:00:00.000Z",
    correction: "The bridge is 40 metres long.",
    isAccessibleForFree: undefined,
  });
});

test.each([
  ["en-GB", ["en_GB"]],
  ["pt-BR", ["pt_BR"]],
  ["de", ["de_DE"]],
  ["zh-Hant", ["zh_TW"]],
])("[ogp.me, og:locale] the language %s is the locale %s", (language, locales) => {
  expect(valuesOf("og:locale", headOf({ language }))).toEqual(locales);
});

test("no text ends the script that it stands in, and each comes out as it was", () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.constantFrom("</script>", "<!--", "<script>", "]]>", '"', "\\", "\u2028", "é"))
        .map((parts) => parts.join("a")),
      (text) => {
        const headline = `x${text}`;
        const head = headOf({ headline, image: { ...KEPT, caption: headline, credit: headline } });
        expect([
          head.article.headline,
          head.article.image.caption,
          head.article.image.creditText,
          head.trail.itemListElement[2].name,
        ]).toEqual([headline, headline, headline, headline]);
      },
    ),
  );
});
