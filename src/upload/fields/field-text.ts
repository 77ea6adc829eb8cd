/** Cleans the texts of a document's fields before anything judges them. Pure. */
import { urlOf } from "../html/addresses.ts";
import type { Issue, Place } from "../issue.ts";
import { cleanLine, linesOf, paragraphsOf } from "../paragraphs.ts";
import { isMembers, type Keys } from "./members.ts";

/**
 * How the texts under a key are read: as one clean line; as clean paragraphs; as an address, which may be relative to
 * that of the document; as a number, which may be written as a text; as a language, which may have an underscore; or
 * verbatim, because something else cleans them.
 */
export type Writing = "line" | "paragraphs" | "address" | "number" | "language" | "verbatim";

/** The context in which a text is cleaned. */
export type Cleaning = {
  writingOf: (key: string) => Writing;
  placeOf: (keys: Keys) => Place;
  /** The address that relative ones start from; undefined where the document names none. */
  base: string | undefined;
  /** Takes a warning for each text that lost something. */
  warnings: Issue[];
};

// Deeper than any field nests.
const MAX_DEPTH = 5;
// Longer than any list may be: such a list is refused, so that nobody looks at the rest.
const MAX_LIST = 200;

/**
 * A field's value with its texts cleaned, at any depth, and without members that are null.
 * @param keys from the document down to the value
 */
export function cleanedValue(value: unknown, keys: Keys, cleaning: Cleaning, depth = MAX_DEPTH): unknown {
  if (typeof value === "string") return cleanedText(value, keys, cleaning);
  if (depth === 0) return value;
  if (Array.isArray(value)) {
    return value
      .slice(0, MAX_LIST)
      .map((member: unknown, index) => cleanedValue(member, [...keys, index], cleaning, depth - 1));
  }
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, cleanedValue(member, [...keys, key], cleaning, depth - 1)]),
  );
}

function cleanedText(text: string, keys: Keys, { writingOf, placeOf, base, warnings }: Cleaning): unknown {
  const key = keys.findLast((each) => typeof each === "string") ?? "";
  switch (writingOf(key)) {
    case "line":
      return cleanLine(text, placeOf(keys), warnings);
    case "paragraphs":
      return cleanParagraphs(text, placeOf(keys), warnings);
    case "address":
      return absoluteAddress(text, base);
    case "number":
      return /^\d{1,15}$/.test(text.trim()) ? Number(text) : text;
    case "language":
      return text.trim().replaceAll("_", "-");
    case "verbatim":
      return text;
  }
}

/** A plain text as clean lines: one for each paragraph, with a blank line between two. */
export function cleanParagraphs(text: string, place: Place, warnings: Issue[]): string {
  return paragraphsOf(linesOf(text))
    .map((paragraph) => cleanLine(paragraph.text, place, warnings))
    .filter((line) => line !== "")
    .join("\n\n");
}

/** An address in absolute form. One that has none stays as it is, for the schema to judge. */
function absoluteAddress(text: string, base: string | undefined): string {
  const written = text.trim();
  if (base === undefined || written === "" || urlOf(written) !== undefined) return written;
  return urlOf(written, base)?.href ?? written;
}
