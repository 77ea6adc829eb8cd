/** The article: Dateline's domain record. No I/O. No clock: an instant is passed in. */

/** Milliseconds since 1970-01-01T00:00:00Z. Compared as a number, never as text. */
export type Instant = number;

/** A section as an article names it: `{ id: "human-rights", title: "Human Rights" }`. */
export type SectionName = { id: string; title: string };

export type Person = { name: string; url?: string | undefined };

export type Image = {
  url: string;
  alt?: string | undefined;
  credit?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
};

/** A file that belongs to an article; `length` in bytes. */
export type Attachment = {
  url: string;
  type: string;
  length?: number | undefined;
  title?: string | undefined;
};

/** What an editor hands in, whatever format it came in. `html` is sanitised and its URLs are absolute. */
export type Draft = {
  sections: SectionName[];
  headline: string;
  summary?: string | undefined;
  html: string;
  text: string;
  authors: Person[];
  tags: string[];
  language: string;
  link?: string | undefined;
  image?: Image | undefined;
  attachments: Attachment[];
  published: Instant;
};

export type Status = "scheduled" | "published" | "withdrawn";

/** A draft with its identity and its life. `guid` is made once and never again. */
export type Article = Draft & {
  version: 1;
  id: string;
  guid: string;
  revision: number;
  status: Status;
  /** Moves on a change that a reader should see (RFC 4287, section 4.2.15). */
  updated: Instant;
  /** The instant of the last write; never shown to a reader. */
  changed: Instant;
};

/** What is left of a withdrawn article in public: enough for a 410 and for an RFC 6721 tombstone. */
export type Tombstone = { version: 1; id: string; guid: string; revision: number; withdrawn: Instant };

/**
 * The status of an article that is not withdrawn.
 * @param published the dateline's time
 * @param now the present instant
 * @returns "scheduled" under an embargo, that is while `published` lies ahead
 */
export function statusAt(published: Instant, now: Instant): "scheduled" | "published" {
  return published > now ? "scheduled" : "published";
}

/**
 * The order of every feed: newest first; of two with the same time, the greater id first, so that it is total.
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
