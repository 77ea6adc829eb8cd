/** Ranges of bytes (RFC 9110, section 14): the one part of a representation that a request asks for. Pure. */
import type { Instant } from "../article/article.ts";
import { parseEntityTags } from "./entity-tag.ts";
import { parseHttpDate } from "./http-date.ts";

/** A part of a representation, in bytes. */
export type ByteRange = { offset: number; length: number };

const RANGE = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i;

/**
 * The part that a `Range` field names (sections 14.1.2 and 14.2).
 * @param size of the whole representation, in bytes
 * @returns undefined for a field that is ignored: one of another unit, one that isn't valid, or one of several parts, which a
 * server may ignore; "unsatisfiable" for a part beyond the end
 */
export function rangeOf(field: string, size: number): ByteRange | "unsatisfiable" | undefined {
  const [, from = "", to = ""] = RANGE.exec(field.trim()) ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "") {
    // The last bytes: more than there are means all.
    const length = Math.min(Number(to), size);
    return length === 0 ? "unsatisfiable" : { offset: size - length, length };
  }
  const offset = Number(from);
  const last = to === "" ? Infinity : Number(to);
  if (last < offset) return undefined;
  if (offset >= size) return "unsatisfiable";
  return { offset, length: Math.min(last, size - 1) - offset + 1 };
}

/**
 * Whether `If-Range` lets a request have its range (section 13.1.5): the validator must be the present one, compared strongly.
 * @param etag a strong one, in quotes
 */
export function isRangeCurrent(
  field: string,
  { etag, lastModified }: { etag: string; lastModified: Instant },
  now: Instant,
): boolean {
  const text = field.trim();
  if (text.startsWith('"')) return text === etag && parseEntityTags(text).length === 1;
  return parseHttpDate(text, now) === lastModified;
}

/** The value of `Content-Range` (section 14.4). */
export function contentRange({ offset, length }: ByteRange, size: number): string {
  return `bytes ${offset}-${offset + length - 1}/${size}`;
}
