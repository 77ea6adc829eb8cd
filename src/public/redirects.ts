/** Canonical paths, and the other spellings that redirect to them. Pure. */
import { type FeedId, unionOf } from "../article/feed-id.ts";
import { isId, slug } from "../article/identity.ts";
import { FEED_FILES, homePath } from "../feed/addresses.ts";

/** Names of feeds in other software. */
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

// Nearly every path: reading it changes nothing.
const PLAIN = /^(?:\/[\w+~-][\w+.~-]*)+\/?$/;

/** Names of lists, of feeds and of pages, in other software. */
const LIST_SPELLINGS = new Map(
  Object.entries({
    "/articles": "/",
    "/tags": "/",
    "/sections/page/1": "/sections",
    "/authors/page/1": "/authors",
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

// A topic, as the folder and the name in its path.
const TOPIC = /^\/(sections|feeds|authors|tags)\/([^/]+)/;

// Ten names of sections, each as long as an id may be, percent-encoded in part.
const MAX_SEGMENT_LENGTH = 2000;
// Enough for a name that somebody typed; an id is shorter.
const MAX_NAME_LENGTH = 200;
/** How many sections a union has at most. */
export const MAX_MEMBERS = 10;

/**
 * The canonical spelling of a path.
 * @param path as requested, not percent-decoded
 * @returns a path on this site as a URI reference, without query, or undefined where the path is spelled like that already
 */
export function canonicalPath(path: string): string | undefined {
  const read = PLAIN.test(path) ? path : readPath(path);
  if (read === undefined) return undefined;
  const segments = read.replace(/\/$/, "").split("/");
  const trimmed = segments.map(respelled).join("/");
  const [topic = "", folder, named = ""] = TOPIC.exec(trimmed) ?? [];
  const home = folder === undefined ? "" : topicPath(folder, named);
  const rest = trimmed.slice(topic.length);
  const spelled = FEED_SPELLINGS.get(rest.slice(1));
  const canonical =
    LIST_SPELLINGS.get(trimmed) ?? (`${home}${spelled === undefined ? rest : `/${spelled}`}` || "/");
  return canonical === path ? undefined : canonical;
}

/**
 * The feed of the sections that a segment of an address names, joined by plus signs.
 * @param segment percent-decoded
 * @returns undefined where it names no section, or more than a union may have
 */
export function sectionsNamed(segment: string): FeedId | undefined {
  if (segment.length > MAX_SEGMENT_LENGTH) return undefined;
  const names = new Set(segment.split("+").filter((name) => name.trim() !== ""));
  if (names.size === 0 || names.size > MAX_MEMBERS) return undefined;
  return unionOf([...names].map(idOf));
}

/** A path as a browser reads it: a backslash is a slash, dots lead up. @returns undefined where it leads elsewhere */
function readPath(path: string): string | undefined {
  const url = URL.parse(path.replaceAll(/[\\/]+/g, "/"), BASE);
  return url === null || url.origin !== BASE ? undefined : url.pathname.replaceAll(/\/+/g, "/");
}

/** A segment with as few percent-encoded characters as possible (RFC 3986, section 6.2.2); a plus sign stands for itself in a path. */
function respelled(segment: string): string {
  if (!segment.includes("%")) return segment;
  const text = decoded(segment);
  return text === undefined ? segment : encodeURIComponent(text).replaceAll("%2B", "+");
}

/** The path of a topic: its name becomes an id; several sections become their union. */
function topicPath(folder: string, named: string): string {
  const name = decoded(named);
  if (name === undefined) return `/${folder}/${named}`;
  if (folder !== "sections") return `/${folder}/${name.length > MAX_NAME_LENGTH ? named : idOf(name)}`;
  const feed = sectionsNamed(name);
  return feed === undefined ? `/${folder}/${named}` : homePath(feed);
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
