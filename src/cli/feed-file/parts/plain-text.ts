/** The plain texts of feeds: titles, names, tags, addresses. Pure. */
import { decodeHTMLStrict } from "entities";

/** Reads a plain text, or an address, of one feed. */
export type ReadText = (text: string) => string;

/** The generator of Dateline's own feeds. */
const OWN_GENERATOR = "Dateline";

/** Whether Dateline made a feed: then its texts are plain, and its parts are where Dateline puts them. */
export function isOwnFeed(generator: string | undefined): boolean {
  return generator?.trim() === OWN_GENERATOR;
}

/**
 * Makes the reader of a feed's plain texts. Much software escapes HTML where the format has plain text, so that
 * character references remain after XML is decoded. The reader decodes those that end in a semicolon: `AT&T` and
 * `?a=1&copy=2` stay as they are.
 * @param isOwn whether Dateline made the feed, whose texts are right
 */
export function textReader(isOwn: boolean): ReadText {
  return isOwn ? (text) => text : decodeHTMLStrict;
}
