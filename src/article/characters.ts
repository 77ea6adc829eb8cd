/** Which characters a feed can carry. No I/O. */

// Beyond XML 1.0's production [2] Char, this takes out what parsers and validators refuse or report: lone
// surrogates, C1 controls, U+FFFD (a sign of earlier damage) and noncharacters.
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\uFFFD|\p{Noncharacter_Code_Point}|\p{Surrogate}/gu;

// What can't be forbidden, so that most texts are told clean in one fast pass; surrogates are looked at one by one.
const SUSPICIOUS = /[^\t\n\r -~\u00A0-\uD7FF\uE000-\uFDCF\uFDF0-\uFFFC]/;

/** `text` without the characters that a feed cannot carry. */
export function withoutForbidden(text: string): string {
  return SUSPICIOUS.test(text) ? text.replace(FORBIDDEN, "") : text;
}

/** The distinct forbidden characters of `text`, as `U+0007`, in order of appearance. */
export function forbiddenIn(text: string): string[] {
  if (!SUSPICIOUS.test(text)) return [];
  return [...new Set(text.match(FORBIDDEN))].map(
    (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}

/** Whether a UTF-16 unit is the first half of a surrogate pair: a text must not be cut after it. */
export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
