/** The weight of an article in a feed, and the articles that fit into one. No I/O. */
import { bytesOf } from "./bounds.ts";
import { SMARTNEWS_MAX_FEED_BYTES } from "./partner-limits.ts";

/** The most that a feed may weigh for every aggregator: none names a lower limit. */
export const MAX_FEED_BYTES = SMARTNEWS_MAX_FEED_BYTES;

/**
 * The most that one article may weigh in a feed, so that a few articles don't fill it. Every feed leaves a heavier
 * article out; it stays on its page and in the archive. Some 16,000 words of English.
 */
export const MAX_SHARE_BYTES = MAX_FEED_BYTES / 5;

// The most bytes that escaping adds to one character of a plain text: `&` is `&#x26;amp;` in an RSS description.
const ESCAPED_BYTES = 9;
// `]]>` in CDATA becomes `]]]]><![CDATA[>`.
const SPLIT_BYTES = 12;

/**
 * The weight of a draft or a record, in bytes: at least as many as its item has in a feed of any format, and as its
 * record has in UTF-8.
 */
export function weightOf(article: { html: string; text: string }): number {
  const { html, text: _text, ...rest } = article;
  const escaped = JSON.stringify(rest).match(/[&<>]|\\./g)?.length ?? 0;
  const ends = html.split("]]>").length - 1;
  return bytesOf(JSON.stringify(article)) + escaped * ESCAPED_BYTES + ends * SPLIT_BYTES;
}

/**
 * The articles that fit into a feed: those that are too heavy are left out, and the feed ends where the next one
 * doesn't fit.
 */
export type Fitting<Item> = {
  shown: Item[];
  /** Those that no feed shows, because each of them alone is too heavy. */
  tooHeavy: Item[];
  /** Whether the feed ends although more articles follow, each of which would fit alone. */
  isCut: boolean;
};

/**
 * Takes the articles that fit into a feed, in order.
 * @param articles in the feed's order
 * @param weigh the weight of one, in bytes
 * @param maxBytes the most that they may weigh together
 */
export function fitting<Item>(
  articles: Iterable<Item>,
  weigh: (article: Item) => number,
  maxBytes: number,
): Fitting<Item> {
  const shown: Item[] = [];
  const tooHeavy: Item[] = [];
  let bytes = 0;
  for (const article of articles) {
    const weight = weigh(article);
    if (weight > MAX_SHARE_BYTES) {
      tooHeavy.push(article);
      continue;
    }
    bytes += weight;
    if (bytes > maxBytes) return { shown, tooHeavy, isCut: true };
    shown.push(article);
  }
  return { shown, tooHeavy, isCut: false };
}
