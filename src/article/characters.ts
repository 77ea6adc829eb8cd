/** Which characters a feed can carry. No I/O. */

// Beyond XML 1.0's production [2] Char, this takes out what parsers and validators refuse or report: lone
// surrogates, C1 controls, U+FFFD (a sign of earlier damage) and noncharacters.
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\uFFFD|\p{Noncharacter_Code_Point}|\p{Surrogate}/gu;

/** `text` without the characters that a feed cannot carry. */
export function withoutForbidden(text: string): string {
  return text.replace(FORBIDDEN, "");
}

/** The distinct forbidden characters of `text`, as `U+0007`, in order of appearance. */
export function forbiddenIn(text: string): string[] {
  return [...new Set(text.match(FORBIDDEN))].map(
    (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}
