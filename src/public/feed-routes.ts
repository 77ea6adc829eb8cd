/** Feed addresses: the feed and the form that each one names. */
import { type FeedId, standingFeed } from "../article/feed-id.ts";
import type { FeedFormat } from "../feed/document.ts";
import { preferredType } from "../http/negotiation.ts";
import { FORMAT_OUTPUTS, type FeedOutput, PARTNER_OUTPUTS } from "./feed-outputs.ts";
import { sectionsNamed } from "./redirects.ts";

/** The feed that a request names, and its form; `page` is the name of an archive page. */
export type RequestedFeed = { feed: FeedId; page?: string | undefined; output: FeedOutput };

/** An address that a route matches: the segments that name the topic and the archive page, where it has them. */
export type Addressed = { name?: string | undefined; page?: string | undefined };

export type FeedRoute = {
  /** In hono's syntax. */
  path: string;
  /** The feed that an address names; undefined where it can name none. */
  requestedBy: (address: Addressed, request: Request) => RequestedFeed | undefined;
  /** Whether the client's preference decides the form (RFC 9110, section 12.5.1). */
  isNegotiated: boolean;
};

/** The media types that clients accept for each format, in the order in which they are offered. */
const NEGOTIABLE: readonly (readonly [string, FeedFormat])[] = [
  ["application/rss+xml", "rss"],
  ["application/atom+xml", "atom"],
  ["application/feed+json", "json"],
  ["application/xml", "rss"],
  ["text/xml", "rss"],
  ["application/json", "json"],
];

/** Each feed has an address in each format, one for each archive page, and `feed`, at which the client's preference decides. */
export const FEED_ROUTES: readonly FeedRoute[] = [
  ...routesUnder("", () => "all", [...FORMAT_OUTPUTS, ...PARTNER_OUTPUTS]),
  ...routesUnder("/sections/:name", sectionsNamed, [...FORMAT_OUTPUTS, ...PARTNER_OUTPUTS]),
  ...routesUnder("/feeds/:name", standingFeed, [...FORMAT_OUTPUTS, ...PARTNER_OUTPUTS]),
  ...routesUnder("/authors/:name", authorById, FORMAT_OUTPUTS),
  ...routesUnder("/tags/:name", tagById, FORMAT_OUTPUTS),
];

/** The feed of the author that a segment of an address names. */
export function authorById(id: string): FeedId {
  return `author:${id}`;
}

/** The feed of the tag that a segment of an address names. */
export function tagById(id: string): FeedId {
  return `tag:${id}`;
}

function routesUnder(
  home: string,
  feedOf: (name: string) => FeedId | undefined,
  outputs: readonly FeedOutput[],
): FeedRoute[] {
  const asks =
    (rest: (address: Addressed, request: Request) => Omit<RequestedFeed, "feed">) =>
    (address: Addressed, request: Request): RequestedFeed | undefined => {
      const feed = feedOf(address.name ?? "");
      return feed && { feed, ...rest(address, request) };
    };
  return [
    ...outputs.map((output) => ({
      path: `${home}/${output.file}`,
      requestedBy: asks(() => ({ output })),
      isNegotiated: false,
    })),
    {
      path: `${home}/feed`,
      requestedBy: asks((_address, request) => ({ output: negotiate(request) })),
      isNegotiated: true,
    },
    ...FORMAT_OUTPUTS.map((output) => ({
      path: `${home}/archive/:page/${output.file}`,
      requestedBy: asks(({ page }) => ({ page, output })),
      isNegotiated: false,
    })),
  ];
}

/** The format that Accept prefers. RSS by default, never 406: a reader with an odd Accept still gets its feed. */
function negotiate(request: Request): FeedOutput {
  const types = NEGOTIABLE.map(([type]) => type);
  const preferred = preferredType(request, types);
  const wanted = NEGOTIABLE.find(([type]) => type === preferred)?.[1];
  return FORMAT_OUTPUTS.find(({ format }) => format === wanted) ?? FORMAT_OUTPUTS[0];
}
