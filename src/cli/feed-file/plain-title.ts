/** Titles and names that are stored as HTML → plain text. Pure. */
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

/** Whether a name is one that may be shown: an e-mail address is nobody's name. */
export function isShowableName(name: string): boolean {
  return !/\S@\S/.test(name);
}
