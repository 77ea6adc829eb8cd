/** Labels for screen readers: each is in the language of its element, and so is what the element holds. */
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { describe, expect, test } from "vitest";
import { sectionFeed } from "../../../src/article/feed-id.ts";
import { feedDocument } from "../../../src/feed/feed.ts";
import { archivePageOf } from "../../../src/pages/archive-page.tsx";
import { articlePage } from "../../../src/pages/article-page.tsx";
import { declaredNavigation } from "../../../src/pages/parts/navigation.ts";
import { topicPage } from "../../../src/pages/topic-page.tsx";
import { readSettings } from "../../../src/settings.ts";
import { anArticle, aWindowArticle } from "../../support/stories/article.ts";

// A language without texts of the interface.
const LANGUAGE = "nl";
const feed = sectionFeed("politiek");
const site = readSettings(
  {
    title: "De Courant",
    description: "Nieuws van de kust.",
    language: LANGUAGE,
    publisher: { name: "De Courant" },
    authority: "courant.example",
    since: "2026-01-31",
    sections: [{ id: "politiek", title: "Politiek" }],
  },
  "https://news.example",
);
const sections = [
  { id: "politiek", title: "Politiek" },
  { id: "sport", title: "Sport" },
];

function articles(): string {
  const html = "<table><tr><td>Brug</td></tr></table>";
  return articlePage(site, anArticle({ language: LANGUAGE, html, sections, tags: ["Bruggen"] }));
}

function lists(): { topic: string; archive: string } {
  const window = { version: 1 as const, articles: [aWindowArticle({ language: LANGUAGE })], withdrawn: [] };
  const edition = { epoch: "e", sequence: 1, changed: 0, settles: 0 };
  const document = feedDocument(site, feed, window, edition);
  const common = { feed, title: "Politiek", document, navigation: declaredNavigation(site) };
  return {
    topic: topicPage(site, common),
    archive: archivePageOf(site, { ...common, page: "1.1", number: 1, older: undefined, newer: undefined }),
  };
}

/** Each label with the language of its element, and each text inside with that of the innermost element around it. */
function labelled(html: string): string[] {
  const found: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node, language: string, isInside: boolean): void => {
    if ("value" in node && isInside && node.value.trim() !== "")
      found.push(`${language} ${node.value.trim()}`);
    if (!("childNodes" in node)) return;
    const attributes = new Map("attrs" in node ? node.attrs.map(({ name, value }) => [name, value]) : []);
    const own = attributes.get("lang") ?? language;
    const label = attributes.get("aria-label");
    if (label !== undefined) found.push(`${own} ${label}:`);
    for (const child of node.childNodes) walk(child, own, isInside || label !== undefined);
  };
  walk(parse(html), "", false);
  return found;
}

describe("on a page in a language without texts, labels are in English and what they name is not:", () => {
  const MASTHEAD = ["en Sections:", "nl Politiek"];

  test.each([
    [
      "an article",
      articles,
      [
        "en Table:",
        "nl Brug",
        "en Sections of this article:",
        "nl Politiek",
        "nl Sport",
        "en Tags of this article:",
        "nl Bruggen",
      ],
    ],
    ["a topic", () => lists().topic, ["en Feeds: Politiek:", "en RSS", "en Atom", "en JSON Feed"]],
    ["an archive page", () => lists().archive, ["en Archive:", "en Newer articles"]],
  ])("%s", (_, render, expected) => {
    expect(labelled(render())).toEqual([...MASTHEAD, ...expected]);
  });
});
