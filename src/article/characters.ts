/** Characters: which of them a feed can carry, and how texts are normalized, counted and cut. No I/O. */

// Beyond XML 1.0's production [2] Char, this takes out what parsers and validators refuse or report: lone
// surrogates, C1 controls, U+FFFD (a sign of earlier damage) and noncharacters. White space is never among them.
const FORBIDDEN = /(?![\t-\r\u0085])\p{Cc}|\uFFFD|\p{Noncharacter_Code_Point}|\p{Surrogate}/gu;

// Anything beside what is always clean: most texts need one fast pass. Surrogates are looked at one by one.
const SUSPICIOUS = /[^\t\n\r -~\u00A0-\uD7FF\uE000-\uFDCF\uFDF0-\uFFFC]/;

// The white space of Unicode (property White_Space) that no feed can carry: vertical tab, form feed, NEL.
const UNCARRIED_SPACE = /[\v\f\u0085]/g;

// The same, and the separators of lines (U+2028) and of paragraphs (U+2029): a paragraph of a text holds none of
// them.
const SEPARATORS = /[\v\f\u0085\u2028\u2029]/g;

/** `text` without the characters that a feed cannot carry; white space that it cannot carry becomes a blank. */
export function withoutForbidden(text: string): string {
  return SUSPICIOUS.test(text) ? text.replace(FORBIDDEN, "").replace(UNCARRIED_SPACE, " ") : text;
}

/**
 * Replaces each vertical tab, form feed, NEL, line separator and paragraph separator of `text` by a blank, so that no
 * two words are joined. Tabs, line feeds and carriage returns stay.
 */
export function withBlanks(text: string): string {
  return text.replace(SEPARATORS, " ");
}

// Characters that never begin a combining sequence, except the joiner that breaks one. The property holds for every
// character of a Canonical_Combining_Class other than 0, and for vowel signs of class 0, of which no word has so many
// in a row.
const MARK = String.raw`(?!\u034F)\p{M}`;
// A sequence has at most 30 of them (UAX #15, section 13, "Stream-Safe Text Format"); writing systems need far fewer.
const MAX_MARKS = 30;
const TOO_MANY_MARKS = new RegExp(`((?:${MARK}){${MAX_MARKS}})(?=${MARK})`, "gu");
const COMBINING_GRAPHEME_JOINER = "\u034F";

// Anything beside characters that are no marks and that Normalization Form C leaves alone, whatever stands beside them: those of
// Latin texts with their punctuation and signs of currency (UAX #15, Quick_Check property NFC_QC=Yes, combining class 0).
const UNSETTLED = /[^\0-\u02FF\u2010-\u2027\u2030-\u205E\u20A0-\u20BF]/;

/**
 * Normalizes a text to one of Unicode's forms (UAX #15), in time that is linear in its length. Ordering a run of
 * marks takes the square of their number, so that a long run is broken first.
 * @returns a text that doesn't change when it is normalized again
 */
export function inForm(form: "NFC" | "NFD", text: string): string {
  if (form === "NFC" && !UNSETTLED.test(text)) return text;
  // One mark may decompose into several (U+0344), so that its run grows.
  return withShortRuns(withShortRuns(text).normalize(form));
}

function withShortRuns(text: string): string {
  return text.replace(TOO_MANY_MARKS, `$1${COMBINING_GRAPHEME_JOINER}`);
}

/** The distinct forbidden characters of `text`, as `U+0007`, in order of appearance. White space is none of them. */
export function forbiddenIn(text: string): string[] {
  return SUSPICIOUS.test(text) ? named(text.match(FORBIDDEN) ?? []) : [];
}

/** Distinct characters as `U+0007`, in order of appearance. */
export function named(characters: Iterable<string>): string[] {
  return [...new Set(characters)].map(
    (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}

/** How many characters (code points) a text has, as its readers count them: without the white space at its ends. */
export function characterCount(text: string): number {
  return [...text.trim()].length;
}

/** The first `max` characters (code points) of a text, which is itself where it has no more. */
export function firstCharacters(text: string, max: number): string {
  // No character has more than two UTF-16 units, so that a text of any length is cheap to cut.
  const characters = Array.from(text.slice(0, 2 * max + 2));
  return characters.length > max ? characters.slice(0, max).join("") : text;
}

/** A text of at most `max` characters (code points), and an ellipsis where there was more. */
export function shortened(text: string, max: number): string {
  const beginning = firstCharacters(text, max);
  return beginning === text ? text : `${beginning}…`;
}

/** Whether a UTF-16 unit is the first half of a surrogate pair: a text must not be cut after it. */
export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

// Characters that Unicode shows as nothing, if at all: joiners, fillers, variation selectors; and the Braille blank.
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{C}\u2800]*$/u;

/** Whether a text shows nothing: it says no more than an empty one. */
export function isUnseen(text: string): boolean {
  return UNSEEN.test(text);
}
