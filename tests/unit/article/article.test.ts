import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newestFirst } from "../../../src/article/article.ts";
import {
  characterCount,
  firstCharacters,
  forbiddenIn,
  shortened,
  withoutForbidden,
} from "../../../src/article/characters.ts";
import { articleId, isId, slug, tagUri, hashedId } from "../../../src/article/identity.ts";
import { isoDay } from "../../../src/article/instant.ts";
import { similarity } from "../../../src/article/similarity.ts";

const anyText = fc.string({ unit: "binary", maxLength: 200 });
const anyInstant = fc.integer({
  min: Date.parse("0001-01-01T00:00:00Z"),
  max: Date.parse("9999-12-31T23:59:59.999Z"),
});

describe("an id", () => {
  test.each(["a", "7", "politics", "human-rights", "2026-11-04-harbour-bridge-reopens", "a".repeat(80)])(
    "may be %s",
    (text) => {
      expect(isId(text)).toBe(true);
    },
  );

  test.each([
    ["empty", ""],
    ["longer than 80 characters", "a".repeat(81)],
    ["in capitals", "Politics"],
    ["begun with a hyphen", "-politics"],
    ["ended with a hyphen", "politics-"],
    ["joined by two hyphens", "human--rights"],
    ["of two words", "human rights"],
    ["accented", "café"],
    ["a path", "../politics"],
    ["ended with a line end", "politics\n"],
  ])("is never %s", (_, text) => {
    expect(isId(text)).toBe(false);
  });
});

describe("a slug", () => {
  test.each([
    ["in lower case, with hyphens between words", "Human Rights", "human-rights"],
    ["without its accents", "Crème brûlée in Łódź", "creme-brulee-in-lodz"],
    ["without its apostrophes", "Mayor’s wife can't swim", "mayors-wife-cant-swim"],
    [
      "without punctuation",
      "“Never again!” – the harbour, 10 years on",
      "never-again-the-harbour-10-years-on",
    ],
    ["not split within a word", "NewsFlash from BBCNews", "newsflash-from-bbcnews"],
    ["transliterated from Cyrillic", "Москва", "moskva"],
    ["transliterated from Greek", "Αθήνα", "athina"],
  ])("is its text %s", (_, text, expected) => {
    expect(slug(text)).toBe(expected);
  });

  test("of plain words is what the same words with a mark beside them have", () => {
    const words = fc.array(fc.constantFrom("Human", "RIGHTS", "b", "7", "iOS9", " ", "-", "  ", " - "), {
      minLength: 1,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 80 }), (parts, length) => {
        const text = `a${parts.join("")}`;
        expect(slug(text, length)).toBe(slug(`${text}!`, length));
      }),
    );
  });

  test("of a text without usable characters is eight hexadecimal digits, which differ between texts", () => {
    const slugs = ["北京的雨", "東京の雨", "!!!", "🌊"].map((text) => slug(text));
    for (const made of slugs) expect(made).toMatch(/^[0-9a-f]{8}$/);
    expect(new Set(slugs).size).toBe(4);
    expect(slug("北京的雨")).toBe(slugs[0]);
  });

  test("is cut between two words", () => {
    expect(slug("The harbour bridge reopens", 20)).toBe("the-harbour-bridge");
  });

  test("keeps a last word that ends exactly at the limit", () => {
    expect(slug("The harbour bridge reopens", 18)).toBe("the-harbour-bridge");
  });

  test("of one word that is too long is cut within the word", () => {
    expect(slug("Donaudampfschifffahrt", 10)).toBe("donaudampf");
  });

  test("of any text is an id", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(slug(text)).toSatisfy(isId);
      }),
    );
  });

  test("of a slug is itself", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = slug(text);
        expect(slug(once)).toBe(once);
      }),
    );
  });
});

describe("an article's id", () => {
  const published = Date.parse("2026-11-04T23:30:00-02:00");

  test("is made of the day of its dateline in UTC and its headline", () => {
    expect(articleId(published, "Harbour bridge reopens", 1)).toBe("2026-11-05-harbour-bridge-reopens");
  });

  test("ends in the number of the attempt from the second on", () => {
    expect([2, 3, 10].map((attempt) => articleId(published, "Harbour bridge", attempt))).toEqual([
      "2026-11-05-harbour-bridge-2",
      "2026-11-05-harbour-bridge-3",
      "2026-11-05-harbour-bridge-10",
    ]);
  });

  test("keeps the number of the attempt when the headline is too long", () => {
    const headline = "Assembly ".repeat(20);
    const expected = `2026-11-05-${"assembly-".repeat(7)}12`;
    expect(articleId(published, headline, 12)).toBe(expected);
  });

  test("is valid, whatever the headline and the number of the attempt", () => {
    fc.assert(
      fc.property(
        anyInstant,
        fc.oneof(anyText, fc.string({ unit: "grapheme", minLength: 60, maxLength: 300 })),
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        (instant, headline, attempt) => {
          expect(articleId(instant, headline, attempt)).toSatisfy(isId);
        },
      ),
    );
  });

  test("of a hidden article ends in four characters of a hash, which differ between two seeds", () => {
    const ids = ["one", "two"].map((seed) => hashedId(published, "Harbour bridge", seed));
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^2026-11-05-harbour-bridge-[0-9a-f]{4}$/);
    expect(hashedId(published, "Assembly ".repeat(20), "one").length).toBeLessThanOrEqual(80);
  });

  test("differs between any two attempts", () => {
    const attempt = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(anyText, attempt, attempt, (headline, one, other) => {
        fc.pre(one !== other);
        expect(articleId(published, headline, one)).not.toBe(articleId(published, headline, other));
      }),
    );
  });
});

test("a day is the UTC day, with a year of four digits even in the year 1", () => {
  expect(
    ["2026-11-04T23:30:00-02:00", "0001-01-01T00:00:00Z"].map((time) => isoDay(Date.parse(time))),
  ).toEqual(["2026-11-05", "0001-01-01"]);
});

test("[RFC 4151 2.1] a tag URI is the authority, its day and the name", () => {
  expect(tagUri("courier.example", "2026-11-05", "harbour-bridge")).toBe(
    "tag:courier.example,2026-11-05:harbour-bridge",
  );
});

describe("the order of a feed", () => {
  // Few ids and few times, so that ties are common.
  const anyEntry = fc.record({
    id: fc.constantFrom("a", "a-2", "b", "b-10", "b-9"),
    published: fc.integer({ min: 0, max: 2 }),
  });

  test("is newest first, and has the greater id first where two times are equal", () => {
    const entries = [
      { id: "a", published: 1 },
      { id: "b", published: 2 },
      { id: "c", published: 1 },
      { id: "a", published: 3 },
    ];
    expect(entries.toSorted(newestFirst)).toEqual([
      { id: "a", published: 3 },
      { id: "b", published: 2 },
      { id: "c", published: 1 },
      { id: "a", published: 1 },
    ]);
  });

  test("puts one of two different articles before the other, and no article before itself", () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, (a, b) => {
        const isSame = a.id === b.id && a.published === b.published;
        const there = Math.sign(newestFirst(a, b));
        const back = Math.sign(newestFirst(b, a));
        expect(there + back).toBe(0);
        expect(there === 0).toBe(isSame);
      }),
    );
  });

  test("holds over three articles", () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, anyEntry, (a, b, c) => {
        fc.pre(newestFirst(a, b) <= 0 && newestFirst(b, c) <= 0);
        expect(newestFirst(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test("is the same whatever order the articles come in", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 10 }), (entries) => {
        expect(entries.toReversed().toSorted(newestFirst)).toEqual(entries.toSorted(newestFirst));
      }),
    );
  });
});

describe("the similarity of two texts", () => {
  // A small vocabulary, so that texts share words.
  const prose = fc
    .array(fc.constantFrom("the", "bridge", "harbour", "reopens", "Noon", "цена", "  \n"), { maxLength: 30 })
    .map((words) => words.join(" "));

  test("lies between 0 and 1", () => {
    fc.assert(
      fc.property(prose, prose, (a, b) => {
        expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
        expect(similarity(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("is the same both ways", () => {
    fc.assert(
      fc.property(prose, prose, (a, b) => {
        expect(similarity(a, b)).toBe(similarity(b, a));
      }),
    );
  });

  test("is 1 for a text and itself", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(similarity(text, text)).toBe(1);
      }),
    );
  });

  test("is that of the beginnings of long texts", () => {
    const beginning = Array.from({ length: 2000 }, (_, number) => `word${number}`).join(" ");
    expect(similarity(`${beginning} and so on`, `${beginning} ${"or else ".repeat(100_000)}`)).toBe(1);
    expect(similarity(`Not ${beginning.slice(0, 9000)}`, beginning)).toBeLessThan(1);
  });

  test("doesn't depend on case or white space", () => {
    expect(similarity("The bridge\n\nis open", "the  Bridge is OPEN")).toBe(1);
  });

  test("is 0 for texts without a common word, one of them empty or not", () => {
    expect([similarity("the bridge is open", "salt rooms return"), similarity("the bridge", "")]).toEqual([
      0, 0,
    ]);
  });

  test("counts each pair of words as often as it occurs", () => {
    // Pairs: ^a, aa ×1 against ^a, aa ×3: 2 · 2 shared of 2 + 4.
    expect(similarity("a a", "a a a a")).toBeCloseTo(2 / 3, 10);
  });

  test("is more than 0.9 when three words of a long body change", () => {
    const words = Array.from({ length: 200 }, (_, index) => `word${index}`);
    const edited = words.with(20, "ebb").with(90, "flow").with(150, "tide");
    expect(similarity(words.join(" "), edited.join(" "))).toBeGreaterThan(0.9);
  });

  test("is less than 0.3 for two stories that share the small words of the language", () => {
    const bridge =
      "The bridge over the harbour is open again after four months of repairs, the port authority said on Wednesday, and the first cars crossed it at noon.";
    const fever =
      "The ministry of health declared the end of the river fever on Wednesday, after four weeks without a new case in the villages of the upper valley.";
    expect(similarity(bridge, fever)).toBeLessThan(0.3);
  });
});

describe("the characters of a text", () => {
  test("are code points, counted without the white space around it", () => {
    expect([" Über 🌉 ", "", "👩‍🚀"].map(characterCount)).toEqual([6, 0, 3]);
  });

  test("are cut without splitting a surrogate pair, and a text within the limit stays unchanged", () => {
    expect([3, 2, 1, 0].map((max) => firstCharacters("a🌉b", max))).toEqual(["a🌉b", "a🌉", "a", ""]);
    expect([3, 2, 1].map((max) => shortened("a🌉b", max))).toEqual(["a🌉b", "a🌉…", "a…"]);
  });

  test("are cut by the same count as they are counted, in any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, max) => {
        expect(firstCharacters(text, max)).toBe([...text].slice(0, max).join(""));
      }),
    );
  });
});

describe("characters that no feed can carry", () => {
  test.each([
    ["a C0 control", "\u0007", "U+0007"],
    ["NUL", "\u0000", "U+0000"],
    ["a C1 control", "\u0080", "U+0080"],
    ["a replacement character", "\uFFFD", "U+FFFD"],
    ["a noncharacter of the basic plane", "\uFDD0", "U+FDD0"],
    ["U+FFFE", "\uFFFE", "U+FFFE"],
    ["a noncharacter of another plane", "\u{1FFFF}", "U+1FFFF"],
    ["a high surrogate alone", "\uD83C", "U+D83C"],
    ["a low surrogate alone", "\uDF0A", "U+DF0A"],
  ])("include %s, which is removed and named", (_, character, name) => {
    const text = `ebb${character}tide`;
    expect({ left: withoutForbidden(text), found: forbiddenIn(text) }).toEqual({
      left: "ebbtide",
      found: [name],
    });
  });

  test.each([
    ["tabs and line ends", "ebb\ttide\r\n"],
    ["emoji", "🌊🏴󠁧󠁢󠁳󠁣󠁴󠁿👩‍🔬"],
    ["Arabic with its marks", "العَرَبِيَّة\u200F"],
    ["soft hyphens, joiners and no-break spaces", "a\u00ADb\u200Dc\u00A0d"],
    ["private use", "\uE000"],
  ])("do not include %s", (_, text) => {
    expect({ left: withoutForbidden(text), found: forbiddenIn(text) }).toEqual({ left: text, found: [] });
  });

  test("don't include white space: white space that no feed can carry becomes a blank", () => {
    const texts = ["ebb\vtide", "ebb\ftide", "ebb\u0085tide"];
    expect(texts.map((text) => [withoutForbidden(text), forbiddenIn(text)])).toEqual(
      texts.map(() => ["ebb tide", []]),
    );
  });

  test("are named once each, in order of appearance", () => {
    expect(forbiddenIn("\u0002a\u0001b\u0002")).toEqual(["U+0002", "U+0001"]);
  });

  test("[XML 1.0 2.2] leave nothing but characters of XML in any text", () => {
    const xml = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
    const anyUnits = fc
      .array(fc.oneof(fc.integer({ min: 0, max: 0x9f }), fc.integer({ min: 0xd700, max: 0xffff })))
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(anyUnits, (text) => {
        const left = withoutForbidden(text);
        expect(left).toMatch(xml);
        expect(forbiddenIn(left)).toEqual([]);
      }),
    );
  });
});
