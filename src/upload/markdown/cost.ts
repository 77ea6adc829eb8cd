/** Bounds on what makes a Markdown parser slow: some of its rules cost the square of what they apply to. Pure. */
import { linesOf } from "../paragraphs.ts";

/** About fifty pages of prose. */
export const MAX_MARKDOWN = 100_000;

// Beyond what people nest, quote or align.
const MAX_INDENT = 100;
const MAX_DEFINITIONS = 1000;
const MAX_FOOTNOTES = 1000;
const MAX_CELLS = 20_000;
// Squares of how many lists and quotes a line opens, over all lines: so many list items, or a quarter as many lists in lists
// on one line.
const MAX_NESTING = 2000;
// Pairs of marks, over all paragraphs, that may have to be compared: 700 marks in one.
const MAX_PAIRS = 500_000;
// Lines on end that follow a list's or a quote's mark without one of their own: the parser looks back from each to the first.
const MAX_CONTINUED = 200;
// Each of them takes as long as a sentence.
const MAX_LINES = 10_000;
const MAX_BLOCKS = 5000;
// For each the parser copies all that is before it.
const MAX_UNDERLINED = 100;

/** What is too much, and on which line, counted from 0. */
export type Excess = { at: number; line: string; detail: string };

/** What a document has counted up to a line. */
type Counts = {
  definitions: number;
  footnotes: number;
  nesting: number;
  blocks: number;
  underlined: number;
  pairs: number;
  /** Of the present run of lines without a blank one. */
  marks: number;
  columns: number;
  rows: number;
  continued: number;
  isContained: boolean;
};

const NONE = { marks: 0, columns: 0, rows: 0, continued: 0, isContained: false };

/**
 * Looks for the first line that is too much: deeply nested lists and quotes, or too many blocks, cells of a table,
 * definitions, footnotes, marks that can begin emphasis, links or code in a paragraph, or lines that a list or a quote goes
 * on for.
 */
export function excessIn(markdown: string): Excess | undefined {
  let counts: Counts = {
    ...NONE,
    definitions: 0,
    footnotes: 0,
    nesting: 0,
    blocks: 0,
    underlined: 0,
    pairs: 0,
  };
  for (const [at, line] of linesOf(markdown).entries()) {
    const text = line.trimStart();
    counts = text === "" ? { ...counts, ...NONE } : counted(counts, text, line.length - text.length);
    const detail =
      text !== "" && line.length - text.length > MAX_INDENT
        ? `A line may be indented by at most ${MAX_INDENT} characters.`
        : at >= MAX_LINES
          ? `There may be at most ${MAX_LINES} lines.`
          : passed(counts);
    if (detail !== undefined) return { at, line, detail };
  }
  return undefined;
}

function counted(counts: Counts, text: string, indent: number): Counts {
  const isFirst = counts.rows === 0;
  const depth = containersOf(text);
  const found = countOf(text, "*_~[]`<!");
  // A bullet with something behind it ends every paragraph before it (CommonMark 0.31, section 5.2).
  const marks = indent < 4 && BULLET.test(text) ? 0 : counts.marks;
  const isContinued = counts.isContained && depth === 0;
  return {
    definitions: counts.definitions + (text.startsWith("[") && text.includes("]:") ? 1 : 0),
    footnotes: counts.footnotes + text.split("[^").length - 1,
    nesting: counts.nesting + depth * depth,
    blocks: counts.blocks + (isFirst || !PLAIN.test(text) || text.includes("|") ? 1 : 0),
    underlined:
      counts.underlined + (!isFirst && UNDERLINE.test(text) && /[=-]$/.test(text.trimEnd()) ? 1 : 0),
    // (marks + found)² − marks²
    pairs: counts.pairs + found * (2 * marks + found),
    marks: marks + found,
    columns: Math.max(counts.columns, countOf(text, "|")),
    rows: counts.rows + 1,
    continued: isContinued ? counts.continued + 1 : 0,
    isContained: counts.isContained || depth > 0 || FOOTNOTE.test(text),
  };
}

function passed(counts: Counts): string | undefined {
  const { definitions, footnotes, nesting, blocks, underlined, pairs, columns, rows, continued } = counts;
  if (nesting > MAX_NESTING) return "Lists and quotes are nested too deeply, or there are too many of them.";
  if (pairs > MAX_PAIRS) return "One paragraph has too many marks of emphasis, links or code.";
  if (continued > MAX_CONTINUED) {
    return `A list, a quote or a footnote goes on for more than ${MAX_CONTINUED} lines without a blank line or a mark.`;
  }
  if (columns * rows > MAX_CELLS) return `A table may have at most ${MAX_CELLS} cells.`;
  if (definitions > MAX_DEFINITIONS) return `There may be at most ${MAX_DEFINITIONS} definitions of links.`;
  if (footnotes > MAX_FOOTNOTES) return `There may be at most ${MAX_FOOTNOTES} footnotes.`;
  if (underlined > MAX_UNDERLINED) {
    return `There may be at most ${MAX_UNDERLINED} underlined headings: mark others with “#”.`;
  }
  return blocks > MAX_BLOCKS
    ? `There may be at most ${MAX_BLOCKS} paragraphs, headings, list items and rows.`
    : undefined;
}

const BULLET = /^[-+*][ \t]+\S/;
// The line below a heading (CommonMark 0.31, section 4.3), with the marks of the list or the quote in which it stands.
const UNDERLINE = /^[>\-+*\d.) \t=]*$/;
const FOOTNOTE = /^\[\^/;
// How a line begins that is mere text.
const PLAIN = /^(?!\d+[.)])[\p{L}\p{N}"'“‘„«(]/u;

/** How many quotes and lists a line opens at most: the marks at its start. A list's mark ends in a blank, or the line. */
function containersOf(text: string): number {
  const [start = ""] = /^[>\-+*\d.) \t]*/.exec(text) ?? [];
  const isBare = /^(?:[-+*]|\d{1,9}[.)])\s*$/.test(text);
  return countOf(start, ">") + (start.match(/[-+*.)][ \t]/g)?.length ?? 0) + (isBare ? 1 : 0);
}

function countOf(text: string, characters: string): number {
  let count = 0;
  for (const character of text) if (characters.includes(character)) count++;
  return count;
}
