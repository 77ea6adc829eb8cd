/** Articles and windows as they lie in KV, and the decoders through which they come back. What can't be read is skipped. */
import * as v from "valibot";
import type { Article, Tombstone } from "../article/article.ts";
import { decode, instant, parseJson } from "./decode.ts";

const webUrl = v.pipe(v.string(), v.url(), v.regex(/^https?:/i));
const person = v.object({ name: v.string(), url: v.optional(webUrl) });

/** An article as it is stored: times as instants. */
export const ArticleSchema = v.object({
  version: v.literal(1),
  id: v.string(),
  guid: v.string(),
  revision: v.number(),
  status: v.picklist(["draft", "scheduled", "published", "expired", "withdrawn"]),
  sections: v.array(v.object({ id: v.string(), title: v.string() })),
  headline: v.string(),
  shortHeadline: v.optional(v.string()),
  summary: v.optional(v.string()),
  html: v.string(),
  text: v.string(),
  authors: v.array(person),
  tags: v.array(v.string()),
  language: v.string(),
  link: v.optional(webUrl),
  image: v.optional(
    v.object({
      url: webUrl,
      alt: v.optional(v.string()),
      credit: v.optional(v.string()),
      width: v.optional(v.number()),
      height: v.optional(v.number()),
    }),
  ),
  attachments: v.array(
    v.object({
      url: webUrl,
      type: v.string(),
      length: v.optional(v.number()),
      title: v.optional(v.string()),
    }),
  ),
  published: instant,
  updated: instant,
  changed: instant,
  dateline: v.optional(instant),
  correction: v.optional(v.string()),
  expires: v.optional(instant),
  reason: v.optional(v.string()),
});

const TombstoneSchema = v.object({
  version: v.literal(1),
  id: v.string(),
  guid: v.string(),
  revision: v.number(),
  withdrawn: instant,
  reason: v.optional(v.string()),
});

/** The newest articles of one feed, newest first, and what was withdrawn from it lately. */
export type Window = {
  version: 1;
  /** How its section, its author or its tag is spelled; the owner's own titles are in site.json. */
  title?: string | undefined;
  /** Whether it shows nothing, and yet an article of it that has expired has its page. */
  isKept?: boolean | undefined;
  articles: Article[];
  withdrawn: Tombstone[];
  /** Whether articles that belong here were left out because of their weight. */
  isCut?: boolean | undefined;
  /** The feed's newest archive page: its number, and how many articles ever came onto it. */
  archive?: NewestPage | undefined;
};

export type NewestPage = v.InferOutput<typeof NewestPageSchema>;

export const NewestPageSchema = v.object({ newest: v.number(), arrivals: v.number() });

const EMPTY_WINDOW: Window = { version: 1, articles: [], withdrawn: [] };

const WindowSchema = v.object({
  version: v.literal(1),
  title: v.optional(v.string()),
  articles: v.array(v.unknown()),
  withdrawn: v.array(v.unknown()),
  isKept: v.optional(v.boolean()),
  isCut: v.optional(v.boolean()),
  archive: v.optional(NewestPageSchema),
});

/**
 * @param where names the record in the log
 * @returns undefined for what is not an article of a known version
 */
export function readArticle(value: unknown, where: string): Article | undefined {
  return decode(ArticleSchema, value, where);
}

/** What `article:<id>` holds: the published article, or what is left of it. */
export function readArticleOrTombstone(text: string, where: string): Article | Tombstone | undefined {
  return decode(v.union([ArticleSchema, TombstoneSchema]), parseJson(text), where);
}

/** A window whose unreadable articles are left out; one that was never written, or can't be read, is empty. */
export function readWindow(text: string | undefined, where: string): Window {
  if (text === undefined) return EMPTY_WINDOW;
  const window = decode(WindowSchema, parseJson(text), where);
  if (window === undefined) return EMPTY_WINDOW;
  const articles = window.articles
    .map((value, index) => readArticle(value, `${where}#${index}`))
    .filter((article) => article !== undefined);
  return {
    ...window,
    // Earlier releases left the name of what was withdrawn.
    title: articles.length > 0 || window.isKept === true ? window.title : undefined,
    articles,
    withdrawn: window.withdrawn
      .map((value, index) => decode(TombstoneSchema, value, `${where}#withdrawn.${index}`))
      .filter((tombstone) => tombstone !== undefined),
  };
}
