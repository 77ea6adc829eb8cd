/** The site's directory as it lies in KV: the most active sections and authors, paginated lists of all of them, the latest news. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import { DAY_MILLISECONDS } from "../article/instant.ts";
import { isLanguageTag } from "../article/language.ts";
import { NEWS_SITEMAP_MAX_AGE_DAYS } from "../article/partner-limits.ts";
import { count, decode, decodeEach, id, instant, parseJson, wellFormed } from "./decode.ts";

/** Limits of the lists that every visitor may ask for: they hold the most recently active sections and authors. */
export const MAX_LISTED_SECTIONS = 200;
export const MAX_LISTED_AUTHORS = 100;
/** How many names one list of all sections or authors has. Another number would move names from one list to another. */
export const NAMES_PER_LIST = 500;

/** A section with articles; `newest` is the time of its newest. */
export type SectionCount = { id: string; title: string; count: number; newest?: Instant | undefined };

/**
 * Pagination beside a list of the most active: `pages` is how many lists hold all of them, `isCut` whether there are more than
 * this one shows.
 */
export type Pagination = { pages?: number | undefined; isCut?: boolean | undefined };

/** The most recently active sections, by id. */
export type SiteRecord = { version: 1; sections: SectionCount[] } & Pagination;

const pagination = { pages: v.optional(v.number()), isCut: v.optional(v.boolean()) };

const SiteSchema = v.object({ version: v.literal(1), sections: v.array(v.unknown()), ...pagination });
const SectionSchema = v.object({ id, title: wellFormed, count, newest: v.optional(instant) });

/** The most recently active authors, by name. */
export type AuthorsRecord = { version: 1; authors: { id: string; name: string }[] } & Pagination;

const AuthorsSchema = v.object({ version: v.literal(1), authors: v.array(v.unknown()), ...pagination });
const AuthorSchema = v.object({ id, name: wellFormed });

/**
 * One of the paginated lists of all sections or authors that have articles, by name. The order of arrival decides which list a
 * name stands in, so that one that comes or goes changes no other list.
 */
export type ListRecord = {
  version: 1;
  names: { id: string; title: string }[];
  /** Whether another list follows. */
  isFollowed: boolean;
};

const ListSchema = v.object({
  version: v.literal(1),
  names: v.array(v.unknown()),
  isFollowed: v.boolean(),
});
const NameSchema = v.object({ id, title: wellFormed });

/** How long an article is news: as long as a news sitemap may list it. */
export const NEWS_MILLISECONDS = NEWS_SITEMAP_MAX_AGE_DAYS * DAY_MILLISECONDS;

/** What a news sitemap says of an article; `image` is the address of its picture, as in other sitemaps. */
export type NewsEntry = {
  id: string;
  headline: string;
  language: string;
  published: Instant;
  image?: string | undefined;
};

/** The articles published in the two days before the record was written whose pages are on this site, newest first. */
export type NewsRecord = { version: 1; articles: NewsEntry[] };

const NewsSchema = v.object({ version: v.literal(1), articles: v.array(v.unknown()) });
const NewsEntrySchema = v.object({
  id,
  headline: wellFormed,
  language: v.pipe(v.string(), v.check(isLanguageTag, "Invalid language")),
  published: instant,
  // An article is listed without a picture that can't be read.
  image: v.fallback(v.optional(wellFormed), undefined),
});

/** Decodes the most active sections; none where nothing was ever published, or the record can't be read. */
export function readSite(text: string | undefined): SiteRecord {
  const site = text === undefined ? undefined : decode(SiteSchema, parseJson(text), "site");
  if (site === undefined) return { version: 1, sections: [] };
  // The first releases listed all sections.
  const sections = site.sections.slice(0, MAX_LISTED_SECTIONS);
  return { ...site, sections: decodeEach(SectionSchema, sections, "site#") };
}

/** Decodes the most active authors; none where the record is missing or can't be read. */
export function readAuthors(text: string | undefined): AuthorsRecord {
  const authors = text === undefined ? undefined : decode(AuthorsSchema, parseJson(text), "authors");
  if (authors === undefined) return { version: 1, authors: [] };
  const listed = authors.authors.slice(0, MAX_LISTED_AUTHORS);
  return { ...authors, authors: decodeEach(AuthorSchema, listed, "authors#") };
}

/** Decodes one of the lists of all sections or authors; empty where the record is missing or can't be read. */
export function readList(text: string | undefined, where: string): ListRecord {
  const list = text === undefined ? undefined : decode(ListSchema, parseJson(text), where);
  if (list === undefined) return { version: 1, names: [], isFollowed: false };
  return { ...list, names: decodeEach(NameSchema, list.names, `${where}#`) };
}

/** Decodes the articles of the last two days; none where the record is missing or can't be read. */
export function readNews(text: string | undefined): NewsRecord {
  const news = text === undefined ? undefined : decode(NewsSchema, parseJson(text), "news");
  return { version: 1, articles: decodeEach(NewsEntrySchema, news?.articles ?? [], "news#") };
}
