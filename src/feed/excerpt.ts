/** The beginning of a text. Pure. */

// Flipboard wants this much of a description. The lint rule flipboard-description-length counts as is done here: code points.
const MIN_LENGTH = 300;
// Where no word ends soon after it, as in a script without spaces.
const MAX_LENGTH = 340;
// No code point has more than two UTF-16 units: so many hold one character more than is shown.
const ENOUGH_UNITS = 2 * MAX_LENGTH + 2;

/**
 * The beginning of `text` on one line. A text that is cut leaves 300 to 340 characters (code points): it ends with the
 * first word that reaches so far, and with an ellipsis.
 */
export function excerpt(text: string): string {
  // A long text is cheap: unless it is mostly white space, its end is never looked at.
  const beginning = onOneLine(text.slice(0, 2 * ENOUGH_UNITS));
  const line = beginning.length < ENOUGH_UNITS ? onOneLine(text) : beginning;
  const characters = Array.from(line.slice(0, ENOUGH_UNITS));
  const wordEnd = characters.indexOf(" ", MIN_LENGTH);
  const end = wordEnd === -1 ? characters.length : wordEnd;
  if (end < MAX_LENGTH) return end === characters.length ? line : `${characters.slice(0, end).join("")}…`;
  return characters.length <= MAX_LENGTH ? line : `${characters.slice(0, MAX_LENGTH - 1).join("")}…`;
}

function onOneLine(text: string): string {
  return text.trim().replaceAll(/\s+/gu, " ");
}
