/** Partners' feeds: each has an address of its own, rules for its articles, and a dialect of RSS. */
import type { Instant } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import { DAY_MILLISECONDS, isoDay } from "../article/instant.ts";
import type { Site } from "../article/site.ts";
import { PARTNER_FILES, partPath } from "../feed/addresses.ts";
import type { FeedDocument } from "../feed/document.ts";
import { FLIPBOARD } from "../lint/aggregators/flipboard.ts";
import { MSN } from "../lint/aggregators/msn.ts";
import { parseItem } from "../lint/parsed-item.ts";
import type { Aggregator } from "../lint/rule.ts";
import { SMARTNEWS } from "../lint/aggregators/smartnews.ts";
import { judge } from "../lint/verdict.ts";
import { renderFlipboard } from "../render/flipboard.ts";
import { renderMsn } from "../render/msn.ts";
import { renderSmartNews } from "../render/smartnews.ts";

export type Partner = {
  /** The last segment of the address. */
  file: string;
  /** The rules. An article that breaks a hard one is left out. */
  aggregator: Aggregator;
  /** Whether a rule names an article's age, so that the feed may change with the day. */
  isDated: boolean;
  /** Takes a document whose `self.rss` is the partner feed's own address; gives the whole feed as RSS 2.0. */
  render: (document: FeedDocument) => string;
};

export const PARTNERS: readonly Partner[] = [
  { file: PARTNER_FILES.smartnews, aggregator: SMARTNEWS, isDated: false, render: renderSmartNews },
  { file: PARTNER_FILES.msn, aggregator: MSN, isDated: true, render: renderMsn },
  { file: PARTNER_FILES.flipboard, aggregator: FLIPBOARD, isDated: false, render: renderFlipboard },
];

/** The day (UTC) for the entity tag of a dated feed: `20261104`; undefined for the others. */
export function dayOf({ isDated }: Partner, now: Instant): string | undefined {
  return isDated ? isoDay(now).replaceAll("-", "") : undefined;
}

/** The first instant of the next day (UTC). */
export function endOfDay(now: Instant): Instant {
  return Date.parse(isoDay(now)) + DAY_MILLISECONDS;
}

/**
 * A feed as a partner gets it: under its own address, without the articles that the partner would refuse.
 * @param now an article's age is measured at the end of this day (UTC), so that a feed is the same all day, and right all day
 */
export function madeFor(
  partner: Partner,
  document: FeedDocument,
  feed: FeedId,
  site: Site,
  now: Instant,
): FeedDocument {
  const end = endOfDay(now);
  return {
    ...document,
    self: { ...document.self, rss: `${site.url}${partPath(feed, partner.file)}` },
    items: document.items.filter(
      (item) => judge(partner.aggregator, parseItem(item), site, end).verdict !== "refuses",
    ),
  };
}
