/** How a complaint speaks of numbers and of what was found. Pure. */

// A quotation stands in a sentence: enough of it to find the place.
const MAX_QUOTED = 60;

/** "1 character", "17 characters". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `text` in quotation marks; a long one is cut between two characters. */
export function quoted(text: string): string {
  // No character has more than two UTF-16 units, so that a text of any length is cheap to cut.
  const characters = Array.from(text.slice(0, 2 * MAX_QUOTED + 2));
  return `“${characters.length > MAX_QUOTED ? `${characters.slice(0, MAX_QUOTED).join("")}…` : text}”`;
}
