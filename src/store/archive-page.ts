/** Archive pages as they lie in KV (RFC 5005, section 4). */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import { count, decode, decodeEach, id, instant, parseJson } from "./decode.ts";

/** An article as an archive page names it: the sequence of its record's edition, and when it was last updated. */
export type PageEntry = { id: string; sequence: number; updated: Instant };

/** An archive page: articles of one feed, newest first. */
export type ArchivePage = {
  version: 1;
  articles: PageEntry[];
  /** The number of articles that ever came onto the page. */
  arrivals: number;
  /** Whether the page after this one has begun: no further article enters this one. */
  isFull: boolean;
  /** Whether the page after this one is full too. */
  isFollowed: boolean;
};

const PageEntrySchema = v.object({
  id,
  sequence: count,
  updated: instant,
});

const ArchivePageSchema = v.object({
  version: v.literal(1),
  articles: v.array(v.unknown()),
  arrivals: count,
  isFull: v.boolean(),
  isFollowed: v.boolean(),
});

/** Decodes an archive page; one that can't be read is empty and full, so that its feed leads on to the other pages. */
export function readArchivePage(text: string, where: string): ArchivePage {
  const page = decode(ArchivePageSchema, parseJson(text), where);
  if (page === undefined) return { version: 1, articles: [], arrivals: 0, isFull: true, isFollowed: false };
  return { ...page, articles: decodeEach(PageEntrySchema, page.articles, `${where}#`) };
}
