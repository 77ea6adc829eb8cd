/** Which feed lies at which address. */
import type { Context } from "hono";
import { type FeedId, sectionFeed } from "../article/feed-id.ts";
import { FEED_FILES } from "../feed/addresses.ts";
import type { FeedFormat } from "../feed/document.ts";
import { FORMATS, type Format } from "../render/formats.ts";
import { preferredType } from "./negotiation.ts";

export type FeedRoute = {
  /** As the router takes it. */
  path: string;
  feed: (c: Context) => FeedId;
  format: (c: Context) => Format;
  /** What a request's fields decide. */
  vary: string;
};

/** The names under which clients ask for the formats, in the order in which they are offered. */
const NEGOTIABLE: readonly (readonly [string, FeedFormat])[] = [
  ["application/rss+xml", "rss"],
  ["application/atom+xml", "atom"],
  ["application/feed+json", "json"],
  ["application/xml", "rss"],
  ["text/xml", "rss"],
  ["application/json", "json"],
];

/** Every feed's address in each format, and the one at which the client's preference decides. */
export const FEED_ROUTES: readonly FeedRoute[] = [
  ...routesUnder("", () => "all"),
  ...routesUnder("/sections/:section", (c) => sectionFeed(c.req.param("section") ?? "")),
];

function routesUnder(prefix: string, feed: (c: Context) => FeedId): FeedRoute[] {
  const fixed = FORMATS.map((format) => ({
    path: `${prefix}/${FEED_FILES[format.format]}`,
    feed,
    format: () => format,
    vary: "Sec-Fetch-Dest",
  }));
  return [...fixed, { path: `${prefix}/feed`, feed, format: negotiate, vary: "Accept, Sec-Fetch-Dest" }];
}

/** RSS by default, never 406: a reader that asks oddly still gets its feed. */
function negotiate(c: Context): Format {
  const types = NEGOTIABLE.map(([type]) => type);
  const preferred = preferredType(c.req.raw, types);
  const wanted = NEGOTIABLE.find(([type]) => type === preferred)?.[1];
  return FORMATS.find(({ format }) => format === wanted) ?? FORMATS[0];
}
