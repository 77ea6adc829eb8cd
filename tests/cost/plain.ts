/** Texts that plain text, a wire document's lines and the header fields of a request may repeat without end. */
import { followed, nested, numbered, part, type Unit } from "./units.ts";

const TIME = "2026-11-04T07:07:06Z";
const HEAD = `Politics ${TIME}\n\nHead\n\n`;
const BODY = `${HEAD}Summary.\n\nHead\n\n`;

// Marks of one class and of several, marks that are composed of others, and letters that are.
const RUNS = [
  "\u0301",
  "\u0301\u0323",
  "\u0323\u0301",
  "\u0344",
  "\u05B0\u05B1",
  "\u094D\u093C",
  "\u0E34\u0E48",
  "\u034F",
  "\u1161",
  "\u1100\u1161\u11A8",
  "\u202A",
  "\u202C",
  "\u202A\u2069",
  "\u2067",
  "\u2069",
  "\u202Aa\u202C",
  "\u2067\u202C\u202A",
  "\u200D",
  "\u0001",
  "\v",
  "\uFEFF",
  "ß",
  "Σ",
  "İ",
  "ΐ",
  "😀",
  "&",
  " ",
  "’“",
];

export const TEXT: readonly Unit[] = [
  ...RUNS.map((run) => part(run, "a", "b")),
  nested("\u2067", "\u2069"),
  nested("\u202A", "\u202C"),
  part("a\n"),
  part("a\n\n"),
  part("\n", "a", "b"),
  part("\r", "a", "b"),
  part("\u0001\n", "a"),
  part("\u202E\n\n", "a"),
];

export const WIRE: readonly Unit[] = [
  ...RUNS.slice(0, 20).flatMap((run) => [
    part(run, BODY, "b"),
    part(run, `Politics ${TIME}\n\nHead`, "\n\nb"),
    part(run, "Politics", ` ${TIME}\n\nHead\n\nb`),
  ]),
  part("Lorem ipsum dolor sit. ", BODY),
  part("a\n\n", BODY),
  part("a\n", BODY),
  part("a\n\n", HEAD),
  part("a\n\n", HEAD, "Head\n\nb"),
  part("Head \n\n", HEAD, "b"),
  part("\u202E\n\n", HEAD, "Head\n\nb"),
  part("\u0001\n", BODY),
  part("ab ", `Politics ${TIME}\n\n`, "\n\nb"),
  followed(part("ab ", `Politics ${TIME}\n\n`), part("ab ", "\n\n", "\n\nb")),
  part(`${"ab ".repeat(300)}\n\n`, `Politics ${TIME}\n\n`),
  numbered((n) => `Word${n} `, "", `${TIME}\n\nHead\n\nb`),
  ...["Human ", "- ", "Ä-", "a", "\u202E "].map((word) => part(word, "A", ` ${TIME}\n\nHead\n\nb`)),
  part("0", "Politics 2026-11-04T07:07:06.", "Z\n\nHead\n\nb"),
  part("\n", "", `${BODY}b`),
];

export const FIELDS: readonly Unit[] = [
  ...[
    "*",
    "W/",
    '"a",',
    '"a" ',
    " ",
    ",",
    '"',
    "a/b;q=0.1,",
    "a/b;",
    "; ",
    ";q",
    "text/html,",
    "=",
    "bearer ",
    "a.",
    "a=b; ",
  ].flatMap((repeated) => [part(repeated), part(repeated, '"', "x"), part(repeated, "bearer a", "!")]),
  ...["/", "//", "/a", "\\", "+", "%2b", "%", "/rss", "A"].map((repeated) => part(repeated, "/sections/")),
];

/** By-lines: texts that may stand before an address. */
export const NAMES: readonly Unit[] = ["a", "(", "()", "(a@b", "<a@b>", '"\\', " ", " ,", "a@", "@"].map(
  (run) => part(run, "", " a@b.example"),
);
