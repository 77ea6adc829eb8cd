/** Articles and windows as they lie in KV, and their decoders. A record that can't be read is skipped. */
import * as v from "valibot";
import { type Article, STATUSES, type Tombstone, type WindowArticle } from "../article/article.ts";
import { withExcerpt } from "../article/excerpt.ts";
import { isLanguageTag } from "../article/language.ts";
import { isMediaId, PICTURE_TYPES } from "../article/media.ts";
import { count, decode, decodeEach, id, instant, parseJson, wellFormed } from "./decode.ts";

// As the URL Standard writes an address: a character that would end a field, an attribute or an element is percent-encoded.
const webUrl = v.pipe(wellFormed, v.url(), v.regex(/^https?:[^\s<>"]+$/i));
const person = v.object({ name: wellFormed, url: v.optional(webUrl) });
const pictureFile = v.object({
  type: v.picklist(PICTURE_TYPES),
  width: count,
  height: count,
  length: count,
});
// No more digits than an address may have.
const revision = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(999_999_999));

/**
 * An article as it is stored, its times as instants. The schema takes the records of every release. It takes nothing at which
 * a formatter or an encoder would fail, so that every format can show what it takes. Uploads judge how long a text may be.
 */
export const ArticleSchema = v.object({
  version: v.literal(1),
  id,
  guid: v.pipe(wellFormed, v.nonEmpty()),
  revision,
  status: v.picklist(STATUSES),
  sections: v.array(v.object({ id, title: wellFormed })),
  headline: wellFormed,
  shortHeadline: v.optional(wellFormed),
  summary: v.optional(wellFormed),
  html: wellFormed,
  text: wellFormed,
  authors: v.array(person),
  tags: v.array(wellFormed),
  language: v.pipe(v.string(), v.check(isLanguageTag, "Invalid language")),
  link: v.optional(webUrl),
  image: v.optional(
    v.object({
      url: webUrl,
      alt: v.optional(wellFormed),
      credit: v.optional(wellFormed),
      width: v.optional(count),
      height: v.optional(count),
      caption: v.optional(wellFormed),
      type: v.optional(wellFormed),
      length: v.optional(count),
      media: v.optional(v.pipe(v.string(), v.check(isMediaId, "Invalid id of a picture"))),
      sizes: v.optional(v.array(pictureFile)),
    }),
  ),
  attachments: v.array(
    v.object({
      url: webUrl,
      type: wellFormed,
      length: v.optional(count),
      title: v.optional(wellFormed),
    }),
  ),
  published: instant,
  updated: instant,
  changed: instant,
  dateline: v.optional(instant),
  correction: v.optional(wellFormed),
  expires: v.optional(instant),
  reason: v.optional(wellFormed),
  pictured: v.optional(wellFormed),
  named: v.optional(wellFormed),
});

// An article of a window: `text` is its excerpt where `isExcerpt` says so, and its whole text where an earlier release wrote
// the window. That release takes both, so that it shows the same feeds while it is replaced, and after a rollback.
const WindowArticleSchema = v.pipe(
  v.object({ ...ArticleSchema.entries, isExcerpt: v.optional(v.boolean()) }),
  v.transform(({ isExcerpt, ...article }): WindowArticle => {
    if (isExcerpt !== true) return withExcerpt(article);
    const { text, ...rest } = article;
    return { ...rest, excerpt: text };
  }),
);

const TombstoneSchema = v.object({
  version: v.literal(1),
  id,
  guid: v.pipe(wellFormed, v.nonEmpty()),
  revision,
  withdrawn: instant,
  reason: v.optional(wellFormed),
});

/** A feed's window: its newest articles, newest first, and the tombstones of those withdrawn from it lately. */
export type Window = {
  version: 1;
  /** The name of its section, author or tag as articles spell it; the owner's own titles are in site.json. */
  title?: string | undefined;
  /** Whether the window is empty while an article still has its page: one that expired, or is too heavy for any feed. */
  isKept?: boolean | undefined;
  articles: WindowArticle[];
  withdrawn: Tombstone[];
  /** Whether the window ends early for the weight of its articles: it says nothing of older ones. */
  isCut?: boolean | undefined;
  /** The number of the feed's newest archive page, and of the articles that ever came onto that page. */
  archive?: NewestPage | undefined;
};

export type NewestPage = v.InferOutput<typeof NewestPageSchema>;

const NewestPageSchema = v.object({ newest: count, arrivals: count });

const EMPTY_WINDOW: Window = { version: 1, articles: [], withdrawn: [] };

const WindowSchema = v.object({
  version: v.literal(1),
  title: v.optional(wellFormed),
  articles: v.array(v.unknown()),
  withdrawn: v.array(v.unknown()),
  isKept: v.optional(v.boolean()),
  isCut: v.optional(v.boolean()),
  archive: v.optional(NewestPageSchema),
});

/**
 * Decodes an article.
 * @param where names the record in the log
 * @returns undefined for a value that is not an article of a known version
 */
export function readArticle(value: unknown, where: string): Article | undefined {
  return decode(ArticleSchema, value, where);
}

/** Decodes the value of `article:<id>`: a public article, or the tombstone of a withdrawn one. */
export function readArticleOrTombstone(text: string, where: string): Article | Tombstone | undefined {
  return decode(v.union([ArticleSchema, TombstoneSchema]), parseJson(text), where);
}

/** An article of a window as JSON text. Decoded by `readWindow`. */
export function windowArticleText({ excerpt, ...article }: WindowArticle): string {
  return JSON.stringify({ ...article, text: excerpt, isExcerpt: true });
}

/** Decodes a window without its unreadable articles; one that was never written, or can't be read, is empty. */
export function readWindow(text: string | undefined, where: string): Window {
  if (text === undefined) return EMPTY_WINDOW;
  const window = decode(WindowSchema, parseJson(text), where);
  if (window === undefined) return EMPTY_WINDOW;
  const articles = decodeEach(WindowArticleSchema, window.articles, `${where}#`);
  return {
    ...window,
    // Earlier releases kept the title when everything was withdrawn.
    title: articles.length > 0 || window.isKept === true ? window.title : undefined,
    articles,
    withdrawn: decodeEach(TombstoneSchema, window.withdrawn, `${where}#withdrawn.`),
  };
}

const ArchivedSchema = v.object({ archive: v.optional(NewestPageSchema) });

/**
 * Decodes which archive page of a feed is its newest, without a look at the articles of the window.
 * @param text the window's
 * @param where names the window in the log
 * @returns undefined where the feed has no archive page
 */
export function newestPage(text: string | undefined, where: string): NewestPage | undefined {
  return text === undefined ? undefined : decode(ArchivedSchema, parseJson(text), where)?.archive;
}
