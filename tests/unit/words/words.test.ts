import { describe, expect, test } from "vitest";
import { type Words, LANGUAGES, wordsFor } from "../../../src/words/words.ts";

const OTHERS = [...LANGUAGES.keys()].filter((language) => language !== "en");

// Names that no language has, in both directions of writing.
const NAMES = ["Zyx Wvu", "ڤڥڦ"];

/** Texts that are the same in English: the word is the language's own. */
const SHARED = new Set([
  "de feeds",
  "de feedsOf",
  "pt feeds",
  "pt feedsOf",
  "fr pages",
  "fr numberedPage",
  "fr articles",
]);

type Text = Words[keyof Words];

/** What takes a number is asked for the same one in all languages. */
const NUMBERED: ReadonlyMap<string, readonly (string | number)[]> = new Map([
  ["articles", [5]],
  ["archivePage", [5]],
  ["numberedPage", ["Zyx Wvu", 5]],
]);

/** A text with names, or with a number, in it. */
function filled(key: string, text: Text): string {
  if (typeof text === "string") return text;
  return Reflect.apply(text, undefined, NUMBERED.get(key) ?? NAMES);
}

/** How many names a text takes where the rest, behind them, are days, times and numbers of pages. */
const FEWER_NAMES = new Map([
  ["archivePage", 0],
  ["numberedPage", 1],
  ["dateAndTime", 0],
  ["withdrawnBy", 1],
]);

/** A name between the marks that keep its direction to itself (Unicode Standard Annex 9, section 2.4). */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

function textsOf(language: string): Map<string, string> {
  const { language: _, ...texts } = wordsFor(language);
  return new Map(Object.entries(texts).map(([key, text]) => [key, filled(key, text)]));
}

test.each([
  ["en", "Updated"],
  ["es", "Actualizado el"],
  ["fr", "Mis à jour le"],
  ["de", "Aktualisiert am"],
  ["pt", "Atualizado em"],
])("in the language %s a day follows “%s”", (language, updated) => {
  expect(wordsFor(language).updated).toBe(updated);
});

describe.each([...LANGUAGES.keys()])("the interface in the language %s", (language) => {
  test("has a text for every key, and none is empty or has space around it", () => {
    const texts = textsOf(language);
    expect([...texts.keys()].toSorted()).toEqual([...textsOf("en").keys()].toSorted());
    const wrong = [...texts].filter(
      ([key, text]) => text.trim() === "" || (text !== text.trim() && key !== "comma"),
    );
    expect(wrong).toEqual([]);
  });

  test("names in each text what the function was given", () => {
    const lost = Object.entries(wordsFor(language)).flatMap(([key, text]) => {
      if (typeof text === "string") return [];
      const whole = filled(key, text);
      return (NUMBERED.get(key) ?? NAMES)
        .slice(0, text.length)
        .filter((given) => !whole.includes(String(given)))
        .map((given) => [key, given]);
    });
    expect(lost).toEqual([]);
  });

  test("writes apostrophes, quotes and dots as printers do", () => {
    const plain = [...textsOf(language)].filter(([, text]) => /['"]|\.\.\.|--/.test(text));
    expect(plain).toEqual([]);
  });

  test("isolates a name in the other direction, and no other, in each text that takes one", () => {
    const [latin = "", arabic = ""] = NAMES;
    const foreign = language === "ar" ? latin : arabic;
    const wrong = Object.entries(wordsFor(language)).flatMap(([key, text]) => {
      if (typeof text === "string" || key === "articles") return [];
      const names = FEWER_NAMES.get(key) ?? text.length;
      return NAMES.filter((name) => {
        const whole: string = Reflect.apply(text, undefined, [name, name]);
        return whole.split(isolated(name)).length - 1 !== (name === foreign ? names : 0);
      }).map((name) => [key, name]);
    });
    expect(wrong).toEqual([]);
  });
});

test.each(OTHERS)("no English is left over in the language %s", (language) => {
  const english = textsOf("en");
  const same = [...textsOf(language)].filter(
    ([key, text]) =>
      /\p{L}/u.test(text.replaceAll(/Zyx Wvu|ڤڥڦ/g, "")) &&
      text === english.get(key) &&
      !SHARED.has(`${language} ${key}`),
  );
  expect(same).toEqual([]);
});

test("the Arabic interface has no Latin letter but in the names of formats", () => {
  const latin = [...textsOf("ar")].filter(([, text]) =>
    /\p{Script=Latin}/u.test(text.replaceAll(/RSS|Atom|JSON Feed|OPML|Zyx Wvu/g, "")),
  );
  expect(latin).toEqual([]);
});

test("no name has the direction of the text around it changed by a lone mark", () => {
  for (const text of textsOf("ar").values())
    expect(text.split("\u2068").length).toBe(text.split("\u2069").length);
});

describe("a number of articles", () => {
  test.each([
    ["en", ["0 articles", "1 article", "2 articles", "1,068 articles"]],
    ["es", ["0 artículos", "1 artículo", "2 artículos", "1068 artículos"]],
    // In French nothing is singular (CLDR: "one" is 0 to 1.5).
    ["fr", ["0 article", "1 article", "2 articles", "1\u202F068 articles"]],
    ["de", ["0 Artikel", "1 Artikel", "2 Artikel", "1.068 Artikel"]],
    ["pt", ["0 artigo", "1 artigo", "2 artigos", "1.068 artigos"]],
  ])("has the plural forms of the language %s", (language, texts) => {
    expect([0, 1, 2, 1068].map(wordsFor(language).articles)).toEqual(texts);
  });

  test("has six forms in Arabic", () => {
    expect([0, 1, 2, 3, 11, 100].map(wordsFor("ar").articles)).toEqual([
      "لا مقالات",
      "مقال واحد",
      "مقالان",
      "3 مقالات",
      "11 مقالًا",
      "100 مقال",
    ]);
  });

  test("has the digits of the region", () => {
    expect([wordsFor("ar-EG").articles(11), wordsFor("ar-MA").articles(11)]).toEqual(["١١ مقالًا", "11 مقالًا"]);
  });
});

test("the number of a page has the digits of the region, and no separator", () => {
  const numbered = ["en", "ar-EG"]
    .map((tag) => wordsFor(tag))
    .flatMap(({ archivePage, numberedPage }) => [archivePage(1068), numberedPage("Zyx", 1068)]);
  expect(numbered.map((text) => /\p{N}.*/u.exec(text)?.[0])).toEqual(["1068", "1068", "١٠٦٨", "١٠٦٨"]);
});

describe("the choice of a language", () => {
  test.each([
    ["pt-BR", "pt-BR", "Capa"],
    ["ar-EG", "ar-EG", "الصفحة الأولى"],
    ["DE-at", "DE-at", "Startseite"],
    ["xx", "en", "Front page"],
    ["sw", "en", "Front page"],
    ["", "en", "Front page"],
    // Malformed: no formatter takes it.
    ["fr-", "en", "Front page"],
    ["constructor", "en", "Front page"],
  ])("for the tag %j takes %s", (tag, language, frontPage) => {
    const words = wordsFor(tag);
    expect([words.language, words.frontPage]).toEqual([language, frontPage]);
  });

  test("takes the first that has texts, where several are wanted", () => {
    expect([wordsFor("sw", "fr").language, wordsFor("es", "fr").language]).toEqual(["fr", "es"]);
  });
});
