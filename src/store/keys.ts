/** The only place where a KV key is spelled. The schema is described in README.md beside this file. */
import { type FeedId, readFeedId } from "../article/feed-id.ts";

export const SITE_KEY = "site";
export const AUTHORS_KEY = "site:authors";
export const NEWS_KEY = "site:news";

export type ArticleKey = `article:${string}`;
export type WindowKey = `window:${FeedId}`;
export type PageKey = `page:${FeedId}:${number}`;
export type SitemapKey = `sitemap:${number}`;
export type ListKey = `site:${"sections" | "authors"}:${number}`;
export type Key =
  | ArticleKey
  | WindowKey
  | PageKey
  | SitemapKey
  | ListKey
  | typeof SITE_KEY
  | typeof AUTHORS_KEY
  | typeof NEWS_KEY;

/** The kinds of names that have paginated lists. */
export type ListedKind = "section" | "author";

export function articleKey(id: string): ArticleKey {
  return `article:${id}`;
}

export function windowKey(feed: FeedId): WindowKey {
  return `window:${feed}`;
}

/** @param number of the archive page, from 1 */
export function pageKey(feed: FeedId, number: number): PageKey {
  return `page:${feed}:${number}`;
}

/** @param number of the sitemap, from 1 */
export function sitemapKey(number: number): SitemapKey {
  return `sitemap:${number}`;
}

/** One of the paginated lists of all sections, or of all authors. @param number of the list, from 1 */
export function listKey(kind: ListedKind, number: number): ListKey {
  return `site:${kind === "section" ? "sections" : "authors"}:${number}`;
}

export function isArticleKey(key: string): boolean {
  return key.startsWith("article:");
}

export function isPageKey(key: string): boolean {
  return key.startsWith("page:");
}

/** Whether a key is an article's or an archive page's: there are many of these, and few of feeds and lists. */
export function isArticleOrPageKey(key: string): boolean {
  return isArticleKey(key) || isPageKey(key);
}

/** The parts of a key, from which its value is made. */
export type ParsedKey =
  | { kind: "article"; id: string }
  | { kind: "window"; feed: FeedId }
  | { kind: "page"; feed: FeedId; number: number }
  | { kind: "sitemap"; number: number }
  | { kind: "list"; of: ListedKind; number: number }
  | { kind: "site" | "authors" | "news" };

/**
 * Takes a key apart.
 * @throws Error on a text that none of the functions above made
 */
export function parseKey(key: string): ParsedKey {
  if (key === SITE_KEY) return { kind: "site" };
  if (key === AUTHORS_KEY) return { kind: "authors" };
  if (key === NEWS_KEY) return { kind: "news" };
  if (isArticleKey(key)) return { kind: "article", id: key.slice("article:".length) };
  if (key.startsWith("window:")) return { kind: "window", feed: readFeedId(key.slice("window:".length)) };
  const page = /^page:(.+):(\d+)$/.exec(key);
  if (page !== null) return { kind: "page", feed: readFeedId(page[1] ?? ""), number: Number(page[2]) };
  const sitemap = /^sitemap:(\d+)$/.exec(key);
  if (sitemap !== null) return { kind: "sitemap", number: Number(sitemap[1]) };
  const list = /^site:(sections|authors):(\d+)$/.exec(key);
  if (list !== null) {
    return { kind: "list", of: list[1] === "sections" ? "section" : "author", number: Number(list[2]) };
  }
  throw new Error(`No such key: ${key}`);
}
