/** Pages for people over HTTP. */
import type { Context } from "hono";
import { isId } from "../article/identity.ts";
import { sectionFeed } from "../article/feed-id.ts";
import { describeSection, type Site } from "../article/site.ts";
import { feedDocument, titleIn } from "../feed/feed.ts";
import { articlePage } from "../pages/article-page.tsx";
import { favicon } from "../pages/favicon.tsx";
import { homePage, type ListedSection } from "../pages/home-page.tsx";
import { problemPage, withdrawnPage } from "../pages/notice-page.tsx";
import { sectionPage } from "../pages/section-page.tsx";
import { STYLE } from "../pages/style.ts";
import { UNWRITTEN } from "../store/edition.ts";
import { articleKey, SITE_KEY, windowKey } from "../store/keys.ts";
import { readArticleOrTombstone, readSite, readWindow, type SiteRecord } from "../store/records.ts";
import { BRIEF_CACHING, PAGE_CACHING, REDIRECT_CACHING } from "./caching.ts";
import type { Memory } from "./memory.ts";
import { isProblemCode, PROBLEMS, Refusal } from "./problems.ts";
import { exists, latest } from "./reading.ts";
import { type Representation, respond } from "./representation.ts";

type PageContext = Context<{ Bindings: Env }>;

export class PageHandlers {
  readonly #site: Site;
  readonly #memory: Memory;
  readonly #build: string;

  constructor(site: Site, memory: Memory, build: string) {
    this.#site = site;
    this.#memory = memory;
    this.#build = build;
  }

  async home(c: PageContext): Promise<Response> {
    const now = Date.now();
    const [window, sections] = await Promise.all([
      latest(c, this.#memory, windowKey("all"), now),
      latest(c, this.#memory, SITE_KEY, now),
    ]);
    return this.#page(c, now, {
      name: windowKey("all"),
      edition: window.edition,
      // The front page shows two records: its tag names the editions of both.
      variant: `home-${sections.edition.sequence}`,
      render: () =>
        homePage(
          this.#site,
          feedDocument(this.#site, "all", readWindow(window.text, windowKey("all")), window.edition),
          listSections(this.#site, readSite(sections.text)),
        ),
    });
  }

  async section(c: PageContext, id: string): Promise<Response> {
    const now = Date.now();
    const feed = sectionFeed(id);
    if (!(await exists(c, this.#memory, this.#site, feed, now))) throw new Refusal("not-found");
    const { edition, text } = await latest(c, this.#memory, windowKey(feed), now);
    return this.#page(c, now, {
      name: windowKey(feed),
      edition,
      variant: "section",
      render: () => {
        const window = readWindow(text, windowKey(feed));
        const { title } = describeSection(this.#site, id, titleIn(window, id) ?? id);
        return sectionPage(this.#site, feed, title, feedDocument(this.#site, feed, window, edition));
      },
    });
  }

  async article(c: PageContext, id: string): Promise<Response> {
    if (!isId(id)) throw new Refusal("not-found");
    const now = Date.now();
    const key = articleKey(id);
    const { edition, text } = await latest(c, this.#memory, key, now);
    const record = text === undefined ? undefined : readArticleOrTombstone(text, key);
    if (record === undefined) throw new Refusal("not-found");
    if ("withdrawn" in record) {
      return c.html(withdrawnPage(this.#site, record), 410, { ...BRIEF_CACHING });
    }
    return this.#page(c, now, {
      name: key,
      edition,
      variant: "article",
      render: () => articlePage(this.#site, record),
    });
  }

  /** What a problem's `type` means. */
  problem(c: PageContext, code: string): Response {
    if (!isProblemCode(code)) throw new Refusal("not-found");
    const [status, title, meaning] = PROBLEMS[code];
    return this.#page(c, Date.now(), {
      name: `problem ${code}`,
      edition: UNWRITTEN,
      variant: "problem",
      render: () => problemPage(this.#site, status, title, meaning),
    });
  }

  style(c: PageContext): Response {
    return this.#page(c, Date.now(), {
      name: "style",
      edition: UNWRITTEN,
      variant: "style",
      mediaType: "text/css",
      render: () => STYLE,
    });
  }

  favicon(c: PageContext): Response {
    return this.#page(c, Date.now(), {
      name: "favicon",
      edition: UNWRITTEN,
      variant: "favicon",
      mediaType: "image/svg+xml",
      fields: () => REDIRECT_CACHING,
      render: () => favicon(this.#site),
    });
  }

  #page(
    c: PageContext,
    now: number,
    page: Pick<Representation, "name" | "edition" | "variant" | "render"> & Partial<Representation>,
  ): Response {
    const common = {
      build: this.#build,
      lastModified: undefined,
      mediaType: "text/html",
      fields: () => PAGE_CACHING,
    };
    return respond(c.req.raw, { ...common, ...page }, this.#memory, now);
  }
}

/** The declared sections in the owner's order, then those that opened by being named. */
function listSections(site: Site, { sections }: SiteRecord): ListedSection[] {
  const counted = new Map(sections.map((section) => [section.id, section]));
  const declared = site.sections.map(({ id, title }) => ({ id, title, count: counted.get(id)?.count ?? 0 }));
  const opened = sections.filter(
    ({ id, count }) => count > 0 && site.sections.every((known) => known.id !== id),
  );
  return [...declared, ...opened];
}
