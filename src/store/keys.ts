/** The only place where a KV key is spelled. The schema is described in README.md beside this file. */
import { type FeedId, readFeedId } from "../article/feed-id.ts";

export const SITE_KEY = "site";

export type ArticleKey = `article:${string}`;
export type WindowKey = `window:${FeedId}`;
export type Key = ArticleKey | WindowKey | typeof SITE_KEY;

export function articleKey(id: string): ArticleKey {
  return `article:${id}`;
}

export function windowKey(feed: FeedId): WindowKey {
  return `window:${feed}`;
}

/** In the order of keys, all articles lie before this text and everything else after it. */
export const AFTER_ARTICLES = "article;";

export function isArticleKey(key: string): boolean {
  return key.startsWith("article:");
}

/** A key taken apart again, for whoever has to make its value. */
export type Subject = { kind: "article"; id: string } | { kind: "window"; feed: FeedId } | { kind: "site" };

/** @throws Error on a text that none of the functions above made */
export function subjectOf(key: string): Subject {
  if (key === SITE_KEY) return { kind: "site" };
  if (isArticleKey(key)) return { kind: "article", id: key.slice("article:".length) };
  if (key.startsWith("window:")) return { kind: "window", feed: readFeedId(key.slice("window:".length)) };
  throw new Error(`No such key: ${key}`);
}
