/** Pages whose pictures readers see first: the browser fetches those at once; and lists that lead on to an archive. */
import { describe, expect, test } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import { sectionFeed } from "../../../src/article/feed-id.ts";
import { feedDocument } from "../../../src/feed/feed.ts";
import { articlePage } from "../../../src/pages/article-page.tsx";
import { homePage } from "../../../src/pages/home-page.tsx";
import { declaredNavigation } from "../../../src/pages/parts/navigation.ts";
import { topicPage } from "../../../src/pages/topic-page.tsx";
import { readSettings } from "../../../src/settings.ts";
import { anArticle, aWindowArticle } from "../../support/stories/article.ts";

const NOON = Date.parse("2026-11-04T12:00:00Z");
const IMAGE = { url: "https://pictures.example/bridge.jpg", caption: "The bridge" };
const feed = sectionFeed("politics");
const site = readSettings(
  {
    title: "The Gazette",
    description: "News from the coast.",
    language: "en",
    publisher: { name: "The Gazette" },
    authority: "gazette.example",
    since: "2026-01-31",
    sections: [{ title: "Politics" }],
  },
  "https://news.example",
);

/** Of each picture of a page, whether it waits until it is near. */
function waiting(html: string): boolean[] {
  return [...html.matchAll(/<img[^>]*>/g)].map(([tag]) => tag.includes('loading="lazy"'));
}

function stories(headlines: readonly string[], hasPicture: (at: number) => boolean) {
  return headlines.map((headline, at) =>
    aWindowArticle({
      id: `story-${at}`,
      headline,
      published: NOON - at * 3_600_000,
      ...(hasPicture(at) && { image: IMAGE }),
    }),
  );
}

function listOf(count: number, hasPicture: (at: number) => boolean, page = "1.1"): string {
  const headlines = Array.from({ length: count }, (_, at) => `Story ${at}`);
  const window = { version: 1 as const, articles: stories(headlines, hasPicture), withdrawn: [] };
  const edition = { epoch: "e", sequence: 1, changed: NOON, settles: NOON };
  const document = feedDocument(site, feed, window, edition);
  return topicPage(site, { feed, title: "Politics", document, archive: { feed, page } });
}

describe("the first picture", () => {
  test.each([
    [0, [false, true, true, true, true, true]],
    [2, [false, true, true, true]],
    [3, [true, true, true]],
  ])("of a list that has none before row %d waits only below the third", (from, expected) => {
    expect(waiting(listOf(6, (at) => at >= from))).toEqual(expected);
  });

  test("of a front page without a lead is that of the first block", () => {
    const newest = stories(["Tides on 3 May", "Tides on 2 May", "Tides on 1 May"], (at) => at === 0);
    const navigation = declaredNavigation(site);
    const html = homePage(site, { navigation, newest, windows: new Map(), archive: undefined });
    expect(html).not.toContain("story lead");
    expect(waiting(html)).toEqual([false]);
  });

  test.each<[string, Partial<Article>, boolean[]]>([
    ["its own", { image: IMAGE }, [false, true, true]],
    ["none of its own", {}, [false, true]],
  ])("of an article with %s is the first of the page", (_, own, expected) => {
    const html = '<p><img src="https://a.example/1.jpg"></p><p><img src="https://a.example/2.jpg"></p>';
    expect(waiting(articlePage(site, anArticle({ html, ...own })))).toEqual(expected);
  });

  test("of an article stands on the page once, where its body shows it too", () => {
    const html = `<p>a</p><p><img src="${IMAGE.url}" alt=""></p>`;
    const page = articlePage(site, anArticle({ html, image: IMAGE }));
    expect(waiting(page)).toEqual([false]);
    expect(page).not.toContain("<figcaption>");
  });

  const CREDITED = { ...IMAGE, credit: "Jane Roe" };

  test.each([
    ["its caption and its credit", "a", "The bridge Picture: Jane Roe a"],
    ["its credit alone, where the body has the caption", "The bridge", "Picture: Jane Roe The bridge"],
    ["nothing more, where it has both", "The bridge. Picture: Jane Roe", "The bridge. Picture: Jane Roe"],
  ])("of an article has behind it in the body %s", (_, text, expected) => {
    const html = `<p><a href="/b"><img src="${IMAGE.url}" alt=""></a> ${text}</p>`;
    const page = articlePage(site, anArticle({ html, text, image: CREDITED }));
    const [, body = ""] = /<div class="body"[^>]*>(.*?)<\/p>/.exec(page) ?? [];
    expect(body.replaceAll(/<[^>]*>/g, "").trim()).toBe(expected);
  });
});

test.each([
  ["1.3", 3, false],
  ["1.4", 3, true],
  ["2.1", 50, true],
  ["politics-1.3", 3, true],
])("an archive whose newest page is %s, beside a list of %d, is named: %s", (page, count, isNamed) => {
  const html = listOf(count, () => false, page);
  expect(html.includes(">Archive</a>")).toBe(isNamed);
  expect(html).not.toContain("Older articles");
});
