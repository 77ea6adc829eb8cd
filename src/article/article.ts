/** The article: Dateline's domain record. No I/O. No clock: an instant is passed in. */

import type { PictureFile } from "./media.ts";

/** Milliseconds since 1970-01-01T00:00:00Z. Compared as a number, never as text. */
export type Instant = number;

/** A section as an article names it: `{ id: "human-rights", title: "Human Rights" }`. */
export type SectionName = { id: string; title: string };

export type Person = { name: string; url?: string | undefined };

/** A picture; `length` in bytes. */
export type Image = {
  url: string;
  alt?: string | undefined;
  credit?: string | undefined;
  caption?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  type?: string | undefined;
  length?: number | undefined;
  /** The id of a picture that is kept on this site, and its smaller sizes, the largest first. */
  media?: string | undefined;
  sizes?: PictureFile[] | undefined;
};

/**
 * A picture as a document names it: by its address, or by the id of one that is kept here. An address of a kept picture means
 * the same as its id. The Desk makes an `Image` of it.
 */
export type NamedImage =
  | Image
  | (Pick<Image, "alt" | "credit" | "caption"> & { media: string; url?: undefined });

/** A file that belongs to an article; `length` in bytes. */
export type Attachment = {
  url: string;
  type: string;
  length?: number | undefined;
  title?: string | undefined;
};

/** An article as an editor submits it, whatever its format. `html` is sanitised; the URLs in it are absolute. */
export type Draft = {
  sections: SectionName[];
  headline: string;
  /** Stands for a long headline where there is little room. */
  shortHeadline?: string | undefined;
  summary?: string | undefined;
  html: string;
  text: string;
  authors: Person[];
  tags: string[];
  language: string;
  link?: string | undefined;
  image?: NamedImage | undefined;
  attachments: Attachment[];
  published: Instant;
  /** Tells readers what was wrong in an earlier revision. Undefined keeps the present correction; null removes it. */
  correction?: string | null | undefined;
  /** When the article leaves the feeds by itself. Undefined keeps the present expiry; null removes it. */
  expires?: Instant | null | undefined;
};

/**
 * The statuses of an article, in the order in which the API names them. No reader sees a draft. An article that has expired
 * has left the feeds and keeps its page.
 */
export const STATUSES = ["draft", "scheduled", "published", "expired", "withdrawn"] as const;

export type Status = (typeof STATUSES)[number];

/** A draft with its identity and its history. `guid` is made once and never changes. */
export type Article = Omit<Draft, "image" | "correction" | "expires"> & {
  version: 1;
  id: string;
  guid: string;
  revision: number;
  status: Status;
  /** Of a kept picture it has the media's id, its sizes and its measures; `url` is then that of its original. */
  image?: Image | undefined;
  /** The time in its document, where the newsroom has since published it at another. */
  dateline?: Instant | undefined;
  /** A digest of what its document said of the picture, where the newsroom has since set another. */
  pictured?: string | undefined;
  /** A digest of what its document says of the picture, where the site has filled in more. */
  named?: string | undefined;
  correction?: string | undefined;
  expires?: Instant | undefined;
  /** Tells readers why it was withdrawn. */
  reason?: string | undefined;
  /** Moves with every change that readers should see (RFC 4287, section 4.2.15). */
  updated: Instant;
  /** The instant of the last write; no reader sees it. */
  changed: Instant;
};

/** An article as feeds show it: with the beginning of its text in the place of the text. See excerpt.ts. */
export type WindowArticle = Omit<Article, "text"> & { excerpt: string };

/** The public remains of a withdrawn article: enough for a 410 and for a tombstone (RFC 6721). */
export type Tombstone = {
  version: 1;
  id: string;
  guid: string;
  revision: number;
  withdrawn: Instant;
  reason?: string | undefined;
};

/**
 * The status of an article that is neither a draft nor withdrawn.
 * @param times the dateline's time, and when the article expires
 * @param now the present instant
 * @returns "scheduled" under an embargo, that is while `published` lies ahead
 */
export function statusAt(
  { published, expires }: Pick<Article, "published" | "expires">,
  now: Instant,
): "scheduled" | "published" | "expired" {
  if (published > now) return "scheduled";
  return expires !== undefined && expires <= now ? "expired" : "published";
}

/** Whether a status has a page that readers can open. */
export function isPublic(status: Status): boolean {
  return status === "published" || status === "expired";
}

/**
 * The order of every feed: the newest article first. Of two with the same time the greater id comes first, so that
 * the order is total.
 * @returns a negative number when `a` comes before `b`
 */
export function newestFirst(
  a: Pick<Article, "published" | "id">,
  b: Pick<Article, "published" | "id">,
): number {
  if (a.published !== b.published) return b.published - a.published;
  if (a.id === b.id) return 0;
  return a.id > b.id ? -1 : 1;
}
