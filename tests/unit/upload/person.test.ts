import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Issue } from "../../../src/upload/issue.ts";
import { cleanName, nameFrom, withoutBy } from "../../../src/upload/person.ts";

describe("the name of an author", () => {
  test.each([
    ["desk@courier.example (Mira Holt)", "Mira Holt"],
    ["desk@courier.example (Mira (MH) Holt)", "Mira (MH) Holt"],
    ["desk@courier.example(Mira Holt)", "Mira Holt"],
    ["mailto:desk@courier.example (Mira Holt)", "Mira Holt"],
    ["noreply@courier.example <Mira Holt>", "Mira Holt"],
    ["Mira Holt <desk@courier.example>", "Mira Holt"],
    ["Mira Holt<desk@courier.example>", "Mira Holt"],
    ["Mira Holt <mailto:desk@courier.example>", "Mira Holt"],
    ["Mira Holt <mailto:desk%40courier.example>", "Mira Holt"],
    ['"Mira Holt" <desk@courier.example>', "Mira Holt"],
    ['"Holt, Mira" <desk@courier.example>', "Holt, Mira"],
    [String.raw`"Mira \"Tide\" Holt" <desk@courier.example>`, 'Mira "Tide" Holt'],
    ['Mira "Tide" Holt <desk@courier.example>', 'Mira "Tide" Holt'],
    ["Mira Holt (desk@courier.example)", "Mira Holt"],
    ["Mira Holt [desk@courier.example]", "Mira Holt"],
    ["Mira Holt (<desk@courier.example>)", "Mira Holt"],
    ["Mira Holt, desk@courier.example", "Mira Holt"],
    ["desk@courier.example, Mira Holt", "Mira Holt"],
    ["Mira Holt – desk@courier.example", "Mira Holt"],
    ["Mira Holt | desk@courier.example", "Mira Holt"],
    ["Mira Holt desk@courier.example Jr.", "Mira Holt Jr."],
    ["Mira Holt (The Courier) desk@courier.example", "Mira Holt (The Courier)"],
    ["Mira Holt <desk@courier.example", "Mira Holt"],
    ["Mira Holt <desk@localhost>", "Mira Holt"],
    ["Mira Holt <desk＠courier.example>", "Mira Holt"],
    ["何美玲（desk@courier.example）", "何美玲"],
    ["desk@courier.example（何美玲）", "何美玲"],
    ["Mira Holt <a@x.example>, Jon Roe <b@x.example>", "Mira Holt, Jon Roe"],
    ["a@x.example (Mira Holt), b@x.example (Jon Roe)", "Mira Holt, Jon Roe"],
    ["Mira Holt, b@x.example, Jon Roe", "Mira Holt, Jon Roe"],
    ["Mira Holt <desk @ courier.example>", "Mira Holt"],
    ["Mira Holt <desk&#64;courier.example>", "Mira Holt"],
    ["Mira Holt <desk&#x40;courier.example>", "Mira Holt"],
    ["Mira Holt <desk&commat;courier.example>", "Mira Holt"],
  ])("in “%s” is “%s”", (text, name) => {
    expect(nameFrom(text)).toEqual({ name, hadAddress: true });
  });

  test.each([
    "desk@courier.example",
    "<desk@courier.example>",
    " mailto:desk@courier.example ",
    "desk@courier.example ()",
    '"" <desk@courier.example>',
    "desk@courier.example (desk@courier.example)",
    "a@x.example, b@x.example",
    "desk@courier.example | -",
    "mira @(desk@courier.example)courier.example",
  ])("in “%s” is missing", (text) => {
    expect(nameFrom(text)).toEqual({ name: undefined, hadAddress: true });
  });

  test.each([
    "Mira Holt",
    "Mira Holt, Jon Roe and Åsa Öst",
    "Mira Holt (The Courier)",
    '"Tide" Holt',
    "Mira Holt (@miraholt)",
    "Mira Holt @ The Courier",
    "@miraholt",
    "(Holt",
    "🌊",
  ])("stays unchanged where there is no address: “%s”", (name) => {
    expect(nameFrom(name)).toEqual({ name, hadAddress: false });
  });

  test.each(["", " ", "\t"])("in %j is missing, and no address is found", (text) => {
    expect(nameFrom(text)).toEqual({ name: undefined, hadAddress: false });
  });

  test("never holds an e-mail address, whatever the text", () => {
    // HTML Standard, section 4.10.5.1.5, valid e-mail address, without its bounds.
    const address = /[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+/i;
    const part = fc.oneof(
      fc.constantFrom(
        ...Array.from('@@@<>()[]"\\,;: .-/{}|&＠（）'),
        "a",
        "jane",
        "x.example",
        "mailto:",
        "a@b.example",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 25 }), (parts) => {
        const text = parts.join("");
        const { name = "", hadAddress } = nameFrom(text);
        expect(name).not.toMatch(address);
        expect(name).not.toMatch(/mailto:\S/i);
        expect(name).not.toMatch(/[^\s<>()[\],;"（）]@[^\s<>()[\],;"（）]/);
        expect(hadAddress || (name === text.trim() && !address.test(text))).toBe(true);
        expect(nameFrom(name).hadAddress).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ["By Mira Holt", "Mira Holt"],
  ["BY MIRA HOLT", "MIRA HOLT"],
  ["by: Mira Holt", "Mira Holt"],
  ["Byron Holt", "Byron Holt"],
  ["By", "By"],
  ["By ", "By "],
  ["Mira Holt, by the sea", "Mira Holt, by the sea"],
])("the by-line “%s” names “%s”", (line, names) => {
  expect(withoutBy(line)).toBe(names);
});

test("a clean name comes with a warning of the removed address, or of an author who is left out", () => {
  const warnings: Issue[] = [];
  const place = { path: "/authors/0/name" };
  const texts = ["Mira\u0007 Holt <desk@courier.example>", "desk@courier.example", "Jon Roe", " "];
  expect(texts.map((text) => cleanName(text, place, warnings))).toEqual([
    "Mira Holt",
    undefined,
    "Jon Roe",
    undefined,
  ]);
  expect(warnings.map(({ path, field, reason, found }) => [path, field, reason, found])).toEqual([
    ["/authors/0/name", "encoding", "forbidden-characters", "U+0007"],
    ["/authors/0/name", "authors", "email-removed", "Mira Holt <desk@courier.example>"],
    ["/authors/0/name", "authors", "person-without-name", "desk@courier.example"],
  ]);
});
