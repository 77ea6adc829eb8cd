/**
 * The linter: every aggregator's verdict on an article before it is published. Pure. No clock: the present instant is
 * passed in.
 */
import type { Instant } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { FeedItem } from "../feed/document.ts";
import { FEEDLY } from "./aggregators/feedly.ts";
import { FLIPBOARD } from "./aggregators/flipboard.ts";
import { GOOGLE_DISCOVER } from "./aggregators/google-discover.ts";
import { GOOGLE_FEED } from "./aggregators/google-feed.ts";
import { GOOGLE_NEWS } from "./aggregators/google-news.ts";
import { MSN } from "./aggregators/msn.ts";
import { parseItem } from "./parsed-item.ts";
import { RSS_PROFILE } from "./aggregators/rss-profile.ts";
import type { Aggregator } from "./rule.ts";
import { SMARTNEWS } from "./aggregators/smartnews.ts";
import { judge, type Verdict } from "./verdict.ts";

/**
 * The aggregators, in the order of the verdicts. Apple News is not among them: it reads no feed, and takes Apple News
 * Format through its API alone (https://developer.apple.com/documentation/applenews).
 */
export const AGGREGATORS: readonly Aggregator[] = [
  MSN,
  GOOGLE_NEWS,
  GOOGLE_DISCOVER,
  GOOGLE_FEED,
  SMARTNEWS,
  FLIPBOARD,
  FEEDLY,
  RSS_PROFILE,
];

/**
 * Judges an article as each aggregator would. It doesn't look at what a whole feed must have (logos, ttl, a number of
 * items).
 * @param item the article as every feed shows it; its `html` as Dateline serialises it
 * @param now the present instant; an article under an embargo is judged as of its release
 * @returns one verdict for each aggregator. Never throws, whatever the article holds
 */
export function lint(item: FeedItem, site: Site, now: Instant): Verdict[] {
  const parsed = parseItem(item);
  return AGGREGATORS.map((aggregator) => judge(aggregator, parsed, site, now));
}
