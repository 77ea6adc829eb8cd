import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { excerpt } from "../../../src/article/excerpt.ts";
import { characterCount } from "../../../src/article/characters.ts";

describe("an excerpt", () => {
  test("of a short text is the text", () => {
    expect(excerpt("Cars crossed the bridge at noon.")).toBe("Cars crossed the bridge at noon.");
  });

  test("is on one line", () => {
    expect(excerpt("  Cars crossed\n\nthe\tbridge \u00A0 at noon.\n")).toBe(
      "Cars crossed the bridge at noon.",
    );
  });

  test("of a text of 300 characters is the whole text, without an ellipsis", () => {
    const text = `${"word ".repeat(59)}words`;
    expect({ excerpt: excerpt(text), length: text.length }).toEqual({ excerpt: text, length: 300 });
  });

  test("of a text that ends with the word of its 300th character is the whole text", () => {
    const text = `${"word ".repeat(59)}words-and-more`;
    expect(excerpt(text)).toBe(text);
  });

  test("of a longer text ends with the first whole word that reaches 300 characters, and an ellipsis", () => {
    const cut = excerpt("bridge ".repeat(100));
    expect({ cut, length: cut.length }).toEqual({ cut: `${"bridge ".repeat(42)}bridge…`, length: 301 });
  });

  test("in a script without spaces is as long as an excerpt may be", () => {
    expect(excerpt("桥".repeat(400))).toBe(`${"桥".repeat(339)}…`);
  });

  test("in a script without spaces is as long even where a space is near the beginning", () => {
    expect(excerpt(`本报讯 ${"桥".repeat(400)}`)).toHaveLength(340);
  });

  test("finds the words of a text that is mostly white space", () => {
    expect(excerpt(`The${" \n".repeat(2000)}bridge`)).toBe("The bridge");
  });

  test("never cuts an emoji in two", () => {
    expect(excerpt(`a${"🌊".repeat(400)}`)).toBe(`a${"🌊".repeat(338)}…`);
  });

  test("of any text is whole or has 300 to 340 characters, and begins as the text does", () => {
    const piece = fc.oneof(
      fc.constantFrom("a", "é", "e\u0301", "桥", "🌊", "👨‍👩‍👧", "\n", "\u00A0", "-"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 3 }),
    );
    const word = fc.tuple(piece, fc.integer({ min: 1, max: 170 })).map(([some, times]) => some.repeat(times));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const text = words.join(" ");
        const made = excerpt(text);
        const line = text.split(/\s+/u).filter(Boolean).join(" ");
        const length = characterCount(made);
        const isWhole = made === line && length <= 340;
        const isBeginning = made.endsWith("…") && line.startsWith(made.slice(0, -1));
        const isLongEnough = length >= 300 && length <= 340;
        expect(made.isWellFormed() && (isWhole || (isBeginning && isLongEnough))).toBe(true);
      }),
    );
  });
});
