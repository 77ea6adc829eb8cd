/** The examples of src/store/README.md, each decoded as readers decode values of KV. */
import { expect, test, vi } from "vitest";
import { readArchivePage } from "../../../src/store/archive-page.ts";
import { readAuthors, readList, readNews, readSite } from "../../../src/store/directory.ts";
import { readEdition } from "../../../src/store/edition.ts";
import { type ParsedKey, parseKey } from "../../../src/store/keys.ts";
import readme from "../../../src/store/README.md?raw";
import {
  ArticleSchema,
  readArticleOrTombstone,
  readWindow,
  windowArticleText,
} from "../../../src/store/records.ts";
import { readSitemap } from "../../../src/store/sitemap.ts";

type Decoder = (text: string, key: string) => unknown;

/** The readers' decoder for each kind of key. */
const DECODERS: Record<ParsedKey["kind"], Decoder> = {
  article: readArticleOrTombstone,
  window: readAndWriteWindow,
  page: readArchivePage,
  sitemap: (text, key) => ({ version: 1, articles: readSitemap(text, key) }),
  site: readSite,
  authors: readAuthors,
  list: readList,
  news: readNews,
};

/** Each begins with its heading. */
const CHAPTERS = readme.split(/^#+ /m);

/** A window with its articles as the Desk writes them. */
function readAndWriteWindow(text: string, key: string): unknown {
  const { articles, ...window } = readWindow(text, key);
  return { ...window, articles: articles.map((article): unknown => JSON.parse(windowArticleText(article))) };
}

/** The JSON examples of the README, each with its heading. */
const EXAMPLES = CHAPTERS.flatMap((chapter) => {
  const heading = chapter.slice(0, chapter.indexOf("\n"));
  return [...chapter.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, text = ""]) => ({ heading, text }));
});

/** The examples of values, by the key that is their heading: `article:harbour-bridge`. */
const VALUES = EXAMPLES.flatMap(({ heading, text }) => {
  const key = /^`(.+)`$/.exec(heading)?.[1];
  return key === undefined ? [] : [{ key, text }];
});

/** A value as a reader decodes it: it reports nothing, and it knows every member of the value. */
function expectReadable(key: string, text: string): void {
  const report = vi.spyOn(console, "error").mockReturnValue();
  expect(DECODERS[parseKey(key).kind](text, key)).toEqual(JSON.parse(text));
  expect(report).not.toHaveBeenCalled();
}

test.each(VALUES)("readers decode the example of $key without change", ({ key, text }) => {
  expectReadable(key, text);
});

test("every kind of key has an example", () => {
  expect(new Set(VALUES.map(({ key }) => parseKey(key).kind))).toEqual(new Set(Object.keys(DECODERS)));
});

test("the lists of sections and of authors have an example each", () => {
  const parsed = VALUES.map(({ key }) => parseKey(key));
  expect(parsed.flatMap((key) => (key.kind === "list" ? [key.of] : []))).toEqual(["section", "author"]);
});

test("an article and a tombstone have an example each", () => {
  const records = VALUES.filter(({ key }) => parseKey(key).kind === "article");
  expect(records.map(({ text }) => text.includes('"withdrawn"'))).toEqual([false, true]);
});

test("the articles of the examples have every member that a public article may have", () => {
  const shown = new Set([...readme.matchAll(/"(\w+)":/g)].map(([, member]) => member));
  expect(Object.keys(ArticleSchema.entries).filter((member) => !shown.has(member))).toEqual([]);
});

test("the table names every key that has an example", () => {
  const table = CHAPTERS.find((chapter) => chapter.startsWith("Keys\n")) ?? "";
  const rows = [...table.matchAll(/^\| `(.+?)`/gm)].map(([, key = ""]) => key);
  const patterns = rows.map((row) => new RegExp(`^${row.replaceAll(/<[^>]+>/g, ".+")}$`));
  expect(VALUES.filter(({ key }) => !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
  expect(rows.filter((_, index) => !VALUES.some(({ key }) => patterns[index]?.test(key)))).toEqual([]);
});

test("readers decode the example of an edition without change", () => {
  const example = EXAMPLES.find(({ heading }) => heading === "Editions");
  const edition: unknown = JSON.parse(example?.text ?? "");
  expect(readEdition(edition)).toEqual(edition);
});
