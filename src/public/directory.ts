/** The list of all feeds over HTTP: for people, as OPML, and what a sitemap takes from it. */
import type { Context } from "hono";
import type { Site } from "../article/site.ts";
import { type FeedGroup, feedGroups } from "../feed/directory.ts";
import { wholeSite } from "../pages/parts/alternates.ts";
import { feedsPage, type PartnerFile } from "../pages/feeds-page.tsx";
import { namesPage } from "../pages/names-page.tsx";
import { renderOpml } from "../render/opml.ts";
import { readAuthors, readList, readSite } from "../store/directory.ts";
import type { Edition } from "../store/edition.ts";
import { AUTHORS_KEY, listKey, type ListedKind, SITE_KEY } from "../store/keys.ts";
import { reasonOf, report } from "../report.ts";
import { readAudience } from "../audience/feed-audience.ts";
import { EDITOR_CACHING, FEED_CACHING, PAGE_CACHING } from "../http/caching.ts";
import type { UndatedDocuments, UndatedDocument } from "../http/undated-documents.ts";
import type { Authenticator } from "../auth/authenticate.ts";
import { alternateLinks } from "./alternate-links.ts";
import type { IsolateCache } from "../http/isolate-cache.ts";
import { PARTNERS } from "./partners.ts";
import { Refusal } from "../http/problems.ts";
import { readsOf } from "./door.ts";
import type { KvReads } from "../store/read/kv-reads.ts";

type DirectoryContext = Context<{ Bindings: Env }>;

/** The feeds that are listed: two records, of which `authors` is the sequence of the second. */
export type HeldDirectory = {
  edition: Edition;
  authors: number;
  read: () => FeedGroup[];
  /** How many pages list all of a kind. */
  pages: () => Record<ListedKind, number>;
};

export async function latestDirectory(reads: KvReads, site: Site): Promise<HeldDirectory> {
  const [sections, authors] = await Promise.all([reads.latest(SITE_KEY), reads.latest(AUTHORS_KEY)]);
  return {
    edition: sections.edition,
    authors: authors.edition.sequence,
    read: () => feedGroups(site, readSite(sections.text), readAuthors(authors.text)),
    pages: () => ({
      section: readSite(sections.text).pages ?? 0,
      author: readAuthors(authors.text).pages ?? 0,
    }),
  };
}

// What tells an editor from a visitor.
const CREDENTIALS = "Authorization, Cf-Access-Jwt-Assertion, Cookie";

const PARTNER_FILES: readonly PartnerFile[] = PARTNERS.map(({ file, aggregator }) => ({
  file,
  name: aggregator.name,
}));

export class DirectoryHandlers {
  readonly #site: Site;
  readonly #cache: IsolateCache;
  readonly #documents: UndatedDocuments;
  readonly #authenticator: Authenticator;

  constructor(site: Site, cache: IsolateCache, documents: UndatedDocuments, authenticator: Authenticator) {
    this.#site = site;
    this.#cache = cache;
    this.#documents = documents;
    this.#authenticator = authenticator;
  }

  /** GET /feeds; an editor who is signed in sees who reads each feed as well. */
  async page(c: DirectoryContext): Promise<Response> {
    if ((await this.#authenticator.visitor(c)) !== undefined) return this.#pageForEditor(c);
    return this.#respond(c, (groups) => ({
      variant: "feeds",
      mediaType: "text/html",
      vary: CREDENTIALS,
      fields: () => ({
        ...PAGE_CACHING,
        Link: alternateLinks(this.#site, [wholeSite(this.#site)]),
      }),
      render: () => feedsPage(this.#site, groups(), PARTNER_FILES),
    }));
  }

  /**
   * GET /sections, /authors, and the pages that follow: all of them, in the order in which they came.
   * @param name of the page in its address: `2`; undefined for the first, which is there before anything is published
   */
  async names(c: DirectoryContext, kind: ListedKind, name?: string): Promise<Response> {
    const number = name === undefined ? 1 : pageNumber(name);
    if (number === undefined) throw new Refusal("not-found");
    const now = Date.now();
    const key = listKey(kind, number);
    const { edition, text } = await readsOf(c, this.#cache, now).latest(key);
    if (text === undefined && number > 1) throw new Refusal("not-found");
    return this.#documents.respond(c.req.raw, now, {
      name: key,
      edition,
      variant: "names",
      mediaType: "text/html",
      fields: () => ({ ...PAGE_CACHING, Link: alternateLinks(this.#site, [wholeSite(this.#site)]) }),
      render: () => namesPage(this.#site, kind, number, readList(text, key)),
    });
  }

  async #pageForEditor(c: DirectoryContext): Promise<Response> {
    const now = Date.now();
    const groups = (await latestDirectory(readsOf(c, this.#cache, now), this.#site)).read();
    const feeds = groups.flatMap((group) => group.feeds.map(({ id }) => id));
    const readers = await readAudience(c.env, feeds).catch((thrown: unknown) =>
      report("readers-not-read", { reason: reasonOf(thrown) }),
    );
    const page = feedsPage(this.#site, groups, PARTNER_FILES, readers ?? undefined);
    return c.html(page, 200, { ...EDITOR_CACHING, Vary: CREDENTIALS });
  }

  /** GET /feeds.opml, and the address at which software looks for a list of feeds on any site. */
  opml(c: DirectoryContext): Promise<Response> {
    return this.#respond(c, (groups) => ({
      variant: "opml",
      mediaType: "text/x-opml",
      fields: () => ({
        ...FEED_CACHING,
        Link: `<${this.#site.url}/feeds.opml>; rel="canonical"`,
        // Any site's scripts may read it, as they may read a feed (Fetch Standard, CORS protocol).
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
      }),
      render: () => renderOpml(this.#site, groups()),
    }));
  }

  async #respond(
    c: DirectoryContext,
    shown: (groups: () => FeedGroup[]) => Omit<UndatedDocument, "name" | "edition">,
  ): Promise<Response> {
    const now = Date.now();
    const { edition, authors, read } = await latestDirectory(readsOf(c, this.#cache, now), this.#site);
    const { variant, ...rest } = shown(read);
    return this.#documents.respond(c.req.raw, now, {
      ...rest,
      name: "feeds",
      edition,
      // It shows two records: its tag names the editions of both.
      variant: `${variant}-${authors}`,
    });
  }
}

/** The number that a page's address names; undefined for what is no number in its own spelling. */
export function pageNumber(name: string): number | undefined {
  return /^[1-9]\d{0,6}$/.test(name) ? Number(name) : undefined;
}
