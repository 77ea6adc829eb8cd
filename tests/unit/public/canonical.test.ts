import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalAddress } from "../../../src/public/canonical-address.ts";
import { sectionsNamed } from "../../../src/public/redirects.ts";

const ORIGIN = "https://news.example";

/** The canonical address for an address as a URL parser gives it in a request. */
function canonical(address: string): string | undefined {
  return canonicalAddress(new URL(`${ORIGIN}${address}`).href, 50);
}

describe("the canonical address", () => {
  test.each([
    ["/rss.xml?utm_source=a&utm_medium=b", "/rss.xml"],
    ["/rss.xml?fbclid=z&limit=2", "/rss.xml?limit=2"],
    ["/rss.xml?", "/rss.xml"],
    ["/rss.xml?&&", "/rss.xml"],
    ["/rss.xml?limit=2&", "/rss.xml?limit=2"],
    ["/rss.xml?Limit=1", "/rss.xml"],
    ["/rss.xml?raw=1", "/rss.xml?raw"],
    ["/rss.xml?raw&limit=2", "/rss.xml?limit=2&raw"],
    ["/rss.xml?raw&raw", "/rss.xml?raw"],
    ["/%72ss.xml", "/rss.xml"],
    ["/rss%2exml", "/rss.xml"],
    ["/rss%2Exml?x", "/rss.xml"],
    ["//rss.xml?x=1", "/rss.xml"],
    ["/rss?x=1&limit=7", "/rss.xml?limit=7"],
    ["/feed?x", "/feed"],
    ["/sections/p%6Flitics/rss.xml", "/sections/politics/rss.xml"],
    ["/sections/%70olitics?x", "/sections/politics"],
    [
      "/sections/politics+events/archive/politics-1/rss.xml?raw&x",
      "/sections/events+politics/archive/politics-1/rss.xml?raw",
    ],
    ["/archive/7/rss.xml?limit=2", "/archive/7/rss.xml"],
    ["/archive/%37/rss.xml", "/archive/7/rss.xml"],
    ["/msn.xml?limit=2&raw", "/msn.xml?raw"],
    ["/feeds/harbour/smartnews.xml?x", "/feeds/harbour/smartnews.xml"],
    ["/authors/jane-roe?x", "/authors/jane-roe"],
    ["/authors/Jane%20Roe/feed.json?content=full", "/authors/jane-roe/feed.json"],
    ["/tags/b%72idges/atom.xml", "/tags/bridges/atom.xml"],
    ["/articles/harbour-bridge?utm_campaign=x", "/articles/harbour-bridge"],
    ["/articles/harbour%2Dbridge", "/articles/harbour-bridge"],
    ["/articles/harbour-bridge/?x", "/articles/harbour-bridge"],
    ["/?x", "/"],
    ["/?", "/"],
    ["/sitemap.xml?x", "/sitemap.xml"],
    ["/sitemap-1.xml?x", "/sitemap-1.xml"],
    ["/sitemap-%31.xml", "/sitemap-1.xml"],
    ["/news-sitemap.xml?x", "/news-sitemap.xml"],
    ["/robots.txt?x", "/robots.txt"],
    ["/style.css?v=2", "/style.css"],
    ["/favicon.svg?v=2", "/favicon.svg"],
    ["/favicon.ico?v=2", "/favicon.ico"],
    ["/health?x", "/health"],
    ["/feeds?page=2", "/feeds"],
    ["/feeds.opml?x", "/feeds.opml"],
    ["/.well-known/feeds?x", "/.well-known/feeds"],
    ["/.well-known/%66eeds", "/.well-known/feeds"],
    ["/problems/not-found?x", "/problems/not-found"],
    ["/nowhere?x", "/nowhere"],
    ["/rss", "/rss.xml"],
    ["/feed.xml", "/rss.xml"],
    ["/index.xml", "/rss.xml"],
    ["/feed/rss", "/rss.xml"],
    ["/atom", "/atom.xml"],
    ["/feed.atom", "/atom.xml"],
    ["/index.json", "/feed.json"],
    ["/feed/json", "/feed.json"],
    ["/sections/politics/rss", "/sections/politics/rss.xml"],
    ["/sections/politics/index.xml", "/sections/politics/rss.xml"],
    ["/sections/politics/atom/", "/sections/politics/atom.xml"],
    ["/sections/Politics", "/sections/politics"],
    ["/sections/Human%20Rights/feed.json", "/sections/human-rights/feed.json"],
    ["/sections/human_rights/rss", "/sections/human-rights/rss.xml"],
    ["/sections/", "/sections"],
    ["/articles/", "/"],
    ["/authors/page/1", "/authors"],
    ["/tags/", "/"],
    ["/feeds/", "/feeds"],
    ["/opml", "/feeds.opml"],
    ["/feeds.xml", "/feeds.opml"],
    ["/sitemap", "/sitemap.xml"],
    ["/sitemap_index.xml", "/sitemap.xml"],
    ["/feeds/Harbour%20Affairs/rss", "/feeds/harbour-affairs/rss.xml"],
    ["/authors/Ren%C3%A9e%20Aubrisson", "/authors/renee-aubrisson"],
    ["/authors/Jane+Roe/", "/authors/jane-roe"],
    ["/tags/Boats/atom", "/tags/boats/atom.xml"],
    ["/sections/Politics+events/rss.xml", "/sections/events+politics/rss.xml"],
    ["/sections/politics%2BHuman%20Rights/feed.json", "/sections/human-rights+politics/feed.json"],
    ["/sections/politics+politics/", "/sections/politics"],
    ["/sections/+politics+", "/sections/politics"],
    ["/rss.xml/", "/rss.xml"],
    ["/feed/", "/feed"],
    ["/sections/politics/", "/sections/politics"],
    ["/sections/politics/rss.xml/", "/sections/politics/rss.xml"],
    ["/articles/harbour-bridge/", "/articles/harbour-bridge"],
    ["//rss.xml", "/rss.xml"],
    ["/sections//politics//rss.xml", "/sections/politics/rss.xml"],
    ["/api/", "/api"],
  ])("of %s is %s", (address, expected) => {
    expect(canonical(address)).toBe(expected);
  });

  test.each([
    "/",
    "/rss.xml",
    "/rss.xml?raw",
    "/rss.xml?content=summary&limit=3&raw",
    "/archive/7.12/rss.xml?raw",
    "/sections/events+politics/feed.json?limit=3",
    "/articles/harbour-bridge",
    "/caf%C3%A9",
    "/RSS.xml",
    "/rss.xml%ff",
  ])("of %s is the same address", (address) => {
    expect(canonical(address)).toBeUndefined();
  });

  test.each([
    "/api",
    "/api?x",
    "/api/articles?limit=2&cursor=x",
    "/api/articles?x",
    "/api/%61rticles",
    "/api/openapi.json?x",
    "/api//articles/",
  ])("is not looked for in the editors' API: %s", (address) => {
    expect(canonical(address)).toBeUndefined();
  });

  test.each(["/rss.xml?limit=0", "/atom.xml?content=SUMMARY&utm_source=x"])(
    "of %s isn't sought: the handler refuses its values",
    (address) => {
      expect(canonical(address)).toBeUndefined();
    },
  );

  const part = fc.oneof(
    fc.constantFrom(
      "sections",
      "feeds",
      "authors",
      "tags",
      "articles",
      "archive",
      "api",
      "feed",
      "rss",
      "rss.xml",
      "msn.xml",
    ),
    fc.constantFrom(
      "",
      ".",
      "..",
      "%2e",
      "%61",
      "%2F",
      "%5C",
      "%25",
      "%ff",
      "+",
      "Human Rights",
      "a+B+a",
      "7.12",
      "page",
      "2",
    ),
    fc.string({ unit: "binary", maxLength: 6 }),
  );
  const parameter = fc.oneof(
    fc.constantFrom(
      "limit=5",
      "limit=05",
      "limit=50",
      "limit=0",
      "content=summary",
      "content=full",
      "raw",
      "raw=1",
      "utm_source=x",
      "",
      "l%69mit=7",
    ),
    fc.string({ unit: "binary", maxLength: 6 }),
  );
  const anyAddress = fc
    .tuple(fc.array(part, { maxLength: 6 }), fc.option(fc.array(parameter, { maxLength: 4 })))
    .map(([parts, query]) => `/${parts.join("/")}${query === null ? "" : `?${query.join("&")}`}`)
    .filter((address) => URL.canParse(`${ORIGIN}${address}`));

  test("is its own canonical address, on this site: nobody is redirected twice", () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const to = canonical(address);
        fc.pre(to !== undefined);
        const followed = new URL(to, ORIGIN);
        expect([followed.origin, followed.href.slice(ORIGIN.length), canonical(to)]).toEqual([
          ORIGIN,
          to,
          undefined,
        ]);
      }),
      { numRuns: 5000 },
    );
  });
});

describe("the sections that a segment names", () => {
  const names = Array.from({ length: 10 }, (_, index) => `s${index}`);

  test("are at most ten, each once", () => {
    expect([
      sectionsNamed(names.join("+")),
      sectionsNamed([...names, ...names].join("+")),
      sectionsNamed([...names, "t"].join("+")),
    ]).toEqual([`section:${names.join("+")}`, `section:${names.join("+")}`, undefined]);
  });

  test.each([
    ["nothing", ""],
    ["plus signs", "+++"],
    ["more than an address of ten has", "a+".repeat(2000)],
  ])("are none where there is %s", (_, segment) => {
    expect(sectionsNamed(segment)).toBeUndefined();
  });
});
