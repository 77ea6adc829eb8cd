/** Pages for people over HTTP. */
import type { Context } from "hono";
import { isId } from "../article/identity.ts";
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { listPath, WHOLE } from "../feed/addresses.ts";
import { describeFeed, titleOf } from "../feed/description.ts";
import { listedSections } from "../feed/directory.ts";
import { feedDocument } from "../feed/feed.ts";
import { type OfferedFeed, wholeSite } from "../pages/parts/alternates.ts";
import { articlePage, feedsOfArticle } from "../pages/article-page.tsx";
import { favicon } from "../pages/parts/favicon.tsx";
import { homePage } from "../pages/home-page.tsx";
import { problemPage, withdrawnPage } from "../pages/notice-page.tsx";
import { STYLE } from "../pages/parts/style.ts";
import { topicPage } from "../pages/topic-page.tsx";
import { UNWRITTEN } from "../store/edition.ts";
import { articleKey, SITE_KEY, windowKey } from "../store/keys.ts";
import { readSite } from "../store/directory.ts";
import { readArticleOrTombstone, readWindow } from "../store/records.ts";
import { BRIEF_CACHING, PAGE_CACHING, REDIRECT_CACHING } from "../http/caching.ts";
import type { UndatedDocuments, UndatedDocument } from "../http/undated-documents.ts";
import { alternateLinks } from "./alternate-links.ts";
import type { Fields, IsolateCache } from "../http/isolate-cache.ts";
import { isProblemCode, PROBLEMS, Refusal } from "../http/problems.ts";
import { readsOf } from "./door.ts";
import { subscription } from "./feed-source.ts";

type PageContext = Context<{ Bindings: Env }>;

export class PageHandlers {
  readonly #site: Site;
  readonly #cache: IsolateCache;
  readonly #documents: UndatedDocuments;

  constructor(site: Site, cache: IsolateCache, documents: UndatedDocuments) {
    this.#site = site;
    this.#cache = cache;
    this.#documents = documents;
  }

  async home(c: PageContext): Promise<Response> {
    const now = Date.now();
    const reads = readsOf(c, this.#cache, now);
    const [window, sections] = await Promise.all([reads.latest(windowKey("all")), reads.latest(SITE_KEY)]);
    return this.#page(c, now, {
      name: windowKey("all"),
      edition: window.edition,
      // The front page shows two records: its tag names the editions of both.
      variant: `home-${sections.edition.sequence}`,
      fields: () => this.#pageFields([wholeSite(this.#site)]),
      render: () => {
        const site = readSite(sections.text);
        return homePage(
          this.#site,
          feedDocument(this.#site, "all", readWindow(window.text, windowKey("all")), window.edition),
          listedSections(this.#site, site),
          site.isCut === true ? listPath("section", 1) : undefined,
        );
      },
    });
  }

  /** The page of what a feed gathers by: a section's, an author's. */
  async topic(c: PageContext, feed: FeedId | undefined): Promise<Response> {
    if (feed === undefined) throw new Refusal("not-found");
    const now = Date.now();
    const site = this.#site;
    const source = await subscription(readsOf(c, this.#cache, now), site, feed, WHOLE, now);
    if (source === undefined || source.isNameless) throw new Refusal("not-found");
    const { name, edition, read } = source;
    return this.#page(c, now, {
      name,
      edition,
      variant: "topic",
      fields: () => this.#pageFields([{ feed, title: describeFeed(site, feed, read().window).title }]),
      render: () => {
        const { window, shape } = read();
        const document = feedDocument(site, feed, window, edition, shape);
        return topicPage(site, feed, titleOf(site, feed, window), document);
      },
    });
  }

  async article(c: PageContext, id: string): Promise<Response> {
    if (!isId(id)) throw new Refusal("not-found");
    const now = Date.now();
    const key = articleKey(id);
    const { edition, text } = await readsOf(c, this.#cache, now).latest(key);
    const record = text === undefined ? undefined : readArticleOrTombstone(text, key);
    if (record === undefined) throw new Refusal("not-found");
    if ("withdrawn" in record) {
      return c.html(withdrawnPage(this.#site, record), 410, { ...BRIEF_CACHING });
    }
    return this.#page(c, now, {
      name: key,
      edition,
      variant: "article",
      fields: () => this.#pageFields(feedsOfArticle(this.#site, record)),
      render: () => articlePage(this.#site, record),
    });
  }

  /** What a problem's `type` means. */
  problem(c: PageContext, code: string): Response | Promise<Response> {
    if (!isProblemCode(code)) throw new Refusal("not-found");
    const [status, title, meaning] = PROBLEMS[code];
    return this.#page(c, Date.now(), {
      name: `problem ${code}`,
      edition: UNWRITTEN,
      variant: "problem",
      render: () => problemPage(this.#site, status, title, meaning),
    });
  }

  style(c: PageContext): Response | Promise<Response> {
    return this.#page(c, Date.now(), {
      name: "style",
      edition: UNWRITTEN,
      variant: "style",
      mediaType: "text/css",
      render: () => STYLE,
    });
  }

  favicon(c: PageContext): Response | Promise<Response> {
    return this.#page(c, Date.now(), {
      name: "favicon",
      edition: UNWRITTEN,
      variant: "favicon",
      mediaType: "image/svg+xml",
      fields: () => REDIRECT_CACHING,
      render: () => favicon(this.#site),
    });
  }

  #pageFields(offered: readonly OfferedFeed[]): Fields {
    return { ...PAGE_CACHING, Link: alternateLinks(this.#site, offered) };
  }

  #page(
    c: PageContext,
    now: number,
    page: Pick<UndatedDocument, "name" | "edition" | "variant" | "render"> & Partial<UndatedDocument>,
  ): Response | Promise<Response> {
    return this.#documents.respond(c.req.raw, now, {
      mediaType: "text/html",
      fields: () => PAGE_CACHING,
      ...page,
    });
  }
}
