/** Excerpts: the beginning of a text on one line. No I/O. */
import {
  type Control,
  follow,
  isDirectionControl,
  withoutDirections,
  withoutStrayDirections,
} from "./direction.ts";
import { FLIPBOARD_MIN_DESCRIPTION } from "./partner-limits.ts";

// The most that a partner wants of a description. The lint rule counts as is done here: code points.
const MIN_LENGTH = FLIPBOARD_MIN_DESCRIPTION;
// Where no word ends soon after it, as in a script without spaces.
const MAX_LENGTH = 340;
// No code point has more than two UTF-16 units: so many hold one character more than is shown.
const ENOUGH_UNITS = 2 * MAX_LENGTH + 2;

/** An article or a draft with the beginning of its text in the place of the text. */
export function withExcerpt<Whole extends { text: string }>({
  text,
  ...rest
}: Whole): Omit<Whole, "text"> & { excerpt: string } {
  return { ...rest, excerpt: excerpt(text) };
}

/**
 * The beginning of `text` on one line. A text that is cut leaves 300 to 340 characters (code points): it ends with the
 * first word that reaches so far, and with an ellipsis. Of its controls of direction only whole pairs are left: one that
 * the cut leaves open is removed, and not counted.
 */
export function excerpt(text: string): string {
  // A long text is cheap: unless it is mostly white space, its end is never looked at.
  const beginning = onOneLine(text.slice(0, 2 * ENOUGH_UNITS));
  const line = beginning.length < ENOUGH_UNITS ? onOneLine(text) : beginning;
  const open: Control[] = [];
  let at = 0;
  let length = 0;
  let latest = { at, length };
  for (const character of line) {
    if (character === " " && length >= MIN_LENGTH && length < MAX_LENGTH) return cut(line, at);
    length += isDirectionControl(character) ? countedWith(open, { control: character, at }) : 1;
    at += character.length;
    if (length > MAX_LENGTH) {
      // One control may close so many others that no cut beside it has the length.
      return latest.length < MIN_LENGTH ? excerpt(withoutDirections(text)) : cut(line, latest.at);
    }
    if (length < MAX_LENGTH) latest = { at, length };
  }
  return line;
}

/** An opening control counts once it is closed. */
function countedWith(open: Control[], next: Control): number {
  const before = open.length;
  const closed = follow(open, next);
  return open.length > before ? 0 : closed + 1;
}

function cut(line: string, at: number): string {
  return `${withoutStrayDirections(line.slice(0, at))}…`;
}

function onOneLine(text: string): string {
  // Most words have a single blank between them, which stays.
  return withoutStrayDirections(text)
    .trim()
    .replaceAll(/\s{2,}|[^\S ]/gu, " ");
}
