/** The beginning of a text. Pure. */
import { isHighSurrogate } from "../article/characters.ts";

// As much as aggregators show of an excerpt. Flipboard wants more of a description than is left of it: a summary serves it better.
const MAX_LENGTH = 300;

/** The beginning of `text` on one line, at most 300 characters, cut at a word and closed with an ellipsis. */
export function excerpt(text: string): string {
  const line = text.trim().replaceAll(/\s+/gu, " ");
  if (line.length <= MAX_LENGTH) return line;
  const cut = line.slice(0, MAX_LENGTH);
  const space = cut.lastIndexOf(" ");
  // A script without spaces is cut between two characters, never inside a surrogate pair.
  const end =
    space > MAX_LENGTH / 2 ? space : MAX_LENGTH - 1 - Number(isHighSurrogate(cut.charCodeAt(MAX_LENGTH - 2)));
  return `${cut.slice(0, end)}…`;
}
