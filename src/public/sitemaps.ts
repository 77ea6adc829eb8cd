/** Files for search engines: robots.txt and sitemaps. */
import { standingFeed } from "../article/feed-id.ts";
import { newsLanguage } from "../article/language.ts";
import type { Site } from "../article/site.ts";
import { SITEMAP_MAX_ADDRESSES } from "../article/partner-limits.ts";
import { articleUrl, homePath, homeUrl, listPath } from "../feed/addresses.ts";
import { FEED_CACHING, PAGE_CACHING } from "../http/caching.ts";
import { Refusal } from "../http/problems.ts";
import { renderNewsSitemap, renderSitemap, renderSitemapIndex, type SitemapNews } from "../render/sitemap.ts";
import { newestPage } from "../store/records.ts";
import { NEWS_MILLISECONDS, readList, readNews } from "../store/directory.ts";
import { UNWRITTEN, type VersionedValue } from "../store/edition.ts";
import { listKey, type ListedKind, NEWS_KEY, sitemapKey, windowKey } from "../store/keys.ts";
import { readSitemap, sitemapCount } from "../store/sitemap.ts";
import { latestDirectory, numberOf } from "./directory.ts";
import { type PublicContext, type PublicDoor, type PublicHandler, readsOf } from "./door.ts";

const ALL = windowKey("all");
// What most documents here have in common.
const SITEMAP = { mediaType: "application/xml", fields: () => FEED_CACHING };

/** GET /robots.txt (RFC 9309; sitemaps.org, "Specifying the Sitemap location in your robots.txt file"). */
export function serveRobots(door: PublicDoor): PublicHandler {
  const { url } = door.site;
  return (c) =>
    door.documents.respond(c.req.raw, Date.now(), {
      ...SITEMAP,
      name: "robots",
      edition: UNWRITTEN,
      values: [],
      variant: "robots",
      mediaType: "text/plain",
      render: () => `User-agent: *
Allow: /
Disallow: /api/

Sitemap: ${url}/sitemap.xml
Sitemap: ${url}/news-sitemap.xml
`,
    });
}

/** GET /sitemap.xml: the index of the other sitemaps. */
export function serveSitemapIndex(door: PublicDoor): PublicHandler {
  const { site, cache } = door;
  return async (c) => {
    const now = Date.now();
    const reads = readsOf(c, cache, now);
    const [all, directory] = await Promise.all([reads.latest(ALL), latestDirectory(reads, site)]);
    const count = countOf(all);
    const { section, author } = directory.listCounts();
    const names = [
      "pages",
      ...numbered("sections-", section),
      ...numbered("authors-", author),
      ...numbered("", count),
    ];
    return door.documents.respond(c.req.raw, now, {
      ...SITEMAP,
      name: "sitemaps",
      edition: { ...all.edition, sequence: count },
      values: [all, ...directory.values],
      variant: `sitemaps-${section}-${author}`,
      render: () =>
        renderSitemapIndex(
          names.slice(0, SITEMAP_MAX_ADDRESSES).map((name) => `${site.url}/sitemap-${name}.xml`),
        ),
    });
  };
}

/** GET /sitemap-pages.xml: the front page, the owner's feeds, and the pages that list feeds, sections and authors. */
export function servePagesSitemap(door: PublicDoor): PublicHandler {
  const { site, cache } = door;
  return async (c) => {
    const now = Date.now();
    const { edition, values, listCounts } = await latestDirectory(readsOf(c, cache, now), site);
    const { section, author } = listCounts();
    return door.documents.respond(c.req.raw, now, {
      ...SITEMAP,
      name: "sitemap pages",
      edition: { ...edition, sequence: section },
      values,
      variant: `sitemap-pages-${author}`,
      render: () => {
        const lists = (["section", "author"] as const).flatMap((kind) =>
          Array.from({ length: kind === "section" ? section : author }, (_, index) =>
            listPath(kind, index + 1),
          ),
        );
        const homes = site.feeds.map(({ id }) => homePath(standingFeed(id)));
        const paths = ["/", ...homes, "/feeds", ...lists];
        return renderSitemap(
          paths.slice(0, SITEMAP_MAX_ADDRESSES).map((path) => ({ url: `${site.url}${path}` })),
        );
      },
    });
  };
}

/** GET /sitemap-sections-1.xml, /sitemap-authors-1.xml: the pages of the names on one page of their list. */
export function serveNamesSitemap(door: PublicDoor, kind: ListedKind): PublicHandler {
  const { site, cache } = door;
  return async (c) => {
    const number = fileNumber(c);
    if (number === undefined) throw new Refusal("not-found");
    const now = Date.now();
    const key = listKey(kind, number);
    const value = await readsOf(c, cache, now).latest(key);
    const { edition, text } = value;
    if (text === undefined) throw new Refusal("not-found");
    return door.documents.respond(c.req.raw, now, {
      ...SITEMAP,
      name: `sitemap ${key}`,
      edition,
      values: [value],
      variant: "sitemap",
      render: () =>
        renderSitemap(readList(text, key).names.map(({ id }) => ({ url: homeUrl(site, `${kind}:${id}`) }))),
    });
  };
}

/** GET /sitemap-1.xml: the articles of some consecutive archive pages of the whole site. */
export function serveArticlesSitemap(door: PublicDoor): PublicHandler {
  const { site, cache } = door;
  return async (c) => {
    const number = fileNumber(c) ?? Number.NaN;
    const now = Date.now();
    const reads = readsOf(c, cache, now);
    const all = await reads.latest(ALL);
    if (!(number <= countOf(all))) throw new Refusal("not-found");
    const key = sitemapKey(number);
    const value = await reads.latest(key);
    const { edition, text } = value;
    // A sitemap of another life of the ledger is none of this one's.
    if (text === undefined || edition.epoch !== all.edition.epoch) throw new Refusal("not-found");
    return door.documents.respond(c.req.raw, now, {
      ...SITEMAP,
      name: key,
      edition,
      values: [value],
      variant: "sitemap",
      render: () =>
        renderSitemap(
          readSitemap(text, key).map(({ id, updated, image }) => ({
            url: articleUrl(site, id),
            updated,
            image: imageUrl(site, image),
          })),
        ),
    });
  };
}

/** GET /news-sitemap.xml: the articles of the two days before now. */
export function serveNewsSitemap(door: PublicDoor): PublicHandler {
  const { site, cache } = door;
  return async (c) => {
    const now = Date.now();
    const value = await readsOf(c, cache, now).latest(NEWS_KEY);
    const { edition, text } = value;
    const { articles } = readNews(text);
    const arrived = articles.filter(({ published }) => published <= now);
    const recent = arrived.filter(({ published }) => published > now - NEWS_MILLISECONDS);
    return door.documents.respond(c.req.raw, now, {
      ...SITEMAP,
      name: NEWS_KEY,
      edition,
      values: [value],
      // The clock takes articles away at both ends of one edition: how many are left says which.
      variant: `news-${arrived.length}-${recent.length}`,
      fields: () => PAGE_CACHING,
      render: () =>
        renderNewsSitemap(
          site.title,
          recent.flatMap(({ id, headline, language: tag, published, image }): SitemapNews[] => {
            const language = newsLanguage(tag);
            if (language === undefined) return [];
            const url = articleUrl(site, id);
            return [{ url, title: headline, language, published, image: imageUrl(site, image) }];
          }),
        ),
    });
  };
}

/** The absolute address of a picture; undefined for one that no crawler could ask for. */
function imageUrl(site: Site, image: string | undefined): string | undefined {
  const url = image === undefined ? undefined : URL.parse(image, site.url);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** How many sitemaps the articles fill. */
function countOf({ text }: VersionedValue): number {
  return sitemapCount(newestPage(text, ALL)?.newest ?? 0);
}

/** The number at the end of the file's name, `:file`. */
function fileNumber(c: PublicContext): number | undefined {
  const [, digits = ""] = /-(\d+)\.xml$/.exec(c.req.param("file") ?? "") ?? [];
  return numberOf(digits);
}

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}
