/** The plain texts of feeds: titles, names, tags, addresses. Pure. */
import { decodeHTMLStrict } from "entities";

/** Reads a plain text, or an address, of one feed. */
export type ReadText = (text: string) => string;

/** How Dateline's own feeds name the software that made them. */
const OWN_GENERATOR = "Dateline";

/** Whether Dateline made a feed, so that its texts are plain, and its parts are where we put them. */
export function isOwnFeed(generator: string | undefined): boolean {
  return generator?.trim() === OWN_GENERATOR;
}

/**
 * How to read the plain texts of a feed. Much software escapes HTML where the format has plain text, so that character
 * references are left after XML is decoded: they are decoded once more. Only those that end in a semicolon are: `AT&T`
 * and `?a=1&copy=2` stay as they are.
 * @param isOwn whether Dateline made the feed: its texts are right
 */
export function textReader(isOwn: boolean): ReadText {
  return isOwn ? (text) => text : decodeHTMLStrict;
}
