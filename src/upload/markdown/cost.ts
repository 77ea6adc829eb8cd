/** Limits the cost of parsing Markdown: some rules of the grammar cost the square of what they apply to. Pure. */
import { linesOf } from "../paragraphs.ts";

/** About fifty pages of prose. */
export const MAX_MARKDOWN = 100_000;

// More than people nest, quote or align.
const MAX_INDENT = 100;
const MAX_DEFINITIONS = 1000;
const MAX_FOOTNOTES = 1000;
const MAX_CELLS = 20_000;
// The sum, over all lines, of the square of the number of lists and quotes that a line opens: so many list items, or
// a quarter as many lists in lists on one line.
const MAX_NESTING = 2000;
// The sum, over all paragraphs, of the pairs of marks that may have to be compared: 700 marks in one paragraph.
const MAX_PAIRS = 500_000;
// Lines in a row after the mark of a list or a quote without a mark of their own: from each of them the parser looks
// back to the first.
const MAX_CONTINUED = 200;
// Each line takes as long as a sentence.
const MAX_LINES = 10_000;
const MAX_BLOCKS = 5000;
// For each underlined heading the parser copies everything before it.
const MAX_UNDERLINED = 100;

/** The part of a document that is too much, and its line, counted from 0. */
export type Excess = { at: number; line: string; detail: string };

/** The counts of a document up to a line. */
type Counts = {
  definitions: number;
  footnotes: number;
  nesting: number;
  blocks: number;
  underlined: number;
  pairs: number;
  /** Counts of the present run of lines without a blank one, from here on. */
  marks: number;
  columns: number;
  rows: number;
  continued: number;
  isContained: boolean;
};

const NONE = { marks: 0, columns: 0, rows: 0, continued: 0, isContained: false };

/**
 * Finds the first line that is too much: lists and quotes nested too deeply, or too many blocks, cells of a table,
 * definitions, footnotes, marks in a paragraph that can begin emphasis, links or code, or lines that continue a list
 * or a quote.
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
  // A bullet with a text after it ends every paragraph before it (CommonMark 0.31, section 5.2).
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
// The line below a heading (CommonMark 0.31, section 4.3), with the marks of the list or the quote around it.
const UNDERLINE = /^[>\-+*\d.) \t=]*$/;
const FOOTNOTE = /^\[\^/;
// The beginning of a line of mere text.
const PLAIN = /^(?!\d+[.)])[\p{L}\p{N}"'“‘„«(]/u;

/**
 * The most quotes and lists that a line can open: the marks at its start. The mark of a list ends in a blank or at
 * the end of the line.
 */
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
