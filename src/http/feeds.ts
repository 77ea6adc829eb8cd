/** Feeds over HTTP: a feed's address gives the feed, and to a person who opens it in a browser, a page. */
import type { Context } from "hono";
import { type FeedId, sectionOf } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { feedUrl } from "../feed/addresses.ts";
import type { FeedFormat } from "../feed/document.ts";
import { feedDocument } from "../feed/feed.ts";
import { feedPage } from "../pages/feed-page.tsx";
import { FORMATS, type Format } from "../render/formats.ts";
import { readWindow } from "../store/records.ts";
import { windowKey } from "../store/keys.ts";
import { FEED_CACHING } from "./caching.ts";
import type { Memory } from "./memory.ts";
import { preferredType } from "./negotiation.ts";
import { exists, latest } from "./reading.ts";
import { Refusal } from "./problems.ts";
import { respond } from "./representation.ts";

type FeedContext = Context<{ Bindings: Env }>;

/** What browsers that are no readers may see of a feed's response. */
const EXPOSED = "ETag, Last-Modified, Link";

/** Other names under which clients ask for the formats, in their order. */
const NEGOTIABLE: readonly (readonly [string, FeedFormat])[] = [
  ["application/rss+xml", "rss"],
  ["application/atom+xml", "atom"],
  ["application/feed+json", "json"],
  ["application/xml", "rss"],
  ["text/xml", "rss"],
  ["application/json", "json"],
];

export class FeedHandlers {
  readonly #site: Site;
  readonly #memory: Memory;
  readonly #build: string;

  constructor(site: Site, memory: Memory, build: string) {
    this.#site = site;
    this.#memory = memory;
    this.#build = build;
  }

  /** A feed at the address of its format. */
  fixed(c: FeedContext, feed: FeedId, format: Format): Promise<Response> {
    return this.#answer(c, feed, format, "Sec-Fetch-Dest");
  }

  /** A feed in the format that the client prefers; RSS by default, never 406. */
  negotiated(c: FeedContext, feed: FeedId): Promise<Response> {
    const type = preferredType(
      c.req.raw,
      NEGOTIABLE.map(([negotiable]) => negotiable),
    );
    const name = NEGOTIABLE.find(([negotiable]) => negotiable === type)?.[1];
    const format = FORMATS.find((known) => known.format === name) ?? FORMATS[0];
    return this.#answer(c, feed, format, "Accept, Sec-Fetch-Dest");
  }

  async #answer(c: FeedContext, feed: FeedId, format: Format, vary: string): Promise<Response> {
    const now = Date.now();
    if (!(await exists(c, this.#memory, this.#site, feed, now))) throw new Refusal("not-found");
    const { edition, text } = await latest(c, this.#memory, windowKey(feed), now);
    const isPerson = c.req.header("Sec-Fetch-Dest") === "document";
    const isSource = isPerson && c.req.query("raw") !== undefined;
    const document = () => feedDocument(this.#site, feed, readWindow(text, windowKey(feed)), edition);
    const representation = {
      name: windowKey(feed),
      edition,
      build: this.#build,
      lastModified: edition.changed > 0 ? edition.changed : undefined,
      headers: {
        ...FEED_CACHING,
        "Cache-Tag": `feed,feed-${sectionOf(feed) ?? "all"}`,
        Vary: vary,
        Link: `<${feedUrl(this.#site, feed, format.format)}>; rel="self"`,
        "Access-Control-Expose-Headers": EXPOSED,
      },
    };
    return respond(
      c.req.raw,
      isPerson && !isSource
        ? {
            ...representation,
            variant: `${format.format}-page`,
            mediaType: "text/html",
            render: () => feedPage(this.#site, feed, format, document()),
          }
        : {
            ...representation,
            variant: isSource ? `${format.format}-source` : format.format,
            mediaType: isSource ? "text/plain" : format.mediaType,
            render: () => format.render(document()),
          },
      this.#memory,
      now,
    );
  }
}
