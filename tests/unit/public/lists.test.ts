/** Lists of feeds and articles: whole documents, compared with those here, and the header field that offers feeds. */
import { newsLanguage } from "../../../src/article/language.ts";
import { describe, expect, test } from "vitest";
import type { FeedId } from "../../../src/article/feed-id.ts";
import type { Site } from "../../../src/article/site.ts";
import { feedGroups } from "../../../src/feed/directory.ts";
import { alternateLinks } from "../../../src/public/alternate-links.ts";
import { feedsPage } from "../../../src/pages/feeds-page.tsx";
import { renderOpml } from "../../../src/render/opml.ts";
import { renderNewsSitemap, renderSitemap, renderSitemapIndex } from "../../../src/render/sitemap.ts";

const NOON = Date.parse("2026-11-24T12:00:00Z");

const SITE: Site = {
  url: "https://news.example",
  title: "The Courier",
  description: "News & views.",
  language: "en",
  timeZone: "UTC",
  publisher: { name: "Courier & Sons" },
  authority: "courier.example",
  since: "2026-01-01",
  sections: [{ id: "politics", title: "Politics", description: 'Who said "no".' }],
  feeds: [],
  newSections: "open",
  itemsPerFeed: 50,
  hub: undefined,
};

describe("the groups of feeds", () => {
  test("hold declared sections in the owner's order, then undeclared ones that have an article", () => {
    const sections = [
      { id: "tides", title: "Tides", count: 2 },
      { id: "gone", title: "Gone", count: 0 },
      { id: "politics", title: "politics", count: 1 },
    ];
    const [, group] = feedGroups(SITE, { version: 1, sections }, { version: 1, authors: [] });
    expect(group?.feeds.map(({ id, name, count }) => [id, name, count])).toEqual([
      ["section:politics", "Politics", 1],
      ["section:tides", "Tides", 2],
    ]);
  });
});

test("an OPML document has this form", () => {
  const groups = feedGroups(
    { ...SITE, sections: [] },
    { version: 1, sections: [] },
    { version: 1, authors: [{ id: "zoe-ashby", name: "Zoë <Ashby>" }] },
  );
  expect(renderOpml(SITE, groups)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
<title>The Courier</title>
<ownerName>Courier &#x26; Sons</ownerName>
<docs>http://opml.org/spec2.opml</docs>
</head>
<body>
<outline text="The whole site">
<outline type="rss" text="The Courier" title="The Courier" description="News &amp; views." xmlUrl="https://news.example/rss.xml" htmlUrl="https://news.example/" language="en" version="RSS"/>
</outline>
<outline text="Authors">
<outline type="rss" text="Zoë &lt;Ashby&gt; – The Courier" title="Zoë &lt;Ashby&gt; – The Courier" description="Zoë &lt;Ashby&gt;: the latest from The Courier." xmlUrl="https://news.example/authors/zoe-ashby/rss.xml" htmlUrl="https://news.example/authors/zoe-ashby" language="en" version="RSS"/>
</outline>
</body>
</opml>
`);
});

test("a sitemap index has this form", () => {
  expect(renderSitemapIndex(["https://news.example/sitemap-1.xml"]))
    .toBe(`<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example/sitemap-1.xml</loc></sitemap>
</sitemapindex>
`);
});

test("a sitemap has this form", () => {
  const pages = [{ url: "https://news.example/" }, { url: "https://news.example/a?b&c", updated: NOON }];
  expect(renderSitemap(pages)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://news.example/</loc></url>
<url><loc>https://news.example/a?b&#x26;c</loc><lastmod>2026-11-24T12:00:00.000Z</lastmod></url>
</urlset>
`);
});

test("a news sitemap has this form", () => {
  const article = { url: "https://news.example/articles/a", title: "A & B", language: "en", published: NOON };
  expect(renderNewsSitemap("The Courier", [article])).toBe(`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url>
<loc>https://news.example/articles/a</loc>
<news:news>
<news:publication><news:name>The Courier</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-11-24T12:00:00.000Z</news:publication_date>
<news:title>A &#x26; B</news:title>
</news:news>
</url>
</urlset>
`);
});

test.each(["und", "qaa-x-very-odd-indeed-", "x-private", "", "englisch!"])(
  "a news sitemap has no code for the language %j",
  (language) => {
    expect(newsLanguage(language)).toBeUndefined();
  },
);

test("the page of all feeds shows the line of readers of a feed that has one, and of no other", () => {
  const groups = feedGroups(SITE, { version: 1, sections: [] }, { version: 1, authors: [] });
  const readers = new Map<FeedId, string>([["section:politics", "About <120> readers"]]);
  const html = feedsPage(SITE, groups, [], readers);
  expect(html.split("About &lt;120&gt; readers")).toHaveLength(2);
  expect(html.split('class="faint readers"')).toHaveLength(2);
});

test.each([
  ["The Courier", 'title="The Courier (RSS)"'],
  ['A "B"', "title*=UTF-8''A%20%22B%22%20%28RSS%29"],
  ["It's *new*", `title="It's *new* (RSS)"`],
  ["Zoë's *", "title*=UTF-8''Zo%C3%AB%27s%20%2A%20%28RSS%29"],
  ["a\r\nSet-Cookie: b", "title*=UTF-8''a%0D%0ASet-Cookie%3A%20b%20%28RSS%29"],
  ["\uD800", "title*=UTF-8''%EF%BF%BD%20%28RSS%29"],
])(
  "[RFC 8288 3.4.1] the header field of a page gives the feed %j the title parameter %s",
  (title, parameter) => {
    const [first] = alternateLinks(SITE, [{ feed: "all", title }]).split(", <");
    expect(first).toBe(
      `<https://news.example/rss.xml>; rel="alternate"; type="application/rss+xml"; ${parameter}`,
    );
  },
);
