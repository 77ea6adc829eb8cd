/** Where everything is: the public URLs of a site. Pure; from configuration alone, never from a request. */
import { type FeedId, sectionOf } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import type { FeedFormat } from "./document.ts";

/** The last segment of a feed's path. */
export const FEED_FILES: Record<FeedFormat, string> = {
  rss: "rss.xml",
  atom: "atom.xml",
  json: "feed.json",
};

/** The page for people that a feed belongs to. */
export function homeUrl(site: Site, feed: FeedId): string {
  return `${site.url}${homePath(feed)}`;
}

/** The same without the site's origin: `/` or `/sections/politics`. */
export function homePath(feed: FeedId): string {
  const section = sectionOf(feed);
  return section === undefined ? "/" : `/sections/${section}`;
}

export function feedPath(feed: FeedId, format: FeedFormat): string {
  return `${feed === "all" ? "" : homePath(feed)}/${FEED_FILES[format]}`;
}

export function feedUrl(site: Site, feed: FeedId, format: FeedFormat): string {
  return `${site.url}${feedPath(feed, format)}`;
}

export function articlePath(id: string): string {
  return `/articles/${id}`;
}

export function articleUrl(site: Site, id: string): string {
  return `${site.url}${articlePath(id)}`;
}

/** Names the newsroom's sections as a taxonomy: RSS's `domain`, Atom's `scheme`. */
export function sectionScheme(site: Site): string {
  return `${site.url}/sections`;
}
