/** Titles and names that are stored as HTML → plain text. Pure. */
import { nameFrom } from "../../../upload/person.ts";
import { nonEmpty } from "../item.ts";
import { decodeHTMLStrict } from "entities";

// Tags and comments; a lone "<" is one.
const MARKUP = /<!--[^<>]*-->|<\/?[a-z][^<>]*>/gi;

/** A title as its readers saw it: without tags, its references decoded; undefined when nothing is left. */
export function plainTitle(html: string | undefined): string | undefined {
  return decodedName(html?.replaceAll(MARKUP, ""));
}

/** A name with its references decoded; undefined when nothing is left. */
export function decodedName(text: string | undefined): string | undefined {
  const decoded = decodeHTMLStrict(text ?? "").trim();
  return decoded === "" ? undefined : decoded;
}

/**
 * The one of several texts that names a person, as it is written: the site takes out an e-mail address and says so.
 * @param texts decoded
 * @returns the first that holds a name, else the first that says anything, whose loss the site can tell; undefined
 *   without one
 */
export function personName(...texts: (string | undefined)[]): string | undefined {
  const written = nonEmpty(texts);
  return written.find((text) => nameFrom(text).name !== undefined) ?? written[0];
}
