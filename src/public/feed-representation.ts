/** The representation of a feed: its validators and header fields at once, its body when one is asked for. */
import type { Instant } from "../article/article.ts";
import { type FeedId, membersOf, sectionOf } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { hubUrl, partPath, type Variant } from "../feed/addresses.ts";
import { feedDocument } from "../feed/feed.ts";
import { ARCHIVE_CACHING, FEED_CACHING } from "../http/caching.ts";
import type { Fields } from "../http/isolate-cache.ts";
import type { Representation } from "../http/representation.ts";
import type { PublicDoor } from "./door.ts";
import type { FeedOutput } from "./feed-outputs.ts";
import type { RequestedFeed } from "./feed-routes.ts";
import type { FeedSource } from "./feed-source.ts";
import { dayOf, madeFor } from "./partners.ts";

/** A document of a feed, and where it comes from. */
export type FoundFeed = RequestedFeed & { source: FeedSource; variant: Variant };

/** The form in which a document is shown: the feed itself, a page, its source. `id` stands for it in the entity tag. */
export type Presentation = Pick<FeedOutput, "id" | "mediaType" | "render">;

/**
 * The representation of a feed.
 * @param isNegotiated whether Accept chose its form
 */
export function feedRepresentation(
  door: Pick<PublicDoor, "site" | "build">,
  now: Instant,
  isNegotiated: boolean,
  found: FoundFeed,
  presentation: Presentation,
): Representation {
  const { source, output } = found;
  const day = output.partner && dayOf(output.partner, now);
  return {
    name: source.name,
    edition: source.edition,
    // A date can't tell what the day changes.
    lastModified: day === undefined ? source.lastModified : undefined,
    isSettling: source.isSettling,
    isOutdated: source.isOutdated,
    variant: variantWord(found, presentation, day),
    build: door.build,
    mediaType: presentation.mediaType,
    vary: isNegotiated ? "Accept, Sec-Fetch-Dest" : "Sec-Fetch-Dest",
    fields: () => fieldsOf(door, found),
    render: async () => {
      const { isProvisional, decode } = await source.load();
      const { window, shape } = decode();
      const document = feedDocument(door.site, found.feed, window, source.edition, shape);
      const shown =
        output.partner === undefined
          ? document
          : madeFor(output.partner, document, found.feed, door.site, now);
      return { text: presentation.render(shown), isProvisional };
    },
  };
}

/** Names a presentation of a variant in entity tags: `rss`, `atom-summary-10`, `msn-20261104`. */
function variantWord({ source, variant }: FoundFeed, { id }: Presentation, day: string | undefined): string {
  let word = id;
  if (variant.content !== "full") word += `-${variant.content}`;
  if (variant.limit !== undefined) word += `-${variant.limit}`;
  if (source.detail !== undefined) word += `-${source.detail}`;
  return day === undefined ? word : `${word}-${day}`;
}

function fieldsOf(
  { site }: Pick<PublicDoor, "site">,
  { feed, page, output, source, variant }: FoundFeed,
): Fields {
  const part = page === undefined ? { variant } : { page };
  return {
    ...(source.isFull ? ARCHIVE_CACHING : FEED_CACHING),
    "Cache-Tag": ["feed", ...membersOf(feed).map(cacheTag)].join(","),
    Link: linksOf(site, `${site.url}${partPath(feed, output.file, part)}`, page === undefined),
    // Any site's scripts may read a feed, and see how fresh it is (Fetch Standard, CORS protocol).
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
    "X-Content-Type-Options": "nosniff",
    ...(source.isNameless && { "X-Robots-Tag": "noindex" }),
  };
}

/**
 * The links of a document: the hub where readers subscribe to it, and its own address (WebSub, section 4; RFC 8288).
 * @param self its own address
 * @param isSubscribedTo whether readers subscribe to it; nobody does to an archive page
 */
function linksOf(site: Site, self: string, isSubscribedTo: boolean): string {
  const hub = isSubscribedTo ? hubUrl(site) : undefined;
  const own = `<${self}>; rel="self"`;
  return hub === undefined ? own : `<${hub}>; rel="hub", ${own}`;
}

/** A feed's tag in the edge cache, which can be purged by tag (Cloudflare, "Cache-Tag"). */
function cacheTag(feed: FeedId): string {
  return `feed-${(sectionOf(feed) ?? feed).replace(":", "-")}`;
}
