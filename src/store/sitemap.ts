/** The articles that a sitemap lists: those of some consecutive archive pages of the whole site, which stay on them. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import { decode, decodeEach, id, instant, parseJson } from "./decode.ts";
import { type PageKey, pageKey, type SitemapKey, sitemapKey } from "./keys.ts";

/** Some 1000 articles. Another number would move articles from one file to another. */
const PAGES_PER_SITEMAP = 20;

export type SitemapEntry = { id: string; updated: Instant };

/** Articles whose canonical address is on this site. */
export type SitemapRecord = { version: 1; articles: SitemapEntry[] };

const SitemapSchema = v.object({ version: v.literal(1), articles: v.array(v.unknown()) });
const SitemapEntrySchema = v.object({
  id,
  updated: instant,
});

/** How many sitemaps an archive of so many pages fills. */
export function sitemapCount(newestPage: number): number {
  return Math.ceil(newestPage / PAGES_PER_SITEMAP);
}

/** The numbers of the archive pages whose articles a sitemap lists, begun or not. @param number of the sitemap, from 1 */
export function pagesOfSitemap(number: number): number[] {
  return Array.from(
    { length: PAGES_PER_SITEMAP },
    (_, index) => (number - 1) * PAGES_PER_SITEMAP + index + 1,
  );
}

/** What becomes stale with an archive page: its own key, and for one of the whole site's that of its sitemap. */
export function keysOfPage(feed: FeedId, page: number): (PageKey | SitemapKey)[] {
  const key = pageKey(feed, page);
  return feed === "all" ? [key, sitemapKey(sitemapCount(page))] : [key];
}

/** The articles of a sitemap; one that can't be read has none. */
export function readSitemap(text: string, where: string): SitemapEntry[] {
  const record = decode(SitemapSchema, parseJson(text), where);
  return record === undefined ? [] : decodeEach(SitemapEntrySchema, record.articles, `${where}#`);
}
