/** Decodes bytes as UTF-8, and removes the characters that no feed can carry. Pure. */
import { forbiddenIn, inForm, withBlanks, withoutForbidden } from "../article/characters.ts";
import { excerptOf, type Issue, type Place } from "./issue.ts";

/**
 * Decodes a document, strictly.
 * @param bytes UTF-8 (RFC 3629), with or without a BOM
 * @returns the text, or the issue that the bytes are no UTF-8
 */
export function decode(bytes: Uint8Array): string | Issue {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return {
      line: 1,
      field: "encoding",
      reason: "not-utf-8",
      detail: "The document is not valid UTF-8.",
      found: "",
    };
  }
}

/**
 * A text as it is stored: without forbidden characters, in Normalization Form C (UAX #15), with a blank for each
 * control that is white space. Tabs and line ends stay: HTML and the search for paragraphs need them.
 */
export function normalised(text: string): string {
  return inForm("NFC", withoutForbidden(withBlanks(text)));
}

/**
 * The warning about characters that were removed.
 * @param characters as `forbiddenIn` names them
 * @param more further lines that lost characters and get no warning of their own
 */
export function removedCharacters(characters: readonly string[], place: Place, more = 0): Issue {
  return {
    ...place,
    field: "encoding",
    reason: "forbidden-characters",
    detail: `Characters that no feed can carry were removed${more > 0 ? `, here and in ${more} more lines` : ""}.`,
    found: excerptOf(characters.join(" ")),
  };
}

/** The same for one text: no warning, or one. */
export function charactersRemovedFrom(text: string, place: Place): Issue[] {
  const characters = forbiddenIn(text);
  return characters.length === 0 ? [] : [removedCharacters(characters, place)];
}

/**
 * The warning about controls of direction that were removed: none, or one.
 * @param controls as `strayDirectionsIn` names them
 */
export function removedDirections(controls: readonly string[], place: Place): Issue[] {
  if (controls.length === 0) return [];
  return [
    {
      ...place,
      field: "encoding",
      reason: "unclosed-direction",
      detail:
        "Controls of writing direction without a partner were removed: they reverse the text that follows them.",
      found: excerptOf(controls.join(" ")),
    },
  ];
}
