/** The formats of uploads: one table of media types and their parsers. Pure. */
import type { Site } from "../article/site.ts";
import type { Parsed } from "./issue.ts";
import { parseJson } from "./json/json.ts";
import { parseMarkdown } from "./markdown/markdown.ts";
import { parseNinjs } from "./ninjs/ninjs.ts";
import { parseWithdrawal } from "./ninjs/item-header.ts";
import { parseWire } from "./wire/wire.ts";

/** The most bytes that a document may have. */
export const MAX_UPLOAD_BYTES = 1024 * 1024;

type Format = {
  /** @param sections the names of the sections for a document that names none */
  parse: (bytes: Uint8Array, site: Site, sections?: readonly string[]) => Parsed;
  /**
   * The withdrawal that a document asks for, in a format that can ask for one. Undefined where the document asks for
   * something else; then nothing more of it is read.
   */
  parseWithdrawal?: (bytes: Uint8Array) => Parsed | undefined;
};

const FORMATS = new Map<string, Format>([
  ["text/plain", { parse: parseWire }],
  ["text/markdown", { parse: parseMarkdown }],
  ["application/json", { parse: parseJson, parseWithdrawal }],
  ["application/vnd.iptc.ninjs+json", { parse: parseNinjs, parseWithdrawal }],
]);

/** The media types that an upload may have, for `Accept` and `Accept-Post`. */
export const ACCEPTED_TYPES: readonly string[] = [...FORMATS.keys()];

/**
 * The format of a Content-Type (RFC 9110, section 8.3).
 * @returns undefined when the media type is not taken, or names a character set other than UTF-8
 */
export function formatOf(contentType: string): Format | undefined {
  const [type = "", ...parameters] = contentType.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  const isUtf8 = charset === undefined || ["utf-8", "utf8", "us-ascii"].includes(charset.replaceAll('"', ""));
  return isUtf8 ? FORMATS.get(type) : undefined;
}
