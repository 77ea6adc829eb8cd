/** Escapes text for XML, without the characters that XML can't carry. Pure. */
import { withoutForbidden } from "../article/characters.ts";

const IN_ELEMENTS: Record<string, string> = {
  "&": "&#x26;",
  "<": "&#x3C;",
  ">": "&#x3E;",
  '"': "&#x22;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

// Many readers' parsers don't resolve numeric references in attributes.
const IN_ATTRIBUTES: Record<string, string> = {
  ...IN_ELEMENTS,
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/**
 * Escapes the text of an element, with the hexadecimal references that the RSS Advisory Board's profile asks for ("Character
 * Data").
 */
export function escapeXml(text: string): string {
  return escaped(text, IN_ELEMENTS);
}

/** Escapes an attribute's value; its white space survives normalisation (XML 1.0, section 3.3.3). */
export function escapeAttribute(text: string): string {
  return escaped(text, IN_ATTRIBUTES);
}

function escaped(text: string, references: Record<string, string>): string {
  return withoutForbidden(text).replaceAll(
    /[&<>"\t\n\r]/g,
    (character) => references[character] ?? character,
  );
}
