/** Rules of Google News, which reads the site's news sitemap and no feed. Pure. */
import { newsLanguage } from "../../article/language.ts";
import { NEWS_SITEMAP_MAX_AGE_DAYS } from "../../article/partner-limits.ts";
import { noLink } from "../address.ts";
import { ageInDays, noDate, readableDays } from "../age.ts";
import { noHeadline } from "../presence.ts";
import type { Aggregator, Check } from "../rule.ts";
import { count, quoted } from "../wording.ts";

const tooOld: Check = (item, _site, now) => {
  const days = ageInDays(item, now);
  if (!(days > NEWS_SITEMAP_MAX_AGE_DAYS)) return undefined;
  const found = count(readableDays(days), "day");
  return {
    detail: `article is ${found} old, the news sitemap lists only the last ${NEWS_SITEMAP_MAX_AGE_DAYS}`,
    found,
  };
};

const noLanguage: Check = ({ language }) =>
  newsLanguage(language) !== undefined
    ? undefined
    : { detail: `language ${quoted(language)} is not a language that it knows`, found: quoted(language) };

export const GOOGLE_NEWS: Aggregator = {
  id: "google-news",
  name: "Google News",
  source: "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap",
  rules: [
    {
      rule: "google-news-link",
      severity: "refuses",
      field: "link",
      requirement: "A sitemap lists an article by the absolute address of its page.",
      check: noLink,
    },
    {
      rule: "google-news-title",
      severity: "refuses",
      field: "headline",
      requirement: "An article has a title.",
      check: noHeadline,
    },
    {
      rule: "google-news-language",
      severity: "refuses",
      field: "language",
      requirement: "The publication's language is an ISO 639 code of two or three letters.",
      check: noLanguage,
    },
    {
      rule: "google-news-published",
      severity: "refuses",
      field: "published",
      requirement: "An article has a publication date.",
      check: noDate,
    },
    {
      rule: "google-news-age",
      severity: "warns",
      field: "published",
      requirement: `A news sitemap lists articles of the last ${NEWS_SITEMAP_MAX_AGE_DAYS} days.`,
      check: tooOld,
    },
  ],
};
