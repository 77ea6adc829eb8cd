/** The language and the direction of texts (RFC 4287, section 2; RSS 2.0; JSON Feed 1.1; HTML), where feed and article differ. */
import { beforeEach, expect, test } from "vitest";
import { all, page } from "../support/reading/html.ts";
import { newestPage } from "../support/reading/archive.ts";
import { at, edit, get, put, settle } from "../support/newsroom.ts";
import { wire } from "../support/stories/wire.ts";
import { layout, startAnotherIsolate } from "../support/worker.ts";
import { ATOM, type Element, named, only, parseXml, texts } from "../support/reading/xml.ts";

const DC_LANGUAGE = "{http://purl.org/dc/elements/1.1/}language";
const CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded";
// RFC 5646, section 2.1, as far as newsrooms go: language, script, region.
const TAG = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|\d{3}))?$/;
const ARABIC = "سوق الميناء";
const ENGLISH = "Market of the harbour";
const TEXTS = new Set(["title", "summary", "content"]);
/** The English site's feed, and that of its Arabic section. */
const HOMES = ["", "/sections/arabic"];
const BODIES: Record<string, string> = {
  [ARABIC]: '<div dir="rtl" lang="ar"><p>عاد السوق.</p></div>',
  [ENGLISH]: "<p>The market is back.</p>",
};

async function putJson(id: string, members: Record<string, unknown>): Promise<void> {
  const document = { date_published: "2026-11-04T07:07:06Z", sections: ["العربية"], ...members };
  const headers = { "Content-Type": "application/json" };
  const response = await edit("PUT", `/api/articles/${id}`, JSON.stringify(document), headers);
  if (!response.ok) throw new Error(await response.text());
}

/** An Arabic and an English article, both in the Arabic section. */
beforeEach(async () => {
  at(Date.parse("2031-11-24T12:00:00Z"));
  await putJson("suq", {
    title: ARABIC,
    summary: "عاد السوق.",
    content_html: "<p>عاد السوق.</p>",
    language: "ar",
  });
  await putJson("market", {
    title: ENGLISH,
    summary: "The market is back.",
    content_html: "<p>The market is back.</p>",
    language: "en",
  });
  await settle();
});

async function fetchAtom(home: string): Promise<Element> {
  return parseXml(await (await get(`${home}/atom.xml`)).text(), ATOM);
}

async function fetchChannel(home: string): Promise<Element> {
  return only(named(parseXml(await (await get(`${home}/rss.xml`)).text()), "channel"));
}

async function fetchJson(
  home: string,
): Promise<{ language: string; items: { title: string; language: string; content_html: string }[] }> {
  return (await get(`${home}/feed.json`)).json();
}

/** Items or entries, by headline. */
function byTitle(elements: readonly Element[]): Record<string, Element> {
  return Object.fromEntries(elements.map((element) => [only(texts(element, "title")), element]));
}

function languagesOf(entry: Element | undefined): (string | undefined)[] {
  return (entry?.children ?? []).filter(({ name }) => TEXTS.has(name)).map(({ language }) => language);
}

/** The texts of an element of each entry, by headline. */
function textsIn(found: Record<string, Element>, name: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(found).map(([title, element]) => [title, only(texts(element, name))]),
  );
}

test.each(HOMES)(
  "[RFC 4287 2] in the feed at “%s” each entry's title, summary and content are in the article's language",
  async (home) => {
    const entries = byTitle(named(await fetchAtom(home), "entry"));
    expect({ [ARABIC]: languagesOf(entries[ARABIC]), [ENGLISH]: languagesOf(entries[ENGLISH]) }).toEqual({
      [ARABIC]: ["ar", "ar", "ar"],
      [ENGLISH]: ["en", "en", "en"],
    });
  },
);

test("[RFC 4287 2] the feed's own title and subtitle are in the section's language, whatever language its articles are in", async () => {
  for (const [home, language] of [
    ["", "en"],
    ["/sections/arabic", "ar"],
  ] as const) {
    const feed = await fetchAtom(home);
    expect(["title", "subtitle"].map((name) => only(named(feed, name)).language)).toEqual([
      language,
      language,
    ]);
  }
});

test("[RFC 4287 2, RFC 5646 2.1] every xml:lang, language and lang is a well-formed language tag", async () => {
  await putJson("carnaval", { title: "Carnaval", content_text: "Festa.", language: "pt-BR" });
  await putJson("xinwen", { title: "新闻", content_text: "新闻。", language: "zh-Hant-TW" });
  await settle();
  const languagesIn = (element: Element): string[] => [
    ...(element.language === undefined ? [] : [element.language]),
    ...element.children.flatMap(languagesIn),
  ];
  const { language, items } = await fetchJson("/sections/arabic");
  const channel = await fetchChannel("/sections/arabic");
  const found = [
    ...languagesIn(await fetchAtom("/sections/arabic")),
    ...items.map((item) => item.language),
    ...texts(channel, "language"),
    ...named(channel, "item").flatMap((item) => texts(item, DC_LANGUAGE)),
    language,
  ];
  expect(found.filter((tag) => !TAG.test(tag))).toEqual([]);
  expect(new Set(found)).toEqual(new Set(["ar", "en", "pt-BR", "zh-Hant-TW"]));
});

test.each(HOMES)(
  "[RSS 2.0 language, Dublin Core language] in the channel at “%s” an item names its language where it differs from the channel's, and nowhere else",
  async (home) => {
    const channel = await fetchChannel(home);
    const own = only(texts(channel, "language"));
    const items = byTitle(named(channel, "item"));
    const languages = Object.entries(items).map(([title, item]) => [title, texts(item, DC_LANGUAGE)]);
    expect(Object.fromEntries(languages)).toEqual({
      [ARABIC]: own === "ar" ? [] : ["ar"],
      [ENGLISH]: own === "en" ? [] : ["en"],
    });
  },
);

test.each(HOMES)(
  "[JSON Feed 1.1 language] in the feed at “%s” each item names its article's language",
  async (home) => {
    const { items } = await fetchJson(home);
    expect(Object.fromEntries(items.map(({ title, language }) => [title, language]))).toEqual({
      [ARABIC]: "ar",
      [ENGLISH]: "en",
    });
  },
);

test.each(HOMES)(
  "[HTML 3.2.6.4] in every format at “%s” a right-to-left body has its direction in its markup, and a left-to-right body stays as it was written",
  async (home) => {
    const rss = byTitle(named(await fetchChannel(home), "item"));
    const atom = byTitle(named(await fetchAtom(home), "entry"));
    const { items } = await fetchJson(home);
    expect(textsIn(rss, CONTENT)).toEqual(BODIES);
    expect(textsIn(atom, "content")).toEqual(BODIES);
    expect(Object.fromEntries(items.map(({ title, content_html }) => [title, content_html]))).toEqual(BODIES);
  },
);

test("[RSS 2.0 language] an article that names no language has its section's language, and the section's archive pages have it too", async () => {
  await put("plain", wire({ sections: "العربية", headline: "خبر", body: "خبر." }));
  await settle();
  const { items } = await fetchJson("/sections/arabic");
  expect(items.find(({ title }) => title === "خبر")?.language).toBe("ar");
  expect(texts(await fetchChannel(await newestPage("/sections/arabic")), "language")).toEqual(["ar"]);
  expect(texts(await fetchChannel(await newestPage()), "language")).toEqual(["en"]);
});

test("[RSS 2.0 language] the owner's feed has the language that the owner gave it, in every format and on its page", async () => {
  layout.feeds = [
    { id: "suq", title: "السوق", all: [], any: ["arabic"], none: [], tags: [], language: "ar" },
  ];
  startAnotherIsolate();
  const html = only(all(await page("/feeds/suq"), "html"));
  expect([
    texts(await fetchChannel("/feeds/suq"), "language"),
    (await fetchAtom("/feeds/suq")).language,
    (await fetchJson("/feeds/suq")).language,
    [html.attributes["lang"], html.attributes["dir"]],
  ]).toEqual([["ar"], "ar", "ar", ["ar", "rtl"]]);
});

test.each([
  ["/articles/suq", "ar", "rtl"],
  ["/articles/market", "en", "ltr"],
  ["/sections/arabic", "ar", "rtl"],
  ["/sections/politics", "en", "ltr"],
  ["/", "en", "ltr"],
  ["/feeds", "en", "ltr"],
])("[HTML 3.2.6.2, 3.2.6.4] the page at %s is in %s, written %s", async (path, lang, dir) => {
  const { attributes } = only(all(await page(path), "html"));
  expect([attributes["lang"], attributes["dir"]]).toEqual([lang, dir]);
});

test.each(["/", "/sections/arabic"])(
  "[HTML 3.2.6.2, 3.2.6.4] a headline on the page at %s is in its article's language and direction",
  async (path) => {
    const elements = await page(path);
    const languageOf = (headline: string): (string | undefined)[] => {
      const heading = elements.find(({ name, text }) => /^h[1-6]$/.test(name) && text.trim() === headline);
      const around = [...(heading?.ancestors ?? [])].toReversed();
      const nearest = (name: string) =>
        around.find(({ attributes }) => attributes[name] !== undefined)?.attributes[name];
      return [nearest("lang"), nearest("dir")];
    };
    expect([languageOf(ARABIC), languageOf(ENGLISH)]).toEqual([
      ["ar", "rtl"],
      ["en", "ltr"],
    ]);
  },
);
