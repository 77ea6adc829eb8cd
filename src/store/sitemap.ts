/** Sitemaps as they lie in KV: each has the articles of some consecutive archive pages of the whole site, which stay there. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import { decode, decodeEach, id, instant, parseJson, wellFormed } from "./decode.ts";
import { type PageKey, pageKey, type SitemapKey, sitemapKey } from "./keys.ts";

// Some 1000 articles. Another number would move articles from one sitemap to another.
const PAGES_PER_SITEMAP = 20;

/** `image` is the address of its picture; one that is kept on this site begins with `/media/`. */
export type SitemapEntry = { id: string; updated: Instant; image?: string | undefined };

/** The articles of one sitemap: those whose canonical address is on this site. */
export type SitemapRecord = { version: 1; articles: SitemapEntry[] };

const SitemapSchema = v.object({ version: v.literal(1), articles: v.array(v.unknown()) });
const SitemapEntrySchema = v.object({
  id,
  updated: instant,
  // An article is listed without a picture that can't be read.
  image: v.fallback(v.optional(wellFormed), undefined),
});

/** The number of sitemaps that list an archive. @param newestPage the number of its newest page; 0 where it has none */
export function sitemapCount(newestPage: number): number {
  return Math.ceil(newestPage / PAGES_PER_SITEMAP);
}

/** The numbers of the archive pages of a sitemap, whether they have begun or not. @param number of the sitemap, from 1 */
export function pagesOfSitemap(number: number): number[] {
  return Array.from(
    { length: PAGES_PER_SITEMAP },
    (_, index) => (number - 1) * PAGES_PER_SITEMAP + index + 1,
  );
}

/** The keys that become stale with an archive page: its own, and that of its sitemap where the page is the whole site's. */
export function keysOfPage(feed: FeedId, page: number): (PageKey | SitemapKey)[] {
  const key = pageKey(feed, page);
  return feed === "all" ? [key, sitemapKey(sitemapCount(page))] : [key];
}

/** Decodes the articles of a sitemap; one that can't be read has none. */
export function readSitemap(text: string, where: string): SitemapEntry[] {
  const record = decode(SitemapSchema, parseJson(text), where);
  return record === undefined ? [] : decodeEach(SitemapEntrySchema, record.articles, `${where}#`);
}
