/** Unicode's normalization with bounded runs of marks (UAX #15, section 13, "Stream-Safe Text Format"). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inForm } from "../../../src/article/characters.ts";

const JOINER = "\u034F";
const ACUTE = "\u0301";
const DOT_BELOW = "\u0323";

describe("a text in a normalization form", () => {
  test.each<[string, string]>([
    ["Vietnamese", "Tiếng Việt, cộng hòa xã hội chủ nghĩa"],
    ["Hebrew with points", "בְּרֵאשִׁית בָּרָא אֱלֹהִים"],
    ["Arabic with vowels", "بِسْمِ ٱللَّٰهِ ٱلرَّحْمَٰنِ"],
    ["Thai", "ที่นี่เป็นน้ำ"],
    ["Devanagari", "क़ानून, संस्कृत, श्री, र्‍क"],
    ["Tamil", "கொக்கு, ஸ்ரீ"],
    ["Tibetan", "བོད་ཡིག་རྒྱུད"],
    ["Korean", "한국어와 옛한글 ᄒᆞᆫ글"],
    ["Myanmar", "မြန်မာဘာသာ"],
    ["a base under twenty marks", `Z${`${ACUTE}${DOT_BELOW}`.repeat(10)}`],
    ["a base under thirty marks", `x${ACUTE.repeat(30)}`],
  ])("is what Unicode's normalization gives for %s", (_, text) => {
    expect(inForm("NFC", text)).toBe(text.normalize("NFC"));
    expect(inForm("NFD", text)).toBe(text.normalize("NFD"));
  });

  test("is what Unicode's normalization gives for each character, alone and after another", () => {
    const characters = Array.from({ length: 0x3_00_00 }, (_, point) => String.fromCodePoint(point));
    const wrong = characters.filter((character) =>
      [character, `A${character}`, `\u1100${character}`, `${character}${ACUTE}`].some(
        (text) => inForm("NFC", text) !== text.normalize("NFC"),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test("gets a joiner after each thirty marks of a longer run", () => {
    expect(inForm("NFC", `x${ACUTE.repeat(70)}y`)).toBe(
      `x${ACUTE.repeat(30)}${JOINER}${ACUTE.repeat(30)}${JOINER}${ACUTE.repeat(10)}y`,
    );
  });

  test("counts the marks into which a mark decomposes", () => {
    const both = "\u0308\u0301";
    expect(inForm("NFC", `q${"\u0344".repeat(20)}`)).toBe(`q${both.repeat(15)}${JOINER}${both.repeat(5)}`);
  });

  test("is still in that form, and doesn't change when it is normalised again", () => {
    const mark = fc.constantFrom(ACUTE, DOT_BELOW, "\u0344", "\u0345", JOINER, "\u093C", "\u05B0", "\u0F73");
    const run = fc.array(mark, { minLength: 20, maxLength: 80 }).map((marks) => marks.join(""));
    const text = fc.array(
      fc.oneof(run, fc.constantFrom("a", "\u0958", "\u1F82", "\u1100\u1161"), fc.string()),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("NFC", "NFD"), (parts, form) => {
        const once = inForm(form, parts.join(""));
        expect(inForm(form, once)).toBe(once);
        expect(once.normalize(form)).toBe(once);
        expect(/(?:(?!\u034F)\p{M}){31}/u.test(once)).toBe(false);
      }),
    );
  });

  test("is made in one place of the source alone", () => {
    const sources = import.meta.glob("../../../src/**/*.{ts,tsx}", {
      query: "?raw",
      eager: true,
      import: "default",
    });
    const callers = Object.entries(sources)
      .filter(([, source]) => source.includes(".normalize("))
      .map(([path]) => path);
    expect(callers).toEqual(["../../../src/article/characters.ts"]);
  });
});
