/** What search engines read: robots.txt and sitemaps. */
import type { Context } from "hono";
import { standingFeed } from "../article/feed-id.ts";
import { newsLanguage } from "../article/language.ts";
import { SITEMAP_MAX_ADDRESSES } from "../article/partner-limits.ts";
import type { Site } from "../article/site.ts";
import { articleUrl, homePath, homeUrl, listPath } from "../feed/addresses.ts";
import { renderNewsSitemap, renderSitemap, renderSitemapIndex, type SitemapNews } from "../render/sitemap.ts";
import { newestPage } from "../store/records.ts";
import { NEWS_MILLISECONDS, readList, readNews } from "../store/directory.ts";
import { type Edition, type VersionedValue, UNWRITTEN } from "../store/edition.ts";
import { listKey, type ListedKind, NEWS_KEY, sitemapKey, windowKey } from "../store/keys.ts";
import { readSitemap, sitemapCount } from "../store/sitemap.ts";
import { FEED_CACHING, PAGE_CACHING } from "../http/caching.ts";
import type { UndatedDocuments, UndatedDocument } from "../http/undated-documents.ts";
import { latestDirectory, pageNumber } from "./directory.ts";
import type { IsolateCache } from "../http/isolate-cache.ts";
import { Refusal } from "../http/problems.ts";
import { readsOf } from "./door.ts";

type SitemapContext = Context<{ Bindings: Env }>;

const ALL = windowKey("all");

export class SitemapHandlers {
  readonly #site: Site;
  readonly #cache: IsolateCache;
  readonly #documents: UndatedDocuments;

  constructor(site: Site, cache: IsolateCache, documents: UndatedDocuments) {
    this.#site = site;
    this.#cache = cache;
    this.#documents = documents;
  }

  /** GET /robots.txt (RFC 9309; sitemaps.org, "Specifying the Sitemap location in your robots.txt file"). */
  robots(c: SitemapContext): Response | Promise<Response> {
    const { url } = this.#site;
    return this.#respond(c, Date.now(), {
      name: "robots",
      edition: UNWRITTEN,
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

  /** GET /sitemap.xml: the others. */
  async index(c: SitemapContext): Promise<Response> {
    const now = Date.now();
    const reads = readsOf(c, this.#cache, now);
    const [all, directory] = await Promise.all([reads.latest(ALL), latestDirectory(reads, this.#site)]);
    const { edition, count } = this.#files(all);
    const { section, author } = directory.pages();
    const names = [
      "pages",
      ...numbered("sections-", section),
      ...numbered("authors-", author),
      ...numbered("", count),
    ];
    return this.#respond(c, now, {
      name: "sitemaps",
      edition: { ...edition, sequence: count },
      variant: `sitemaps-${section}-${author}`,
      render: () =>
        renderSitemapIndex(
          names.slice(0, SITEMAP_MAX_ADDRESSES).map((name) => `${this.#site.url}/sitemap-${name}.xml`),
        ),
    });
  }

  /** GET /sitemap-pages.xml: the front page, the owner's feeds, and the pages that list feeds, sections and authors. */
  async pages(c: SitemapContext): Promise<Response> {
    const now = Date.now();
    const { edition, pages } = await latestDirectory(readsOf(c, this.#cache, now), this.#site);
    const { section, author } = pages();
    return this.#respond(c, now, {
      name: "sitemap pages",
      edition: { ...edition, sequence: section },
      variant: `sitemap-pages-${author}`,
      render: () => {
        const { url, feeds } = this.#site;
        const lists = (["section", "author"] as const).flatMap((kind) =>
          Array.from({ length: kind === "section" ? section : author }, (_, index) =>
            listPath(kind, index + 1),
          ),
        );
        const paths = ["/", ...feeds.map(({ id }) => homePath(standingFeed(id))), "/feeds", ...lists];
        return renderSitemap(paths.slice(0, SITEMAP_MAX_ADDRESSES).map((path) => ({ url: `${url}${path}` })));
      },
    });
  }

  /**
   * GET /sitemap-sections-:number.xml, /sitemap-authors-:number.xml: the pages of those that a page of their list names.
   * @param name `1`
   */
  async names(c: SitemapContext, kind: ListedKind, name: string): Promise<Response> {
    const number = pageNumber(name);
    if (number === undefined) throw new Refusal("not-found");
    const now = Date.now();
    const key = listKey(kind, number);
    const { edition, text } = await readsOf(c, this.#cache, now).latest(key);
    if (text === undefined) throw new Refusal("not-found");
    return this.#respond(c, now, {
      name: `sitemap ${key}`,
      edition,
      variant: "sitemap",
      render: () =>
        renderSitemap(
          readList(text, key).names.map(({ id }) => ({ url: homeUrl(this.#site, `${kind}:${id}`) })),
        ),
    });
  }

  /**
   * GET /sitemap-:number.xml: the articles of some consecutive archive pages of the whole site.
   * @param name `1`
   */
  async articles(c: SitemapContext, name: string): Promise<Response> {
    const number = pageNumber(name) ?? Number.NaN;
    const now = Date.now();
    const reads = readsOf(c, this.#cache, now);
    const all = this.#files(await reads.latest(ALL));
    if (!(number <= all.count)) throw new Refusal("not-found");
    const key = sitemapKey(number);
    const { edition, text } = await reads.latest(key);
    // One of another life of the ledger is none of this one's.
    if (text === undefined || edition.epoch !== all.edition.epoch) throw new Refusal("not-found");
    return this.#respond(c, now, {
      name: key,
      edition,
      variant: "sitemap",
      render: () =>
        renderSitemap(
          readSitemap(text, key).map(({ id, updated }) => ({ url: articleUrl(this.#site, id), updated })),
        ),
    });
  }

  /** GET /news-sitemap.xml: the articles of the two days before now. */
  async news(c: SitemapContext): Promise<Response> {
    const now = Date.now();
    const { edition, text } = await readsOf(c, this.#cache, now).latest(NEWS_KEY);
    const { articles } = readNews(text);
    const arrived = articles.filter(({ published }) => published <= now);
    const recent = arrived.filter(({ published }) => published > now - NEWS_MILLISECONDS);
    return this.#respond(c, now, {
      name: NEWS_KEY,
      edition,
      // The clock takes articles away at both ends of one edition: how many are left says which.
      variant: `news-${arrived.length}-${recent.length}`,
      fields: () => PAGE_CACHING,
      render: () =>
        renderNewsSitemap(
          this.#site.title,
          recent.flatMap(({ id, headline, language: tag, published }): SitemapNews[] => {
            const language = newsLanguage(tag);
            if (language === undefined) return [];
            return [{ url: articleUrl(this.#site, id), title: headline, language, published }];
          }),
        ),
    });
  }

  /** How many files the articles fill. */
  #files({ edition, text }: VersionedValue): { edition: Edition; count: number } {
    return { edition, count: sitemapCount(newestPage(text, ALL)?.newest ?? 0) };
  }

  #respond(
    c: SitemapContext,
    now: number,
    file: Pick<UndatedDocument, "name" | "edition" | "variant" | "render"> & Partial<UndatedDocument>,
  ): Response | Promise<Response> {
    return this.#documents.respond(c.req.raw, now, {
      mediaType: "application/xml",
      fields: () => FEED_CACHING,
      ...file,
    });
  }
}

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}
