/** How a complaint speaks of numbers and of what was found. Pure. */
import { shortened } from "../article/characters.ts";

// In characters. A quotation stands in a sentence: enough of it to find the place.
const MAX_QUOTED = 60;

/** "1 character", "17 characters". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `text` in quotation marks; a long one is cut between two characters. */
export function quoted(text: string): string {
  return `“${shortened(text, MAX_QUOTED)}”`;
}
