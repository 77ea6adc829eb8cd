/** The decoder of articles: everything that it takes can be shown in every format, on every page, in every list. */
import fc from "fast-check";
import { parseFragment } from "parse5";
import { expect, test } from "vitest";
import { type Article, STATUSES } from "../../../src/article/article.ts";
import { newsLanguage } from "../../../src/article/language.ts";
import { PICTURE_TYPES } from "../../../src/article/media.ts";
import { homeUrl } from "../../../src/feed/addresses.ts";
import { feedGroups } from "../../../src/feed/directory.ts";
import { feedDocument } from "../../../src/feed/feed.ts";
import { formatHttpDate } from "../../../src/http/http-date.ts";
import { madeFor, PARTNERS } from "../../../src/public/partners.ts";
import { dryRun } from "../../../src/api/dry-run.ts";
import { articleJson } from "../../../src/render/article-json.ts";
import { articlePage } from "../../../src/pages/article-page.tsx";
import { feedPage } from "../../../src/pages/feed-page.tsx";
import { homePage } from "../../../src/pages/home-page.tsx";
import { navigationOf } from "../../../src/pages/parts/navigation.ts";
import { FORMATS } from "../../../src/render/formats.ts";
import { renderOpml } from "../../../src/render/opml.ts";
import { renderNewsSitemap, renderSitemap } from "../../../src/render/sitemap.ts";
import { readAuthors, readNews, readSite } from "../../../src/store/directory.ts";
import { readEdition } from "../../../src/store/edition.ts";
import { readArticle, readWindow } from "../../../src/store/records.ts";
import { site } from "../../support/site.ts";
import { parseXml, throughUtf8 } from "../../support/reading/xml.ts";

const NOW = Date.parse("2026-11-25T12:00:00Z");

const PIECES = [
  "a ",
  "]]>",
  "<b>",
  "&amp;",
  "&",
  '"',
  "'",
  "\u0000",
  "\u0085",
  "\uFFFE",
  "\uFDD0",
  "\uFDD01\uFDD1",
  "\u202E",
];
const piece = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...PIECES, "桥", "🌊", "\n", "</script>", "-->") },
  { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
);
const whole = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
/** Sometimes with half a surrogate pair, which the decoder refuses. */
const text = fc.oneof(
  { weight: 60, arbitrary: whole },
  { weight: 1, arbitrary: whole.map((some) => `${some}\uD800`) },
);
const slug = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom("a", "harbour-bridge", "x".repeat(80)) },
  { weight: 1, arbitrary: whole },
);
const address = fc.oneof(
  { weight: 10, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "HTTPS://A.example/?a=1&b='2'{|}",
      "http:a",
      "https://a.example/\\b]]>".slice(0, 20),
    ),
  },
  { weight: 1, arbitrary: whole.map((some) => `https://a.example/${some}`) },
);
const instant = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: NOW - 9e9, max: NOW }) },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      0,
      -1,
      Date.parse("0001-01-01T00:00:00Z"),
      Date.parse("9999-12-31T23:59:59.999Z"),
      253_402_300_800_001,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(8.64e15, 8.64e15 + 1, -9e15, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER),
  },
);
const language = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom(
      "en",
      "ar",
      "zh-Hant-TW",
      "en-u-ca-buddhist-nu-thai",
      "und",
      "xx",
      "sr-Latn-x-private",
      "he-IL",
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom("english please", "", "a", "i", "en_", "en\uD800", "x-y") },
);
const count = fc.oneof(
  { weight: 10, arbitrary: fc.nat() },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, 1e300) },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 });

const candidate = fc.record({
  version: fc.constant(1),
  id: slug,
  guid: text,
  revision: fc.oneof(
    { weight: 10, arbitrary: fc.integer({ min: 1, max: 9 }) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1, 1.5, 2 ** 53) },
  ),
  status: fc.constantFrom(...STATUSES),
  sections: few(fc.record({ id: slug, title: text })),
  headline: text,
  shortHeadline: maybe(text),
  summary: maybe(text),
  html: text.map((some) => `<p>${some}</p>`),
  text,
  authors: few(fc.record({ name: text, url: maybe(address) })),
  tags: few(text),
  language,
  link: maybe(address),
  image: maybe(
    fc.record({
      url: address,
      alt: maybe(text),
      credit: maybe(text),
      width: maybe(count),
      height: maybe(count),
      caption: maybe(text),
      type: maybe(fc.oneof(text, fc.constantFrom(...PICTURE_TYPES))),
      length: maybe(count),
      media: maybe(fc.constant("a".repeat(64))),
      sizes: maybe(
        few(
          fc.record({
            type: fc.constantFrom(...PICTURE_TYPES),
            width: fc.nat(),
            height: fc.nat(),
            length: fc.nat(),
          }),
        ),
      ),
    }),
  ),
  attachments: few(fc.record({ url: address, type: text, length: maybe(count), title: maybe(text) })),
  published: instant,
  updated: instant,
  changed: instant,
  dateline: maybe(instant),
  correction: maybe(text),
  expires: maybe(instant),
  reason: maybe(text),
});

/** As KV holds it. */
function stored(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function isHtml(page: string): void {
  throughUtf8(page);
  parseFragment(page);
}

function isXml(xml: string): void {
  parseXml(xml);
  expect(xml).not.toMatch(/Invalid Date|NaN/);
}

function showsEverywhere(article: Article): void {
  const { id, guid, revision, reason, sections, authors, published, updated, changed } = article;
  const tombstone = { version: 1, id, guid, revision, withdrawn: changed, reason };
  const window = readWindow(
    JSON.stringify({ version: 1, title: authors[0]?.name, articles: [article], withdrawn: [tombstone] }),
    "window",
  );
  expect([window.articles.length, window.withdrawn.length]).toEqual([1, 1]);
  const edition = {
    epoch: "a1",
    sequence: 1,
    changed: readEdition({ epoch: "a1", sequence: 1, changed })?.changed ?? 0,
  };
  const document = feedDocument(site, "all", window, edition);
  for (const format of FORMATS) {
    const feed = format.render(document);
    if (format.format === "json") JSON.parse(throughUtf8(feed));
    else isXml(feed);
    isHtml(feedPage(site, "all", format, document));
  }
  for (const partner of PARTNERS) {
    isXml(partner.render(madeFor(partner, document, "all", site, NOW)));
    isXml(partner.render(document));
  }
  const found = readSite(
    JSON.stringify({
      version: 1,
      sections: sections.map((one) => ({ ...one, count: 1, newest: published })),
    }),
  );
  const known = readAuthors(
    JSON.stringify({ version: 1, authors: authors.map(({ name }) => ({ id, name })) }),
  );
  expect([found.sections.length, known.authors.length]).toEqual([sections.length, authors.length]);
  const groups = feedGroups(site, found, known);
  isXml(renderOpml(site, groups));
  const navigation = navigationOf(site, found);
  isHtml(homePage(site, { navigation, newest: window.articles, windows: new Map(), archive: undefined }));
  isHtml(articlePage(site, article));
  isXml(renderSitemap([{ url: homeUrl(site, "all"), updated, image: article.image?.url }]));
  const { articles } = readNews(JSON.stringify({ version: 1, articles: [article] }));
  expect(articles.length).toBe(1);
  isXml(
    renderNewsSitemap(
      site.title,
      articles.map(({ headline, ...rest }) => ({
        url: site.url,
        title: headline,
        language: newsLanguage(rest.language) ?? "en",
        published: rest.published,
        image: rest.image,
      })),
    ),
  );
  JSON.parse(throughUtf8(JSON.stringify([articleJson(site, article), dryRun(site, article, NOW)])));
  expect(formatHttpDate(edition.changed)).toMatch(
    /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
  );
}

test("everything that the decoder takes is well formed in every format, on every page and in every list", () => {
  let taken = 0;
  const report = console.error;
  console.error = () => undefined;
  fc.assert(
    fc.property(candidate, (written) => {
      const article = readArticle(stored(written), "candidate");
      if (article === undefined) return;
      taken += 1;
      showsEverywhere(article);
    }),
    { numRuns: 600 },
  );
  console.error = report;
  expect(taken).toBeGreaterThan(100);
}, 120_000);

test.each([Number.NaN, Infinity, -Infinity, 9e15, -9e15, 253_402_300_800_000])(
  "an instant such as %d is written as the nearest date",
  (instantOf) => {
    const shown = articleJson(site, {
      id: "a",
      guid: "a",
      revision: 1,
      status: "draft",
      sections: [],
      headline: "",
      published: instantOf,
      updated: instantOf,
      changed: instantOf,
      expires: undefined,
      reason: undefined,
    });
    expect([shown.published, formatHttpDate(instantOf)]).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      expect.stringMatching(/ \d{4} [\d:]+ GMT$/),
    ]);
  },
);
