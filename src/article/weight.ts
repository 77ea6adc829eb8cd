/** The weight of an article in a feed, and the articles that fit into one. No I/O. */
import { bytesOf } from "./bounds.ts";
import { SMARTNEWS_MAX_FEED_BYTES } from "./partner-limits.ts";

/** What a feed may weigh for every aggregator: none names a lower limit. */
export const MAX_FEED_BYTES = SMARTNEWS_MAX_FEED_BYTES;

/**
 * What one article may weigh in a feed, so that no few of them are all that the feed shows. A heavier one stands on its page
 * and in the archive, as it does in every feed alike. Some 16,000 words of English.
 */
export const MAX_SHARE_BYTES = MAX_FEED_BYTES / 5;

// The longest that one sign of a plain text becomes: `&`, of an RSS description `&#x26;amp;`, less the one that is counted.
const ESCAPED_BYTES = 9;
// `]]>` in CDATA becomes `]]]]><![CDATA[>`.
const SPLIT_BYTES = 12;

/**
 * What a draft or a record weighs: at least as many bytes as its item has in a feed of any format, and as its record has in
 * UTF-8.
 */
export function weightOf(article: { html: string; text: string }): number {
  const { html, text: _text, ...rest } = article;
  const signs = JSON.stringify(rest).match(/[&<>]|\\./g)?.length ?? 0;
  const ends = html.split("]]>").length - 1;
  return bytesOf(JSON.stringify(article)) + signs * ESCAPED_BYTES + ends * SPLIT_BYTES;
}

/** Which of a feed's newest articles it shows: too heavy ones are left out, and it ends where the next doesn't fit. */
export type Fitting<Item> = {
  shown: Item[];
  /** Those that no feed shows, because each alone is too heavy. */
  tooHeavy: Item[];
  /** Whether the feed ends before all that fit by themselves. */
  isCut: boolean;
};

/**
 * @param articles in the feed's order
 * @param weigh the weight of one, in bytes
 * @param maxBytes what they may weigh together
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
