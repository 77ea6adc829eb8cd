import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isDirectionControl,
  strayDirectionsIn,
  withoutDirections,
  withoutStrayDirections,
} from "../../../src/article/direction.ts";
import { excerpt } from "../../../src/article/excerpt.ts";
import type { Issue } from "../../../src/upload/issue.ts";
import { cleanLine } from "../../../src/upload/paragraphs.ts";

const CONTROLS = ["\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"];
const [LRE, RLE, PDF, , RLO, , RLI, FSI, PDI] = CONTROLS;

const count = (text: string): number => Array.from(text).length;

const mixed = fc
  .array(fc.oneof(fc.constantFrom(...CONTROLS), fc.constantFrom("a", " ", "ع", "🌊", "\u200F", "\n")), {
    maxLength: 60,
  })
  .map((parts) => parts.join(""));

/** The levels that are open at the end of a paragraph, and the number of closers without effect (UAX #9, X1 to X8, by counters). */
function run(text: string): { open: number; idle: number } {
  const stack: ("embedding" | "isolate")[] = [];
  let idle = 0;
  for (const character of text) {
    if ("\u2066\u2067\u2068".includes(character)) stack.push("isolate");
    else if ("\u202A\u202B\u202D\u202E".includes(character)) stack.push("embedding");
    else if (character === PDF) {
      if (stack.at(-1) === "embedding") stack.pop();
      else idle++;
    } else if (character === PDI) {
      if (stack.includes("isolate")) while (stack.pop() === "embedding");
      else idle++;
    }
  }
  return { open: stack.length, idle };
}

describe("controls of writing direction", () => {
  test.each([
    ["an override that nothing closes", `a${RLO}b`, "ab"],
    ["an isolate that nothing closes", `a${RLI}b`, "ab"],
    ["closers that close nothing", `a${PDF}b${PDI}c`, "abc"],
    ["the outer one of two that are closed once", `${LRE}a${RLE}b${PDF}`, `a${RLE}b${PDF}`],
    ["a PDF inside an isolate, and what it can't close", `${RLE}a${RLI}b${PDF}c${PDI}`, `a${RLI}bc${PDI}`],
    ["an isolate alone, so that the pair around it stays", `${RLE}a${RLI}b${PDF}`, `${RLE}ab${PDF}`],
    [
      "an isolate in an embedding, closed the wrong way round",
      `${RLI}a${RLE}b${PDI}c${PDF}`,
      `${RLI}a${RLE}b${PDI}c`,
    ],
  ])("are removed: %s", (_what, text, expected) => {
    expect(withoutStrayDirections(text)).toBe(expected);
  });

  test.each([
    ["an embedding", `a ${RLE}b${PDF} c`],
    ["an isolate", `a ${FSI}b${PDI} c`],
    ["pairs in pairs", `${RLI}${LRE}${RLO}a${PDF}${PDF}${FSI}${PDI}${PDI}`],
    ["an embedding that the end of its isolate closes", `${RLI}${LRE}a${PDI} b`],
    ["marks", "a\u200E\u200F\u061Cb"],
  ])("stay: %s", (_what, text) => {
    expect([withoutStrayDirections(text), strayDirectionsIn(text)]).toEqual([text, []]);
  });

  test("are named once each, in order of appearance", () => {
    expect(strayDirectionsIn(`${PDI}${RLO}a${PDF}${PDF}${RLI}${PDI}${PDI}`)).toEqual(["U+2069", "U+202C"]);
  });

  test("[UAX #9 3.3.2] are balanced in any text, and nothing else of it changes", () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const left = withoutStrayDirections(text);
        expect(run(left)).toEqual({ open: 0, idle: 0 });
        expect(withoutStrayDirections(left)).toBe(left);
        expect(withoutDirections(left)).toBe(withoutDirections(text));
        expect(left === text).toBe(strayDirectionsIn(text).length === 0);
        const isBalanced = run(text).open === 0 && run(text).idle === 0;
        expect(left === text).toBe(isBalanced);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a clean line", () => {
  test("loses each control of direction without its partner, with a warning", () => {
    const warnings: Issue[] = [];
    const line = cleanLine(`${RLO} Tides  ${RLI}x${PDI} `, { path: "/tags/0" }, warnings);
    expect(line).toBe(`Tides ${RLI}x${PDI}`);
    expect(warnings).toEqual([
      {
        path: "/tags/0",
        field: "encoding",
        reason: "unclosed-direction",
        detail:
          "Controls of writing direction without a partner were removed: they reverse the text that follows them.",
        found: "U+202E",
      },
    ]);
  });
});

describe("an excerpt", () => {
  test("that is cut inside a pair loses that pair, keeps the pairs before it, and is as long as any other", () => {
    const made = excerpt(`${RLI}one${PDI} ${RLE}${"word ".repeat(100)}${PDF}`);
    expect(made).toBe(`${RLI}one${PDI} ${"word ".repeat(58)}word…`);
    expect(count(made)).toBeGreaterThanOrEqual(300);
  });

  test("of any text is balanced and whole, or has 300 to 340 characters", () => {
    const piece = fc.oneof(
      { weight: 2, arbitrary: mixed },
      { weight: 1, arbitrary: fc.constantFrom("word ".repeat(40), "桥".repeat(100), "a b ") },
      { weight: 1, arbitrary: fc.constantFrom(...CONTROLS).map((control) => control.repeat(90)) },
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join("");
        const made = excerpt(text);
        const line = text.split(/\s+/u).join("");
        const [bare, begun] = [withoutDirections(made), withoutDirections(line)];
        expect(run(made)).toEqual({ open: 0, idle: 0 });
        const isWhole = bare.replaceAll(" ", "") === begun && count(made) <= 340;
        const isBeginning = made.endsWith("…") && begun.startsWith(bare.slice(0, -1).replaceAll(" ", ""));
        expect(isWhole || (isBeginning && count(made) >= 300 && count(made) <= 340)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test("the controls of direction are these nine", () => {
  const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).filter(
    isDirectionControl,
  );
  expect(all).toEqual(CONTROLS);
});
