/** The response with a feed: its validators and header fields at once, its body when one is asked for. */
import type { Instant } from "../article/article.ts";
import { type FeedId, membersOf, sectionOf } from "../article/feed-id.ts";
import { partPath, type Variant } from "../feed/addresses.ts";
import type { FeedDocument } from "../feed/document.ts";
import { feedDocument } from "../feed/feed.ts";
import { ARCHIVE_CACHING, FEED_CACHING } from "../http/caching.ts";
import type { Fields, Rendered } from "../http/isolate-cache.ts";
import { respond } from "../http/representation.ts";
import type { PublicDoor } from "./door.ts";
import type { FeedOutput } from "./feed-outputs.ts";
import type { RequestedFeed } from "./feed-routes.ts";
import type { Content, FeedSource } from "./feed-source.ts";
import { dayOf, madeFor } from "./partners.ts";

/** A document of a feed, and where it comes from. */
export type FoundFeed = RequestedFeed & { source: FeedSource; variant: Variant };

/** The form in which a document is shown: the feed itself, a page, its source. `id` stands for it in the entity tag. */
export type Presentation = Pick<FeedOutput, "id" | "mediaType" | "render">;

/**
 * Answers a GET or HEAD for a feed; see `respond`.
 * @param vary the request's header fields that chose the feed and its presentation
 */
export function respondWithFeed(
  door: PublicDoor,
  request: Request,
  now: Instant,
  vary: string,
  found: FoundFeed,
  presentation: Presentation,
): Response | Promise<Response> {
  const { source, output } = found;
  const day = output.partner && dayOf(output.partner, now);
  const representation = {
    name: source.name,
    edition: source.edition,
    // A date can't tell what the day changes.
    lastModified: day === undefined ? source.lastModified : undefined,
    isSettling: source.isSettling,
    variant: variantWord(found, presentation, day),
    build: door.build,
    mediaType: presentation.mediaType,
    vary,
    fields: () => fieldsOf(door, found),
    render: () => rendered(door, found, presentation, now),
  };
  return respond(request, representation, door.cache, now);
}

/** Names a presentation of a variant in entity tags: `rss`, `atom-summary-10`, `msn-20261104`. */
function variantWord({ source, variant }: FoundFeed, { id }: Presentation, day: string | undefined): string {
  let word = id;
  if (variant.content !== "full") word += `-${variant.content}`;
  if (variant.limit !== undefined) word += `-${variant.limit}`;
  if (source.detail !== undefined) word += `-${source.detail}`;
  return day === undefined ? word : `${word}-${day}`;
}

function rendered(
  door: PublicDoor,
  found: FoundFeed,
  { render }: Presentation,
  now: Instant,
): Rendered | Promise<Rendered> {
  const finish = (content: Content): Rendered => ({
    text: render(documentOf(door, found, content, now)),
    isProvisional: content.isProvisional,
  });
  const content = found.source.read();
  return content instanceof Promise ? content.then(finish) : finish(content);
}

function documentOf(
  { site }: PublicDoor,
  { feed, source, output }: FoundFeed,
  { window, shape }: Content,
  now: Instant,
): FeedDocument {
  const document = feedDocument(site, feed, window, source.edition, shape);
  return output.partner === undefined ? document : madeFor(output.partner, document, feed, site, now);
}

function fieldsOf({ site }: PublicDoor, { feed, page, output, source, variant }: FoundFeed): Fields {
  const part = page === undefined ? { variant } : { page };
  return {
    ...(source.isFull ? ARCHIVE_CACHING : FEED_CACHING),
    "Cache-Tag": ["feed", ...membersOf(feed).map(cacheTag)].join(","),
    Link: `<${site.url}${partPath(feed, output.file, part)}>; rel="self"`,
    // Any site's scripts may read a feed, and see how fresh it is (Fetch Standard, CORS protocol).
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
    "X-Content-Type-Options": "nosniff",
    ...(source.isNameless && { "X-Robots-Tag": "noindex" }),
  };
}

/** A feed's tag in the edge cache, which can be purged by tag (Cloudflare, "Cache-Tag"). */
function cacheTag(feed: FeedId): string {
  return `feed-${(sectionOf(feed) ?? feed).replace(":", "-")}`;
}
