/** Long texts in rows. Pure. */
import { isHighSurrogate } from "../article/characters.ts";

// UTF-16 units; at three bytes each a piece stays below the 2 MB that a row may hold.
const PIECE_LENGTH = 600_000;

/** A text in pieces that a row can hold, none of which ends inside a surrogate pair: SQLite's UTF-8 has no half of one. */
export function pieces(text: string): string[] {
  const found: string[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = Math.min(start + PIECE_LENGTH, text.length);
    if (isHighSurrogate(text.charCodeAt(end - 1))) end += 1;
    found.push(text.slice(start, end));
  }
  return found;
}
