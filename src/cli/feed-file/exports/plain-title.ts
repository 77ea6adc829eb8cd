/** Titles and names in HTML → plain text. Pure. */
import { nameFrom } from "../../../upload/person.ts";
import { nonEmpty } from "../item.ts";
import { decodeHTMLStrict } from "entities";

// Tags and comments. A lone "<" is text.
const MARKUP = /<!--[^<>]*-->|<\/?[a-z][^<>]*>/gi;

/** Reads a title: without tags, its character references decoded; undefined when nothing is left. */
export function plainTitle(html: string | undefined): string | undefined {
  return decodedName(html?.replaceAll(MARKUP, ""));
}

/** Reads a name: its character references decoded; undefined when nothing is left. */
export function decodedName(text: string | undefined): string | undefined {
  const decoded = decodeHTMLStrict(text ?? "").trim();
  return decoded === "" ? undefined : decoded;
}

/**
 * Finds the text that names a person. It stays as it is written: the site removes an e-mail address and says so.
 * @param texts decoded
 * @returns the first text that holds a name, else the first that isn't empty, so that the site can report its loss;
 *   undefined without any
 */
export function personName(...texts: (string | undefined)[]): string | undefined {
  const written = nonEmpty(texts);
  return written.find((text) => nameFrom(text).name !== undefined) ?? written[0];
}
