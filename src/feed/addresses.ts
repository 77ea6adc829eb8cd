/** The public URLs of a site, made from its configuration alone, never from a request. Pure. */
import { type FeedId, type FeedKind, topicOf } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import type { Addresses, FeedFormat } from "./document.ts";

/** The last segment of a feed's path. */
export const FEED_FILES: Record<FeedFormat, string> = {
  rss: "rss.xml",
  atom: "atom.xml",
  json: "feed.json",
};

/** The last segment of the path of a partner's feed, by the id of the partner's aggregator. */
export const PARTNER_FILES = {
  smartnews: "smartnews.xml",
  msn: "msn.xml",
  flipboard: "flipboard.xml",
} as const;

/** The last segment of the path of every output of a feed, by the output's id: a format's, or a partner's. */
export const OUTPUT_FILES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...FEED_FILES, ...PARTNER_FILES }),
);

/** The folder under which the feeds of each kind lie. */
const FOLDERS: Record<FeedKind, string> = {
  section: "sections",
  feed: "feeds",
  author: "authors",
  tag: "tags",
};

/** The URL of the page for people that a feed belongs to. */
export function homeUrl(site: Site, feed: FeedId): string {
  return `${site.url}${homePath(feed)}`;
}

/** The same without the site's origin: `/` or `/sections/politics`. */
export function homePath(feed: FeedId): string {
  const topic = topicOf(feed);
  return topic === undefined ? "/" : `/${FOLDERS[topic.kind]}/${topic.name}`;
}

/** The path of a paginated list of all sections, or of all authors. @param number of the list, from 1 */
export function listPath(kind: "section" | "author", number: number): string {
  return number === 1 ? `/${FOLDERS[kind]}` : `/${FOLDERS[kind]}/page/${number}`;
}

/** A variant of a feed that a reader may ask for: fewer articles, or articles without their bodies. */
export type Variant = { content: "full" | "summary"; limit?: number | undefined };

/** A whole feed. */
export const WHOLE: Variant = { content: "full" };

/** The one query that names a variant, with its question mark; empty for a whole feed. */
export function queryOf({ content, limit }: Variant): string {
  const parameters = [
    ...(content === "full" ? [] : [`content=${content}`]),
    ...(limit === undefined ? [] : [`limit=${limit}`]),
  ];
  return parameters.length === 0 ? "" : `?${parameters.join("&")}`;
}

/** One document of a feed: the one that readers subscribe to, in a variant, or an archive page by its name. */
export type Part = { variant: Variant } | { page: string };

const SUBSCRIPTION: Part = { variant: WHOLE };

/**
 * The path of a feed's document, with its query.
 * @param file the last segment: one of OUTPUT_FILES
 * @param part the document, where it is not the whole feed
 */
export function partPath(feed: FeedId, file: string, part: Part = SUBSCRIPTION): string {
  const home = feed === "all" ? "" : homePath(feed);
  return "page" in part ? `${home}/archive/${part.page}/${file}` : `${home}/${file}${queryOf(part.variant)}`;
}

/** The path of an archive page for people. @param page its feed, and its name in the archive: `7`, `7.12` */
export function archivePath({ feed, page }: { feed: FeedId; page: string }): string {
  return `${feed === "all" ? "" : homePath(feed)}/archive/${page}`;
}

export function feedPath(feed: FeedId, format: FeedFormat, part?: Part): string {
  return partPath(feed, FEED_FILES[format], part);
}

export function feedUrl(site: Site, feed: FeedId, format: FeedFormat, part?: Part): string {
  return `${site.url}${feedPath(feed, format, part)}`;
}

/** A document's address in each format. */
export function feedUrls(site: Site, feed: FeedId, part?: Part): Addresses {
  return {
    rss: feedUrl(site, feed, "rss", part),
    atom: feedUrl(site, feed, "atom", part),
    json: feedUrl(site, feed, "json", part),
  };
}

/** The URL of the WebSub hub; undefined where it is switched off. */
export function hubUrl(site: Site): string | undefined {
  return site.hub === undefined ? undefined : `${site.url}/hub`;
}

export function articlePath(id: string): string {
  return `/articles/${id}`;
}

export function articleUrl(site: Site, id: string): string {
  return `${site.url}${articlePath(id)}`;
}

/** The URL that names the newsroom's sections as a taxonomy: RSS's `domain`, Atom's `scheme`. */
export function sectionScheme(site: Site): string {
  return `${site.url}/sections`;
}
