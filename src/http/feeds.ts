/** Feeds over HTTP: software that polls gets the feed; a person who opens its address in a browser gets a page. */
import type { Context, Next } from "hono";
import { type FeedId, sectionOf } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { feedUrl } from "../feed/addresses.ts";
import type { FeedDocument } from "../feed/document.ts";
import { feedDocument } from "../feed/feed.ts";
import { feedPage } from "../pages/feed-page.tsx";
import type { Format } from "../render/formats.ts";
import type { Held } from "../store/editions.ts";
import { windowKey } from "../store/keys.ts";
import { readWindow } from "../store/records.ts";
import { FEED_CACHING } from "./caching.ts";
import type { FeedRoute } from "./feed-routes.ts";
import type { Fields, Memory } from "./memory.ts";
import { Refusal } from "./problems.ts";
import { exists, latest } from "./reading.ts";
import { type Representation, respond } from "./representation.ts";

type FeedContext = Context<{ Bindings: Env }>;

export class FeedHandlers {
  readonly #site: Site;
  readonly #memory: Memory;
  readonly #build: string;

  constructor(site: Site, memory: Memory, build: string) {
    this.#site = site;
    this.#memory = memory;
    this.#build = build;
  }

  /** Answers a poll; leaves people, and feeds that don't exist, to what comes next. */
  async poll(c: FeedContext, next: Next, route: FeedRoute): Promise<Response | void> {
    const now = Date.now();
    const feed = route.feed(c);
    if (isForPerson(c.req.raw) || !(await exists(c, this.#memory, this.#site, feed, now))) return next();
    const held = await latest(c, this.#memory, windowKey(feed), now);
    const format = route.format(c);
    return this.#respond(c, now, feed, format, held, {
      vary: route.vary,
      variant: format.format,
      mediaType: format.mediaType,
      render: () => format.render(this.#document(feed, held)),
    });
  }

  /** Shows a feed to a person: as a page, or its source where the page's link asks for it. */
  async visit(c: FeedContext, route: FeedRoute): Promise<Response> {
    const now = Date.now();
    const feed = route.feed(c);
    if (!(await exists(c, this.#memory, this.#site, feed, now))) throw new Refusal("not-found");
    const held = await latest(c, this.#memory, windowKey(feed), now);
    const format = route.format(c);
    const shown =
      c.req.query("raw") === undefined
        ? {
            variant: `${format.format}-page`,
            mediaType: "text/html",
            render: () => feedPage(this.#site, feed, format, this.#document(feed, held)),
          }
        : {
            variant: `${format.format}-source`,
            mediaType: "text/plain",
            render: () => format.render(this.#document(feed, held)),
          };
    return this.#respond(c, now, feed, format, held, { vary: route.vary, ...shown });
  }

  #document(feed: FeedId, { edition, text }: Held): FeedDocument {
    return feedDocument(this.#site, feed, readWindow(text, windowKey(feed)), edition);
  }

  #respond(
    c: FeedContext,
    now: number,
    feed: FeedId,
    format: Format,
    { edition }: Held,
    shown: Pick<Representation, "vary" | "variant" | "mediaType" | "render">,
  ): Response {
    const representation = {
      ...shown,
      name: windowKey(feed),
      edition,
      build: this.#build,
      lastModified: edition.changed > 0 ? edition.changed : undefined,
      fields: () => this.#fields(feed, format),
    };
    return respond(c.req.raw, representation, this.#memory, now);
  }

  #fields(feed: FeedId, { format }: Format): Fields {
    return {
      ...FEED_CACHING,
      "Cache-Tag": `feed,feed-${sectionOf(feed) ?? "all"}`,
      Link: `<${feedUrl(this.#site, feed, format)}>; rel="self"`,
      // Any site's scripts may read a feed, and see how fresh it is (Fetch Standard, CORS protocol).
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
      "X-Content-Type-Options": "nosniff",
    };
  }
}

/** Whether somebody opened the address in a browser, rather than software asked for the feed (Fetch Metadata). */
function isForPerson({ headers }: Request): boolean {
  return headers.get("Sec-Fetch-Dest") === "document";
}
