/** Feeds over HTTP: software that polls gets the feed; a person who opens its address in a browser gets a page. */
import type { Context, Next } from "hono";
import { type FeedId, membersOf, sectionOf } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { partPath, type Variant, WHOLE } from "../feed/addresses.ts";
import type { FeedDocument } from "../feed/document.ts";
import { feedDocument } from "../feed/feed.ts";
import { feedPage } from "../pages/feed-page.tsx";
import { archivePage } from "./archive-source.ts";
import { ARCHIVE_CACHING, BRIEF_CACHING, FEED_CACHING, REDIRECT_CACHING } from "../http/caching.ts";
import type { Asked, FeedRoute } from "./feed-routes.ts";
import type { Fields, IsolateCache, Rendered } from "../http/isolate-cache.ts";
import { dayOf, madeFor } from "./partners.ts";
import { Refusal } from "../http/problems.ts";
import type { PollCounter } from "../audience/poll-counter.ts";
import { respond } from "../http/representation.ts";
import { readsOf } from "./door.ts";
import { type Content, type FeedSource, subscription } from "./feed-source.ts";
import { readVariant } from "./variants.ts";

type FeedContext = Context<{ Bindings: Env }>;

/** What is answered: a document of a feed, in one of its shapes. */
type Answer = Asked & { source: FeedSource; variant: Variant };

export class FeedHandlers {
  readonly #site: Site;
  readonly #cache: IsolateCache;
  readonly #build: string;
  readonly #readers: PollCounter;

  constructor(site: Site, cache: IsolateCache, build: string, readers: PollCounter) {
    this.#site = site;
    this.#cache = cache;
    this.#build = build;
    this.#readers = readers;
  }

  /** Answers a poll; leaves people, and feeds that don't exist, to what comes next. */
  async poll(c: FeedContext, next: Next, route: FeedRoute): Promise<Response | void> {
    if (isForPerson(c.req.raw)) return next();
    const now = Date.now();
    const answer = await this.#answer(c, route, now);
    if (answer === undefined) return next();
    if (answer instanceof Response) return answer;
    const { feed, page, output } = answer;
    if (page === undefined) this.#readers.note(c, feed, output.id, now);
    return this.#respond(c, now, route, answer, output.id, output.mediaType, (document) =>
      output.render(document),
    );
  }

  /** Shows a feed to a person: as a page, or its source where the page's link asks for it. */
  async visit(c: FeedContext, route: FeedRoute): Promise<Response> {
    const now = Date.now();
    const answer = await this.#answer(c, route, now);
    if (answer === undefined) throw new Refusal("not-found");
    if (answer instanceof Response) return answer;
    const { feed, output } = answer;
    const site = this.#site;
    return c.req.query("raw") === undefined
      ? this.#respond(c, now, route, answer, `${output.id}-page`, "text/html", (document) =>
          feedPage(site, feed, output, document),
        )
      : this.#respond(c, now, route, answer, `${output.id}-source`, "text/plain", (document) =>
          output.render(document),
        );
  }

  /** What is asked for; the way to its one address, where it was asked for at another; undefined where there is no such thing. */
  async #answer(c: FeedContext, route: FeedRoute, now: number): Promise<Answer | Response | undefined> {
    const asked = route.ask(c);
    if (asked === undefined) return undefined;
    const { feed, page, output } = asked;
    const reads = readsOf(c, this.#cache, now);
    const takesVariant = page === undefined && output.partner === undefined;
    const variant = takesVariant ? readVariant(searchOf(c.req.raw), this.#site.itemsPerFeed) : WHOLE;
    const source =
      page === undefined
        ? await subscription(reads, this.#site, feed, variant, now)
        : await archivePage(reads, this.#site, feed, page);
    if (source === undefined) return undefined;
    if ("page" in source)
      return this.#redirect(c, partPath(source.feed, output.file, source), source.isForGood, now);
    return { ...asked, source, variant };
  }

  /** Leads to the one address of what was asked for; for the moment, where it may have another soon. */
  #redirect(c: FeedContext, path: string, isForGood: boolean, now: number): Response {
    return c.body(null, isForGood ? 301 : 302, {
      ...(isForGood ? REDIRECT_CACHING : BRIEF_CACHING),
      Location: path,
      "Access-Control-Allow-Origin": "*",
      Date: this.#cache.date(now),
    });
  }

  #respond(
    c: FeedContext,
    now: number,
    { vary }: FeedRoute,
    answer: Answer,
    shown: string,
    mediaType: string,
    render: (document: FeedDocument) => string,
  ): Response | Promise<Response> {
    const { source, variant, output } = answer;
    const day = output.partner && dayOf(output.partner, now);
    const words = [shown, ...wordsOf(variant), source.detail, day];
    const representation = {
      name: source.name,
      edition: source.edition,
      // What the day changes, no date tells.
      lastModified: day === undefined ? source.lastModified : undefined,
      isSettling: source.isSettling,
      variant: words.filter((word) => word !== undefined).join("-"),
      build: this.#build,
      mediaType,
      vary,
      fields: () => this.#fields(answer),
      render: () => this.#rendered(answer, now, render),
    };
    return respond(c.req.raw, representation, this.#cache, now);
  }

  #rendered(
    answer: Answer,
    now: number,
    render: (document: FeedDocument) => string,
  ): Rendered | Promise<Rendered> {
    const finish = (content: Content): Rendered => ({
      text: render(this.#document(answer, content, now)),
      isProvisional: content.isProvisional,
    });
    const content = answer.source.read();
    return content instanceof Promise ? content.then(finish) : finish(content);
  }

  #document({ feed, source, output }: Answer, { window, shape }: Content, now: number): FeedDocument {
    const document = feedDocument(this.#site, feed, window, source.edition, shape);
    return output.partner === undefined ? document : madeFor(output.partner, document, feed, this.#site, now);
  }

  #fields({ feed, page, output, source, variant }: Answer): Fields {
    const part = page === undefined ? { variant } : { page };
    return {
      ...(source.isFull ? ARCHIVE_CACHING : FEED_CACHING),
      "Cache-Tag": ["feed", ...membersOf(feed).map(cacheTag)].join(","),
      Link: `<${this.#site.url}${partPath(feed, output.file, part)}>; rel="self"`,
      // Any site's scripts may read a feed, and see how fresh it is (Fetch Standard, CORS protocol).
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
      "X-Content-Type-Options": "nosniff",
      ...(source.isNameless && { "X-Robots-Tag": "noindex" }),
    };
  }
}

/** Whether somebody opened the address in a browser, rather than software asked for the feed (Fetch Metadata). */
function isForPerson({ headers }: Request): boolean {
  return headers.get("Sec-Fetch-Dest") === "document";
}

function searchOf({ url }: Request): string {
  const start = url.indexOf("?");
  return start < 0 ? "" : url.slice(start);
}

function wordsOf({ content, limit }: Variant): string[] {
  return [...(content === "full" ? [] : [content]), ...(limit === undefined ? [] : [String(limit)])];
}

/** Names a feed to the edge, which can be told to forget what bears a name. */
function cacheTag(feed: FeedId): string {
  return `feed-${(sectionOf(feed) ?? feed).replace(":", "-")}`;
}
