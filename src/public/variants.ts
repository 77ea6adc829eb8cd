/** Variants of a feed, which the query names: `?content=summary&limit=10`; and its canonical spelling. */
import { FEED_FILES, PARTNER_FILES, queryOf, type Variant, WHOLE } from "../feed/addresses.ts";
import { Refusal } from "../http/problems.ts";

const MAX_LIMIT = 50;

const OF_FORMATS: ReadonlySet<string> = new Set(Object.values(FEED_FILES));
/** The file at which the client's preference decides the format. */
const NEGOTIATED = "feed";
const OF_PARTNERS: ReadonlySet<string> = new Set(Object.values(PARTNER_FILES));

// The folder of a topic, the archive page, and the last segment.
const FEED_PATH = /^(?:\/(?:sections|feeds|authors|tags)\/[^/]+)?(\/archive\/[^/]+)?\/([^/]+)$/;

/**
 * The variant that the query of a feed's address names.
 * @param search with its question mark, or empty
 * @param itemsPerFeed how many articles the whole feed shows
 * @throws Refusal "invalid-query"
 */
export function readVariant(search: string, itemsPerFeed: number): Variant {
  const variant = variantOf(search, itemsPerFeed);
  if (typeof variant === "string") throw new Refusal("invalid-query", { detail: variant });
  return variant;
}

/**
 * The canonical spelling of a query: the parameters that the address knows, in their order, and no others. A query with a wrong
 * value stays as it is: it is refused later.
 * @param path the canonical one
 * @param search with its question mark, or empty
 * @param itemsPerFeed how many articles a whole feed shows
 */
export function canonicalQuery(path: string, search: string, itemsPerFeed: number): string {
  if (search === "") return search;
  const [, archive, file = ""] = FEED_PATH.exec(path) ?? [];
  const isArchive = archive !== undefined;
  if (!OF_FORMATS.has(file) && (isArchive || !(file === NEGOTIATED || OF_PARTNERS.has(file)))) return "";
  const variant = isArchive || OF_PARTNERS.has(file) ? WHOLE : variantOf(search, itemsPerFeed);
  if (typeof variant === "string") return search;
  const query = queryOf(variant);
  // The page of a feed links to the feed's source.
  if (!new URLSearchParams(search).has("raw")) return query;
  return query === "" ? "?raw" : `${query}&raw`;
}

/**
 * The variant that a query names, or a sentence that says which value is wrong.
 * @param search with its question mark, or empty
 * @param itemsPerFeed how many articles the whole feed shows
 */
export function variantOf(search: string, itemsPerFeed: number): Variant | string {
  if (search === "") return WHOLE;
  const given = new URLSearchParams(search);
  const content = given.get("content") ?? "full";
  const limit = given.get("limit");
  if (content !== "full" && content !== "summary") return "content: This must be full or summary.";
  if (limit !== null && !(/^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_LIMIT)) {
    return `limit: This must be a whole number from 1 to ${MAX_LIMIT}.`;
  }
  const isLimited = limit !== null && Number(limit) < itemsPerFeed;
  return { content, limit: isLimited ? Number(limit) : undefined };
}
