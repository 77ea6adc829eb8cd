/** What lies in KV, and the decoders through which it comes back. A record that can't be read is skipped and reported. */
import * as v from "valibot";
import type { Article, Instant, Tombstone } from "../article/article.ts";
import { report } from "../report.ts";

const instant = v.pipe(v.number(), v.safeInteger());
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
export type Window = { version: 1; articles: Article[]; withdrawn: Tombstone[] };

const EMPTY_WINDOW: Window = { version: 1, articles: [], withdrawn: [] };

const WindowSchema = v.object({
  version: v.literal(1),
  articles: v.array(v.unknown()),
  withdrawn: v.array(v.unknown()),
});

/** A section that has published something: `newest` is its newest article's time, undefined when all were withdrawn. */
export type SectionCount = { id: string; title: string; count: number; newest?: Instant | undefined };

export type SiteRecord = { version: 1; sections: SectionCount[] };

const SiteSchema = v.object({
  version: v.literal(1),
  sections: v.array(
    v.object({ id: v.string(), title: v.string(), count: v.number(), newest: v.optional(instant) }),
  ),
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
  return {
    version: 1,
    articles: window.articles
      .map((value, index) => readArticle(value, `${where}#${index}`))
      .filter((article) => article !== undefined),
    withdrawn: window.withdrawn
      .map((value, index) => decode(TombstoneSchema, value, `${where}#withdrawn.${index}`))
      .filter((tombstone) => tombstone !== undefined),
  };
}

/** The sections that exist; none where nothing was ever published, or the record can't be read. */
export function readSite(text: string | undefined): SiteRecord {
  const site = text === undefined ? undefined : decode(SiteSchema, parseJson(text), "site");
  return site ?? { version: 1, sections: [] };
}

function decode<T>(schema: v.GenericSchema<unknown, T>, value: unknown, where: string): T | undefined {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  report("unreadable-record", {
    where,
    problem: v.getDotPath(result.issues[0]) ?? result.issues[0].message,
  });
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
