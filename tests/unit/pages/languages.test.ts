/** Pages in the site's language: none has a text of the interface in another, and each declares language and direction. */
import { decodeHTML } from "entities";
import { describe, expect, test } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import { sectionFeed } from "../../../src/article/feed-id.ts";
import type { Part } from "../../../src/feed/addresses.ts";
import type { Site } from "../../../src/article/site.ts";
import { feedGroups } from "../../../src/feed/directory.ts";
import { feedDocument, feedItem } from "../../../src/feed/feed.ts";
import { archivePageOf } from "../../../src/pages/archive-page.tsx";
import { articlePage } from "../../../src/pages/article-page.tsx";
import { feedPage } from "../../../src/pages/feed-page.tsx";
import { feedsPage } from "../../../src/pages/feeds-page.tsx";
import { homePage } from "../../../src/pages/home-page.tsx";
import { namesPage } from "../../../src/pages/names-page.tsx";
import { notFoundPage, withdrawnPage } from "../../../src/pages/notice-page.tsx";
import { declaredNavigation } from "../../../src/pages/parts/navigation.ts";
import { topicPage } from "../../../src/pages/topic-page.tsx";
import { FORMATS } from "../../../src/render/formats.ts";
import { readSettings } from "../../../src/settings.ts";
import { LANGUAGES, type Words, wordsFor } from "../../../src/words/words.ts";
import { anArticle, aWindowArticle } from "../../support/stories/article.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const EDITION = { epoch: "e", sequence: 1, changed: NOW, settles: NOW };

// Names that are no word of any language.
const TITLE = "Zyx Wvu";
const FILE = {
  title: TITLE,
  description: `${TITLE}.`,
  publisher: { name: TITLE },
  authority: "gazette.example",
  since: "2026-01-31",
  sections: [{ id: "xyz", title: "Xyz" }],
  feeds: [{ id: "qrs", title: "Qrs", any: ["xyz"] }],
};

function siteIn(language: string): Site {
  return readSettings({ ...FILE, language }, "https://news.example");
}

/** Every page of this kind in a language. */
const PAGES: Record<string, (site: Site) => string> = {
  "the directory of feeds": (site) => {
    const sections = [{ id: "xyz", title: "Xyz", count: 2, newest: NOW }];
    const groups = feedGroups(
      site,
      { version: 1, sections, isCut: true, pages: 2 },
      { version: 1, authors: [{ id: "mno", name: "Mno" }], isCut: true, pages: 2 },
    );
    return feedsPage(site, groups, [{ file: "smartnews.xml", name: "SmartNews" }]);
  },
  "a list of sections": (site) => namesPage(site, "section", 1, { version: 1, names: [], isFollowed: true }),
  "a list of authors": (site) => namesPage(site, "author", 2, { version: 1, names: [], isFollowed: true }),
  "a feed in a browser": (site) => feedPageOf(site, { variant: { content: "full" } }),
  "an archive page in a browser": (site) => feedPageOf(site, { page: "2" }),
  "the front page": (site) =>
    homePage(site, {
      navigation: { ...declaredNavigation(site), isCut: true },
      newest: STORIES.map((id) => aWindowArticle({ ...storyIn(site), id })),
      windows: new Map(),
      archive: { feed: sectionFeed("xyz"), page: "1" },
    }),
  "the front page without articles": (site) =>
    homePage(site, {
      navigation: declaredNavigation(site),
      newest: [],
      windows: new Map(),
      archive: undefined,
    }),
  "a topic": (site) => {
    const { feed, document } = documentOf(site, { variant: { content: "full" } });
    return topicPage(site, { feed, title: TITLE, document, archive: { feed, page: "1" } });
  },
  "an archive page": (site) => {
    const { feed, document } = documentOf(site, { page: "2" });
    const [older, newer] = [
      { feed, page: "1" },
      { feed, page: "3" },
    ];
    return archivePageOf(site, {
      feed,
      title: TITLE,
      page: "2",
      number: 2,
      document,
      older,
      newer,
      navigation: declaredNavigation(site),
    });
  },
  "an article": (site) =>
    articlePage(site, anArticle({ ...storyIn(site), updated: NOW + 3_600_000, correction: "Zyx." }), {
      more: [feedItem(site, aWindowArticle(storyIn(site)))],
    }),
  "the notice that there is nothing": (site) =>
    notFoundPage(site, { newest: [feedItem(site, aWindowArticle(storyIn(site)))] }),
  "the notice of a withdrawal": (site) => withdrawnPage(site, { ...GONE, withdrawn: NOW, reason: "Zyx." }),
};

const GONE = { version: 1 as const, id: "zyx", guid: "tag:gazette.example,2026-11-24:zyx", revision: 2 };

// More than the first screen and a block have.
const STORIES = Array.from({ length: 12 }, (_, index) => `zyx-${index}`);

/** What an article has whose words are of no language. */
function storyIn({ language }: Site): Partial<Article> {
  return {
    headline: "Zyx",
    summary: "Zyx",
    html: "<p>Zyx.</p>",
    text: "Zyx.",
    sections: [{ id: "xyz", title: "Xyz" }],
    authors: [{ name: "Mno" }],
    image: { url: "https://pictures.example/zyx.jpg", caption: "Zyx", credit: "Mno" },
    attachments: [{ url: "https://files.example/zyx.pdf", type: "application/pdf" }],
    language,
    published: NOW,
  };
}

function documentOf(site: Site, part: Part) {
  const feed = sectionFeed("xyz");
  const window = { version: 1 as const, articles: [aWindowArticle(storyIn(site))], withdrawn: [] };
  const neighbours = { previous: { feed, page: "1" }, next: { feed, page: "3" } };
  return { feed, document: feedDocument(site, feed, window, EDITION, { part, ...neighbours }) };
}

function feedPageOf(site: Site, part: Part): string {
  const { feed, document } = documentOf(site, part);
  const [format] = FORMATS;
  return format === undefined ? "" : feedPage(site, feed, format, document);
}

/** The texts that only the interface in one language has. */
function textsOnlyIn(language: string, others: readonly string[]): string[] {
  const theirs = new Set(others.flatMap((other) => fixedTexts(wordsFor(other))));
  return fixedTexts(wordsFor(language)).filter((text) => !theirs.has(text) && /\p{L}{3}/u.test(text));
}

/** Texts, and the pieces of texts around names. */
function fixedTexts(words: Words): string[] {
  return Object.entries(words).flatMap(([key, text]) => {
    if (key === "language" || key === "dateAndTime" || key === "articles") return [];
    const whole: string = typeof text === "string" ? text : Reflect.apply(text, undefined, ["\n", "\n"]);
    return whole
      .split(/\n|\p{N}/u)
      .map((piece) => piece.trim())
      .filter((piece) => piece !== "");
  });
}

describe.each(Object.entries(PAGES))("%s", (_, render) => {
  test.each([...LANGUAGES.keys()].filter((language) => language !== "en"))(
    "in the language %s has no English text, and says its language and direction",
    (language) => {
      const html = decodeHTML(render(siteIn(language)));
      // Addresses and the names of classes are no texts.
      const shown = html.replaceAll(/ (?:href|class|rel|id|aria-labelledby|datetime)="[^"]*"/g, "");
      const left = textsOnlyIn("en", [language]).filter((text) =>
        new RegExp(`(?<!\\p{L})${RegExp.escape(text)}(?!\\p{L})`, "u").test(shown),
      );
      expect(left).toEqual([]);
      expect(textsOnlyIn(language, ["en"]).some((text) => shown.includes(text))).toBe(true);
      expect(html).toContain(`<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">`);
    },
  );
});

test("a list of sections has links to other pages of it only where there are some", () => {
  const labels = [true, false].map((isFollowed) => {
    const html = namesPage(siteIn("en"), "section", 1, { version: 1, names: [], isFollowed });
    return html.includes('aria-label="Pages"');
  });
  expect(labels).toEqual([true, false]);
});

test("a site in a language without texts has English pages that say so", () => {
  const [directory] = Object.values(PAGES);
  expect(directory?.(siteIn("sw"))).toContain('<html lang="en" dir="ltr">');
});

test("numbers of articles have the plural forms of the language", () => {
  const [directory] = Object.values(PAGES);
  expect(directory?.(siteIn("ar"))).toContain("مقالان");
});
