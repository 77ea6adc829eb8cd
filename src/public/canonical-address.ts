/** Canonical addresses: each public document has one, known from the address alone, before anything is read. Pure. */
import { canonicalPath } from "./redirects.ts";
import { canonicalQuery } from "./variants.ts";

/**
 * The canonical address of a request that was sent to another one: path and query in one spelling, without foreign parameters
 * (`utm_source`, `fbclid`). Workers Caching keeps a response under path and query as they are spelled, the order of parameters
 * and a trailing slash included (https://developers.cloudflare.com/workers/cache/cache-keys/). Without this anybody could
 * have each document made anew as often as they like. The editors' API judges its queries itself.
 * @param url of the request, absolute
 * @param itemsPerFeed how many articles a whole feed shows
 * @returns a path on this site with its query; undefined where the request was sent to the canonical address
 */
export function canonicalAddress(url: string, itemsPerFeed: number): string | undefined {
  const address = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  const mark = address.indexOf("?");
  const [path, search] = mark < 0 ? [address, ""] : [address.slice(0, mark), address.slice(mark)];
  if (isOfApi(path) && path !== "/api/") return undefined;
  const canonical = canonicalPath(path) ?? path;
  const query = isOfApi(canonical) ? search : canonicalQuery(canonical, search, itemsPerFeed);
  return `${canonical}${query}` === address ? undefined : `${canonical}${query}`;
}

function isOfApi(path: string): boolean {
  return path === "/api" || path.startsWith("/api/");
}
