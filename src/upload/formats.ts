/** The one table of upload formats: a media type and the parser behind it. */
import type { Site } from "../article/site.ts";
import type { Parsed } from "./issue.ts";
import { parseJson } from "./json/json.ts";
import { parseMarkdown } from "./markdown/markdown.ts";
import { parseNinjs } from "./ninjs/ninjs.ts";
import { parseWire } from "./wire/wire.ts";

/** @param sections the names of those of a document that names none */
type Parser = (bytes: Uint8Array, site: Site, sections?: readonly string[]) => Parsed;

const PARSERS = new Map<string, Parser>([
  ["text/plain", parseWire],
  ["text/markdown", parseMarkdown],
  ["application/json", parseJson],
  ["application/vnd.iptc.ninjs+json", parseNinjs],
]);

/** The media types that an upload may have, for `Accept` and `Accept-Post`. */
export const ACCEPTED_TYPES: readonly string[] = [...PARSERS.keys()];

/**
 * The parser for a Content-Type (RFC 9110, section 8.3).
 * @returns undefined when the media type is not taken, or names a character set other than UTF-8
 */
export function parserFor(contentType: string): Parser | undefined {
  const [type = "", ...parameters] = contentType.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  const isUtf8 = charset === undefined || ["utf-8", "utf8", "us-ascii"].includes(charset.replaceAll('"', ""));
  return isUtf8 ? PARSERS.get(type) : undefined;
}
