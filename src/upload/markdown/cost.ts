/** Whether a Markdown parser would take long over a text: some of its rules cost the square of what they apply to. Pure. */
import { linesOf } from "../paragraphs.ts";

/** About fifty pages of prose: the parser reads them in a second. */
export const MAX_MARKDOWN = 100_000;

// Beyond what people nest, quote or align.
const MAX_INDENT = 100;
const MAX_DEFINITIONS = 1000;
const MAX_FOOTNOTES = 1000;
const MAX_CELLS = 20_000;
// Squares of how many lists and quotes a line opens, over all lines: so many list items, or a quarter as many lists in lists
// on one line.
const MAX_NESTING = 2000;
// Pairs of marks, over all paragraphs, that may have to be compared.
const MAX_PAIRS = 4_000_000;

/**
 * Bounds the lists and quotes, the cells of a table, the definitions of links, and the emphasis, links and
 * code of a paragraph, each by a number of characters that can begin one.
 */
export function isTooCostly(markdown: string): boolean {
  let pairs = 0;
  let definitions = 0;
  let footnotes = 0;
  let nesting = 0;
  let marks = 0;
  let columns = 0;
  let rows = 0;
  for (const line of linesOf(markdown)) {
    const text = line.trimStart();
    if (text === "") {
      marks = 0;
      columns = 0;
      rows = 0;
      continue;
    }
    if (line.length - text.length > MAX_INDENT) return true;
    const depth = containersOf(text);
    nesting += depth * depth;
    footnotes += text.split("[^").length - 1;
    if (text.startsWith("[") && text.includes("]:")) definitions++;
    const found = countOf(text, "*_~[]`<!");
    // (marks + found)² − marks²
    pairs += found * (2 * marks + found);
    marks += found;
    rows++;
    columns = Math.max(columns, countOf(text, "|"));
    if (definitions > MAX_DEFINITIONS || footnotes > MAX_FOOTNOTES || nesting > MAX_NESTING) return true;
    if (pairs > MAX_PAIRS || columns * rows > MAX_CELLS) return true;
  }
  return false;
}

/** How many quotes and lists a line opens at most: the marks at its start. A list's mark ends in a blank. */
function containersOf(text: string): number {
  const [start = ""] = /^[>\-+*\d.) \t]*/.exec(text) ?? [];
  return countOf(start, ">") + (start.match(/[-+*.)][ \t]/g)?.length ?? 0);
}

function countOf(text: string, characters: string): number {
  let count = 0;
  for (const character of text) if (characters.includes(character)) count++;
  return count;
}
