/** Cache-Control for each kind of response (RFC 9111), for readers and for Cloudflare's edge. */
import { FRESH_SECONDS } from "../feed/feed.ts";

/** Feeds: readers' software plans its next poll by max-age; Cloudflare's edge asks again much sooner. */
export const FEED_CACHING = {
  "Cache-Control": `public, max-age=${FRESH_SECONDS}`,
  "Cloudflare-CDN-Cache-Control": "public, max-age=30, stale-while-revalidate=30, stale-if-error=86400",
} as const;

/** Archive pages that are full: they change only when an article in them is revised or withdrawn, and the edge asks soon enough. */
export const ARCHIVE_CACHING = {
  "Cache-Control": "public, max-age=86400",
  "Cloudflare-CDN-Cache-Control": FEED_CACHING["Cloudflare-CDN-Cache-Control"],
} as const;

/** Pages for people, who reload sooner than software polls. */
export const PAGE_CACHING = {
  "Cache-Control": "public, max-age=60",
  "Cloudflare-CDN-Cache-Control": "public, max-age=30, stale-while-revalidate=30, stale-if-error=86400",
} as const;

/** Kept pictures: another picture has another address. The edge asks again within the hour: one that was deleted leaves it then. */
export const MEDIA_CACHING = {
  "Cache-Control": "public, max-age=31536000, immutable",
  "Cloudflare-CDN-Cache-Control": "public, max-age=3600",
} as const;

/** Addresses with nothing yet, or nothing any more: kept briefly. Without Cache-Control the edge would keep an error for hours. */
export const BRIEF_CACHING = {
  "Cache-Control": "public, max-age=30",
  "Cloudflare-CDN-Cache-Control": "public, max-age=10",
} as const;

/** What the address and the deployment alone decide, as a redirect to a canonical address and the manifest: each deployment has its own edge cache. */
export const DEPLOYMENT_CACHING = {
  "Cache-Control": "public, max-age=3600",
  "Cloudflare-CDN-Cache-Control": "public, max-age=86400",
} as const;

/** The editors' API. `no-transform`: an entity tag that compression made weak would never satisfy If-Match. */
export const EDITOR_CACHING = { "Cache-Control": "private, no-store, no-transform" } as const;

/** Redirects to another page of an archive: kept briefly where that may move again. */
export function redirectCaching(isForGood: boolean): typeof DEPLOYMENT_CACHING | typeof BRIEF_CACHING {
  return isForGood ? DEPLOYMENT_CACHING : BRIEF_CACHING;
}
