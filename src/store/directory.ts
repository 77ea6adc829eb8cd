/** What there is on the site, as it lies in KV: its sections, its authors, the news of the last days. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import { decode, instant, parseJson } from "./decode.ts";

/** A section that has something to tell: `newest` is its newest article's time, undefined when it shows none. */
export type SectionCount = { id: string; title: string; count: number; newest?: Instant | undefined };

export type SiteRecord = { version: 1; sections: SectionCount[] };

const SiteSchema = v.object({
  version: v.literal(1),
  sections: v.array(
    v.object({ id: v.string(), title: v.string(), count: v.number(), newest: v.optional(instant) }),
  ),
});

/** The authors of published articles, by name. */
export type AuthorsRecord = { version: 1; authors: { id: string; name: string }[] };

const AuthorsSchema = v.object({
  version: v.literal(1),
  authors: v.array(v.object({ id: v.string(), name: v.string() })),
});

/** How long an article is news: a news sitemap lists the last two days (Google, "Create a news sitemap"). */
export const NEWS_MILLISECONDS = 2 * 24 * 60 * 60 * 1000;

/** What a news sitemap says of an article. */
export type NewsEntry = { id: string; headline: string; language: string; published: Instant };

/** The articles of the two days before it was written whose pages are on this site, newest first. */
export type NewsRecord = { version: 1; articles: NewsEntry[] };

const NewsSchema = v.object({
  version: v.literal(1),
  articles: v.array(
    v.object({ id: v.string(), headline: v.string(), language: v.string(), published: instant }),
  ),
});

/** The sections that exist; none where nothing was ever published, or the record can't be read. */
export function readSite(text: string | undefined): SiteRecord {
  const site = text === undefined ? undefined : decode(SiteSchema, parseJson(text), "site");
  return site ?? { version: 1, sections: [] };
}

/** The authors of published articles; none where the record is missing or can't be read. */
export function readAuthors(text: string | undefined): AuthorsRecord {
  const authors = text === undefined ? undefined : decode(AuthorsSchema, parseJson(text), "authors");
  return authors ?? { version: 1, authors: [] };
}

/** The articles of the last days; none where the record is missing or can't be read. */
export function readNews(text: string | undefined): NewsRecord {
  const news = text === undefined ? undefined : decode(NewsSchema, parseJson(text), "news");
  return news ?? { version: 1, articles: [] };
}
