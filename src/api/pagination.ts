/** Pagination of lists: a limit, and an opaque cursor that says where the part before ended. Pure. */
import { decodeBase64Url, encodeBase64Url } from "hono/utils/encode";
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import { isId } from "../article/identity.ts";
import { isMediaId } from "../article/media.ts";
import type { MediaPlace } from "../desk/ledger/media.ts";
import type { Place } from "../audience/readers.ts";
import { Refusal } from "../http/problems.ts";

const MAX_LISTED = 100;

type Position = { published: Instant; id: string };

const Limit = v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(MAX_LISTED));

/** The query parameters of every list that has pagination. */
export const PAGINATION = {
  limit: v.pipe(
    v.optional(v.string()),
    v.metadata({
      description: "The largest number of entries.",
      type: "integer",
      minimum: 1,
      maximum: MAX_LISTED,
      default: MAX_LISTED,
    }),
  ),
  cursor: v.pipe(v.optional(v.string()), v.description("The `next` of the answer before.")),
};

/** A part of a list: the entry before its first one, and the largest number of entries. */
export type Pagination<T> = { after: T | undefined; limit: number };

/**
 * Decodes the two parameters.
 * @param read decodes a cursor; it returns undefined for one that no list ever gave
 * @throws Refusal "invalid-cursor"
 */
export function readPagination<T>(
  { limit, cursor }: { limit?: string | undefined; cursor?: string | undefined },
  read: (cursor: string) => T | undefined,
): Pagination<T> {
  const size = v.safeParse(Limit, limit ?? String(MAX_LISTED));
  const after = cursor === undefined ? undefined : read(cursor);
  if (!size.success || (cursor !== undefined && after === undefined)) {
    throw new Refusal("invalid-cursor", { members: { max: MAX_LISTED } });
  }
  return { after, limit: size.output };
}

/**
 * Cuts a part of a list to its limit.
 * @param found up to one entry more than the limit: the one more shows that the list goes on
 * @param write encodes the cursor that follows an entry
 * @returns the entries, and the cursor of the next part, if there is one
 */
export function paginate<T>(
  found: T[],
  limit: number,
  write: (last: T) => string,
): { listed: T[]; next: string | undefined } {
  const listed = found.slice(0, limit);
  const last = listed.at(-1);
  return { listed, next: found.length > limit && last !== undefined ? write(last) : undefined };
}

/** The cursor of a list of articles: a place in feed order. */
export function writePosition({ published, id }: Position): string {
  return encode(`${published} ${id}`);
}

export function readPosition(cursor: string): Position | undefined {
  const [published = "", id = ""] = decode(cursor).split(" ");
  return /^-?\d{1,16}$/.test(published) && isId(id) ? { published: Number(published), id } : undefined;
}

/** The cursor of the list of pictures: when a picture came, and its id. */
export function writeMediaPlace({ created, id }: MediaPlace): string {
  return encode(`${created} ${id}`);
}

export function readMediaPlace(cursor: string): MediaPlace | undefined {
  const [created = "", id = ""] = decode(cursor).split(" ");
  return /^\d{1,15}$/.test(created) && isMediaId(id) ? { created: Number(created), id } : undefined;
}

/** The cursor of revisions and of the audit: the number of an entry. */
export function writeNumber(number: number): string {
  return encode(String(number));
}

export function readNumber(cursor: string): number | undefined {
  const text = decode(cursor);
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

/** The cursor of the list of readers. Neither a feed's id nor a format has a space. */
export function writePlace({ feed, format, agent }: Place): string {
  return encode(`${feed} ${format} ${agent}`);
}

export function readPlace(cursor: string): Place | undefined {
  const [, feed, format, agent] = /^(\S+) (\S+) (.+)$/.exec(decode(cursor)) ?? [];
  if (feed === undefined || format === undefined || agent === undefined) return undefined;
  return { feed, format, agent };
}

function encode(text: string): string {
  return encodeBase64Url(new TextEncoder().encode(text).buffer);
}

/** @returns an empty text for what is not base64url */
function decode(cursor: string): string {
  try {
    return new TextDecoder().decode(decodeBase64Url(cursor));
  } catch {
    return "";
  }
}
