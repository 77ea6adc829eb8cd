/** Renders sitemaps for search engines (sitemaps.org, protocol 0.9; Google, "Create a news sitemap", "Image sitemaps"). Pure. */
import { formatInstant } from "../article/instant.ts";
import type { Instant } from "../article/article.ts";
import { escapeXml } from "./escape.ts";

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';
const SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"';
const IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"';

/** A page: its absolute URL, and when it was last changed where that is known; and the absolute URL of its picture. */
export type SitemapPage = { url: string; updated?: Instant | undefined; image?: string | undefined };

/** @param urls absolute, of the sitemaps: a file may list `SITEMAP_MAX_ADDRESSES` */
export function renderSitemapIndex(urls: readonly string[]): string {
  const sitemaps = urls.map((url) => `<sitemap><loc>${escapeXml(url)}</loc></sitemap>\n`);
  return `${DECLARATION}\n<sitemapindex ${SITEMAP}>\n${sitemaps.join("")}</sitemapindex>\n`;
}

/** @param pages at most `SITEMAP_MAX_ADDRESSES` */
export function renderSitemap(pages: readonly SitemapPage[]): string {
  const urls = pages.map(({ url, updated, image }) => {
    const lastmod = updated === undefined ? "" : `<lastmod>${formatInstant(updated)}</lastmod>`;
    return `<url><loc>${escapeXml(url)}</loc>${lastmod}${imageElement(image)}</url>\n`;
  });
  return urlset([], pages, urls);
}

function urlset(
  namespaces: string[],
  pages: readonly Pick<SitemapPage, "image">[],
  urls: readonly string[],
): string {
  const hasImages = pages.some(({ image }) => image !== undefined);
  const declared = [SITEMAP, ...namespaces, ...(hasImages ? [IMAGE] : [])].join(" ");
  return `${DECLARATION}\n<urlset ${declared}>\n${urls.join("")}</urlset>\n`;
}

function imageElement(image: string | undefined): string {
  return image === undefined ? "" : `<image:image><image:loc>${escapeXml(image)}</image:loc></image:image>`;
}

/** An article that is news; `language` as newsLanguage gives it. */
export type SitemapNews = {
  url: string;
  title: string;
  language: string;
  published: Instant;
  image?: string | undefined;
};

/**
 * @param publication the name under which the site's articles are known
 * @param articles at most `NEWS_SITEMAP_MAX_ARTICLES`, of the last `NEWS_SITEMAP_MAX_AGE_DAYS`
 */
export function renderNewsSitemap(publication: string, articles: readonly SitemapNews[]): string {
  const urls = articles.map(
    ({ url, title, language, published, image }) => `<url>
<loc>${escapeXml(url)}</loc>
<news:news>
<news:publication><news:name>${escapeXml(publication)}</news:name><news:language>${language}</news:language></news:publication>
<news:publication_date>${formatInstant(published)}</news:publication_date>
<news:title>${escapeXml(title)}</news:title>
</news:news>${image === undefined ? "" : `\n${imageElement(image)}`}
</url>
`,
  );
  return urlset([NEWS], articles, urls);
}
