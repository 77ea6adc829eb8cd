/** The words of a complaint: numbers with their nouns, and quotations. Pure. */
import { shortened } from "../article/characters.ts";

// In characters. A quotation stands in a sentence: it is long enough to find the place.
const MAX_QUOTED = 60;

/** "1 character", "17 characters". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `text` in quotation marks; a long one is cut between two characters. */
export function quoted(text: string): string {
  return `“${shortened(text, MAX_QUOTED)}”`;
}
