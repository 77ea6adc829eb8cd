import { describe, expect, test } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import type { FeedId } from "../../../src/article/feed-id.ts";
import type { Site } from "../../../src/article/site.ts";
import type { FeedDocument, FeedItem } from "../../../src/feed/document.ts";
import { excerpt, withExcerpt } from "../../../src/article/excerpt.ts";
import { type Part, WHOLE } from "../../../src/feed/addresses.ts";
import { feedDocument, feedItem } from "../../../src/feed/feed.ts";
import { FLIPBOARD } from "../../../src/lint/aggregators/flipboard.ts";
import { parseItem } from "../../../src/lint/parsed-item.ts";
import { UNWRITTEN } from "../../../src/store/edition.ts";
import type { Window } from "../../../src/store/records.ts";
import { anArticle } from "../../support/stories/article.ts";

const NOON = Date.parse("2026-11-04T12:00:00Z");
const EDITION = { epoch: "a1", sequence: 3, changed: NOON };

const SITE: Site = {
  url: "https://news.example",
  title: "The Gazette",
  description: "News from the coast.",
  language: "en",
  timeZone: "UTC",
  publisher: { name: "Gazette Press", url: "https://press.example/" },
  authority: "gazette.example",
  since: "2026-01-31",
  icon: "https://news.example/icon.png",
  favicon: "https://news.example/favicon.png",
  image: "https://news.example/logo.png",
  sections: [
    { id: "politics", title: "Politics", description: "The assembly." },
    { id: "arabic", title: "العربية", language: "ar" },
  ],
  feeds: [],
  newSections: "open",
  itemsPerFeed: 50,
  hub: undefined,
};

function windowOf(...articles: Article[]): Window {
  return { version: 1, articles: articles.map(withExcerpt), withdrawn: [] };
}

/** The document's fields that describe the feed itself. */
function about(feed: FeedId, window: Window): Partial<FeedDocument> {
  const { title, description, language, homeUrl } = feedDocument(SITE, feed, window, EDITION);
  return { title, description, language, homeUrl };
}

describe("the document of a feed", () => {
  test("of the whole site has the owner's words about the site, and its articles", () => {
    const article = anArticle({ tags: ["bridges"], authors: [{ name: "Jane Roe" }] });
    const withdrawn = {
      version: 1,
      id: "salt-rooms",
      guid: "tag:gazette.example,2026-11-04:salt-rooms",
      revision: 2,
      withdrawn: NOON - 5000,
    } as const;
    const expected: FeedDocument = {
      id: "tag:gazette.example,2026-01-31:feeds/all",
      title: "The Gazette",
      description: "News from the coast.",
      language: "en",
      homeUrl: "https://news.example/",
      self: {
        rss: "https://news.example/rss.xml",
        atom: "https://news.example/atom.xml",
        json: "https://news.example/feed.json",
      },
      updated: NOON,
      publisher: { name: "Gazette Press", url: "https://press.example/" },
      icon: "https://news.example/icon.png",
      favicon: "https://news.example/favicon.png",
      image: "https://news.example/logo.png",
      ttl: 5,
      items: [
        {
          id: "tag:gazette.example,2026-11-04:harbour-bridge",
          url: "https://news.example/articles/harbour-bridge",
          title: "Harbour bridge reopens",
          description: "The bridge is open again.",
          summary: "The bridge is open again.",
          opening: "Cars crossed the bridge at noon.",
          html: "<p>Cars crossed the bridge at noon.</p>",
          language: "en",
          published: NOON,
          updated: NOON + 1000,
          authors: [{ name: "Jane Roe" }],
          categories: [
            { term: "politics", label: "Politics", scheme: "https://news.example/sections" },
            { term: "bridges", label: "bridges" },
          ],
          attachments: [],
        },
      ],
      paging: { isArchive: false },
      content: "full",
      deleted: [
        {
          id: "tag:gazette.example,2026-11-04:salt-rooms",
          url: "https://news.example/articles/salt-rooms",
          when: NOON - 5000,
        },
      ],
    };
    const window: Window = { version: 1, articles: [withExcerpt(article)], withdrawn: [withdrawn] };
    expect(feedDocument(SITE, "all", window, EDITION)).toEqual(expected);
  });

  test("of a declared section has the owner's words about the section", () => {
    expect(about("section:politics", windowOf(anArticle()))).toEqual({
      title: "Politics – The Gazette",
      description: "The assembly.",
      language: "en",
      homeUrl: "https://news.example/sections/politics",
    });
  });

  test("of a declared section has its own id and addresses", () => {
    const { id, self } = feedDocument(SITE, "section:politics", windowOf(), EDITION);
    expect({ id, self }).toEqual({
      id: "tag:gazette.example,2026-01-31:feeds/sections/politics",
      self: {
        rss: "https://news.example/sections/politics/rss.xml",
        atom: "https://news.example/sections/politics/atom.xml",
        json: "https://news.example/sections/politics/feed.json",
      },
    });
  });

  test("of a section in another language is in that language", () => {
    expect(about("section:arabic", windowOf())).toEqual({
      title: "العربية – The Gazette",
      description: "العربية: آخر الأخبار من \u2068The Gazette\u2069.",
      language: "ar",
      homeUrl: "https://news.example/sections/arabic",
    });
  });

  test("of an undeclared section has the title by which its articles name the section", () => {
    const articles = [
      anArticle({ sections: [{ id: "tides", title: "Tides" }] }),
      anArticle({ id: "b", sections: [{ id: "tides", title: "TIDES" }] }),
    ];
    expect(about("section:tides", windowOf(...articles))).toEqual({
      title: "Tides – The Gazette",
      description: "Tides: the latest from The Gazette.",
      language: "en",
      homeUrl: "https://news.example/sections/tides",
    });
  });

  test("that never held an article is as old as the site, whatever the clock says", () => {
    const { updated, items } = feedDocument(SITE, "all", windowOf(), UNWRITTEN);
    expect({ updated, items }).toEqual({ updated: Date.parse("2026-01-31T00:00:00Z"), items: [] });
  });

  test("names a withdrawn article whose guid is no IRI by the id that its item had", () => {
    const withdrawn = { version: 1, id: "old", guid: "node 7", revision: 2, withdrawn: NOON } as const;
    const { deleted } = feedDocument(SITE, "all", { ...windowOf(), withdrawn: [withdrawn] }, EDITION);
    const item = itemOf({ guid: "node 7" });
    expect(deleted.map(({ id, iri }) => [id, iri])).toEqual([["node 7", item?.iri]]);
    expect(item?.iri).toBe("tag:gazette.example,2026-01-31:guids/node%207");
  });

  describe("where the site has a hub", () => {
    const site: Site = {
      ...SITE,
      hub: { subscriptions: 10, subscriptionsPerHost: 10, pending: 10, topics: 1000 },
    };
    const hubOf = (feed: FeedId, part: Part): string | undefined =>
      feedDocument(site, feed, windowOf(), EDITION, { part }).hub;

    test.each<[string, FeedId, Part]>([
      ["of the whole site", "all", { variant: WHOLE }],
      ["of a section", "section:politics", { variant: WHOLE }],
      ["of a union", "section:arabic+politics", { variant: WHOLE }],
      ["of a variant", "all", { variant: { content: "summary", limit: 10 } }],
    ])("%s names it", (_, feed, part) => {
      expect(hubOf(feed, part)).toBe("https://news.example/hub");
    });

    test("has none on an archive page, which nobody subscribes to", () => {
      expect(hubOf("all", { page: "7" })).toBeUndefined();
    });
  });

  test("has no hub where the site has none", () => {
    expect(feedDocument(SITE, "all", windowOf(), EDITION).hub).toBeUndefined();
  });

  test("keeps its articles in their order", () => {
    const articles = ["c", "a", "b"].map((id) => anArticle({ id, guid: id }));
    const { items } = feedDocument(SITE, "all", windowOf(...articles), EDITION);
    expect(items.map(({ id }) => id)).toEqual(["c", "a", "b"]);
  });
});

/** The feed item of an article with these changes. */
function itemOf(changes: Partial<Article>): FeedItem | undefined {
  return feedDocument(SITE, "all", windowOf(anArticle(changes)), EDITION).items[0];
}

describe("an item", () => {
  test("without a summary is described by the beginning of its text, and has no summary", () => {
    const text = "The bridge is open. ".repeat(30);
    expect(itemOf({ summary: undefined, text })).toMatchObject({
      description: excerpt(text),
      summary: undefined,
    });
  });

  test("without a summary has a description of the length that Flipboard asks for", () => {
    const text = "🌊 of the tide ".repeat(100);
    const item = itemOf({ summary: undefined, text });
    const rule = FLIPBOARD.rules.find((some) => some.rule === "flipboard-description-length");
    expect(item && rule?.check(parseItem(item), SITE, NOON)).toBeUndefined();
    expect(item?.description).toMatch(/…$/);
  });

  test("leads to the article's own link where it has one", () => {
    expect(itemOf({ link: "https://gazette.example/a b" })?.url).toBe("https://gazette.example/a%20b");
  });

  test("names a declared section as the owner does, whatever name the article used", () => {
    expect(itemOf({ sections: [{ id: "politics", title: "POLITICS" }] })?.categories).toEqual([
      { term: "politics", label: "Politics", scheme: "https://news.example/sections" },
    ]);
  });

  test("names an undeclared section as the article does", () => {
    expect(itemOf({ sections: [{ id: "tides", title: "Tides" }] })?.categories).toEqual([
      { term: "tides", label: "Tides", scheme: "https://news.example/sections" },
    ]);
  });

  test.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "\u0001javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,tide",
    "DATA:text/html;base64,dGlkZQ==",
    "vbscript:tide",
    "blob:https://gazette.example/7",
    "file:///etc/tide",
    "about:srcdoc",
    "filesystem:https://gazette.example/temporary/7",
    "view-source:javascript:tide",
    "feed:javascript:tide",
    "jar:https://gazette.example/a.jar!/",
    "ms-tide:7",
    "moz-extension://7/",
    "urn:tide:\u0007",
    "urn:tide:\uD800",
    "node 7",
    "east-1",
  ])("whose guid is an unsafe address or no IRI has a tag URI for Atom: %j", (guid) => {
    const made = itemOf({ guid });
    expect(made?.id).toBe(guid);
    expect(made?.iri).toBe(`tag:gazette.example,2026-01-31:guids/${encodeURIComponent(guid.toWellFormed())}`);
    const withdrawn = { version: 1, id: "old", guid, revision: 2, withdrawn: NOON } as const;
    const { deleted } = feedDocument(SITE, "all", { ...windowOf(), withdrawn: [withdrawn] }, EDITION);
    expect(deleted.map(({ id, iri }) => [id, iri])).toEqual([[guid, made?.iri]]);
  });

  test.each([
    "https://gazette.example/?p=7",
    "http://gazette.example/hafen/öffnet",
    "tag:gazette.example,2026:7",
    "urn:uuid:8e03978e-40d5-43e8-bc93-6894a57f9324",
    "urn:newsml:gazette.example:20261104:7",
    "cms:7",
    "database:7",
    "filer:7",
  ])("whose guid is an IRI has it for Atom, too: %s", (guid) => {
    expect(itemOf({ guid })).toMatchObject({ id: guid, iri: undefined });
  });

  test("keeps picture and attachments", () => {
    const image = { url: "https://gazette.example/b.jpg", alt: "The bridge" };
    const attachments = [{ url: "https://gazette.example/b.mp3", type: "audio/mpeg", length: 9 }];
    expect(itemOf({ image, attachments })).toMatchObject({ image, attachments });
  });
});

describe("a correction in an item's HTML", () => {
  test.each([
    ["en", "en", "<strong>Correction:</strong> Noon."],
    ["fr", "en", "<strong>Rectificatif&nbsp;:</strong> Noon."],
    ["ar", "en", "<strong>تصويب:</strong> Noon."],
    // A language without texts of its own has the site's, else English ones; the label then says its language.
    ["sv", "de", '<strong lang="de">Korrektur:</strong> Noon.'],
    ["sv", "fi", '<strong lang="en">Correction:</strong> Noon.'],
  ])("in the language %s, on a site in %s, has this label", (language, siteLanguage, label) => {
    const article = withExcerpt(anArticle({ language, correction: "Noon." }));
    expect(feedItem({ ...SITE, language: siteLanguage }, article).html).toContain(`<p>${label}</p>\n`);
  });
});

test("a feed without a description of its own has one in its language", () => {
  const described = ["es", "fr", "de", "pt", "sv"].map(
    (language) => feedDocument({ ...SITE, language }, "tag:ferries", windowOf(), EDITION).description,
  );
  expect(described).toEqual([
    "ferries: lo último de The Gazette.",
    "ferries\u00A0: les dernières nouvelles de The Gazette.",
    "ferries: das Neueste von The Gazette.",
    "ferries: as últimas notícias de The Gazette.",
    "ferries: the latest from The Gazette.",
  ]);
});
