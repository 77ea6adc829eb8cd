/** What a reader may ask of a feed in its query: `?content=summary&limit=10`. */
import { queryOf, type Variant, WHOLE } from "../feed/addresses.ts";
import { Refusal } from "./problems.ts";

/** Where a variant is asked for in another spelling than its own, `canonical` is the query to go to. */
export type AskedVariant = { variant: Variant; canonical?: string | undefined };

const MAX_LIMIT = 50;
const KNOWN = new Set(["content", "limit"]);

/**
 * Reads the query of a feed's address; parameters that are not a feed's are ignored.
 * @param search with its question mark, or empty
 * @param itemsPerFeed how many articles the whole feed shows
 * @throws Refusal "invalid-query"
 */
export function readVariant(search: string, itemsPerFeed: number): AskedVariant {
  if (search === "") return { variant: WHOLE };
  const given = new URLSearchParams(search);
  const content = given.get("content") ?? "full";
  const limit = given.get("limit");
  if (content !== "full" && content !== "summary") {
    throw new Refusal("invalid-query", { detail: "content: This must be full or summary." });
  }
  if (limit !== null && !(/^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_LIMIT)) {
    throw new Refusal("invalid-query", {
      detail: `limit: This must be a whole number from 1 to ${MAX_LIMIT}.`,
    });
  }
  const isLimited = limit !== null && Number(limit) < itemsPerFeed;
  const variant: Variant = { content, limit: isLimited ? Number(limit) : undefined };
  const canonical = queryOf(variant);
  return spelled(search) === canonical ? { variant } : { variant, canonical };
}

/** The parameters of a feed's own, as they are spelled. */
function spelled(search: string): string {
  const own = search
    .slice(1)
    .split("&")
    .filter((parameter) => [...new URLSearchParams(parameter).keys()].some((name) => KNOWN.has(name)));
  return own.length === 0 ? "" : `?${own.join("&")}`;
}
