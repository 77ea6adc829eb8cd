/** Other spellings of an address, and the canonical one. Pure. */
import { type FeedId, unionOf } from "../article/feed-id.ts";
import { isId, slug } from "../article/identity.ts";
import { FEED_FILES, homePath } from "../feed/addresses.ts";

/** What other software calls its feeds. */
const FEED_SPELLINGS = new Map(
  Object.entries({
    rss: FEED_FILES.rss,
    rss2: FEED_FILES.rss,
    "feed.xml": FEED_FILES.rss,
    "feed.rss": FEED_FILES.rss,
    "index.xml": FEED_FILES.rss,
    "index.rss": FEED_FILES.rss,
    "rss2.xml": FEED_FILES.rss,
    "feed/rss": FEED_FILES.rss,
    "feed/rss2": FEED_FILES.rss,
    atom: FEED_FILES.atom,
    "feed.atom": FEED_FILES.atom,
    "index.atom": FEED_FILES.atom,
    "feed/atom": FEED_FILES.atom,
    json: FEED_FILES.json,
    "index.json": FEED_FILES.json,
    "feed/json": FEED_FILES.json,
  }),
);

// Stands for this site, whose origin doesn't matter here.
const BASE = "https://site.invalid";

/** What other software calls the lists of feeds and of pages. */
const LIST_SPELLINGS = new Map(
  Object.entries({
    "/sections": "/",
    "/articles": "/",
    "/tags": "/",
    "/authors": "/feeds",
    "/opml": "/feeds.opml",
    "/opml.xml": "/feeds.opml",
    "/feeds.xml": "/feeds.opml",
    "/index.opml": "/feeds.opml",
    "/subscriptions.opml": "/feeds.opml",
    "/sitemap": "/sitemap.xml",
    "/sitemaps": "/sitemap.xml",
    "/sitemap_index.xml": "/sitemap.xml",
    "/sitemap-index.xml": "/sitemap.xml",
    "/sitemap-news.xml": "/news-sitemap.xml",
    "/news_sitemap.xml": "/news-sitemap.xml",
  }),
);

// What a feed gathers by, as the folder and the name in its path.
const TOPIC = /^\/(sections|feeds|authors|tags)\/([^/]+)/;

/**
 * The canonical path for one that nothing answers.
 * @param path as requested, not percent-decoded
 * @returns a path on this site as a URI reference, without query, or undefined where the path is no known spelling of any
 */
export function canonicalPath(path: string): string | undefined {
  // A browser reads a backslash as a slash, and drops tabs and line ends: what leads elsewhere is no spelling of ours.
  const url = URL.parse(path.replaceAll(/[\\/]+/g, "/"), BASE);
  if (url === null || url.origin !== BASE) return undefined;
  const trimmed = url.pathname.replaceAll(/\/+/g, "/").replace(/\/$/, "");
  const [topic = "", folder, named = ""] = TOPIC.exec(trimmed) ?? [];
  const home = folder === undefined ? "" : topicPath(folder, named);
  const rest = trimmed.slice(topic.length);
  const spelled = FEED_SPELLINGS.get(rest.slice(1));
  const canonical =
    LIST_SPELLINGS.get(trimmed) ?? (`${home}${spelled === undefined ? rest : `/${spelled}`}` || "/");
  return canonical === path ? undefined : canonical;
}

/** Whether a union of sections was asked for in another order than its own, or in another spelling. */
export function isUnionMisspelled(path: string, feed: FeedId): boolean {
  if (!/\+|%2b/i.test(path)) return false;
  const home = homePath(feed);
  return path !== home && !path.startsWith(`${home}/`);
}

/** Names are ids; several sections, joined by plus signs, are their union. */
function topicPath(folder: string, named: string): string {
  const name = decoded(named);
  const parts = folder === "sections" ? name?.split("+").filter((part) => part.trim() !== "") : undefined;
  if (parts !== undefined && parts.length > 0) return homePath(unionOf(parts.map(idOf)));
  return `/${folder}/${name === undefined ? named : idOf(name)}`;
}

function idOf(name: string): string {
  return isId(name) ? name : slug(name);
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
