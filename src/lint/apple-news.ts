/** Apple News: "RSS guidelines for Apple News", the elements of an item. Pure. */
import { noLink } from "./address.ts";
import { noBody, noHeadline, noSummary } from "./presence.ts";
import type { Aggregator, Check } from "./rule.ts";
import { characters } from "./size.ts";
import { count } from "./wording.ts";

// "Titles should be between …": a recommendation, so that it only warns.
const MIN_TITLE = 15;
const MAX_TITLE = 60;

const titleLength: Check = ({ title }) => {
  const length = characters(title);
  // noHeadline speaks of an empty one.
  if (length === 0 || (length >= MIN_TITLE && length <= MAX_TITLE)) return undefined;
  const bound = length < MIN_TITLE ? `should have ${MIN_TITLE}` : `should have at most ${MAX_TITLE}`;
  const found = count(length, "character");
  return { detail: `headline has ${found}, ${bound}`, found };
};

export const APPLE_NEWS: Aggregator = {
  id: "apple-news",
  name: "Apple News",
  source: "https://support.apple.com/guide/news-publisher/rss-guidelines-for-apple-news-apdc2c7520ff/icloud",
  rules: [
    {
      rule: "apple-news-title",
      severity: "refuses",
      field: "headline",
      requirement: "An item has a title.",
      check: noHeadline,
    },
    {
      rule: "apple-news-title-length",
      severity: "warns",
      field: "headline",
      requirement: `A title should have ${MIN_TITLE} to ${MAX_TITLE} characters.`,
      check: titleLength,
    },
    {
      rule: "apple-news-link",
      severity: "refuses",
      field: "link",
      requirement: "An item has the absolute address of its page.",
      check: noLink,
    },
    {
      rule: "apple-news-description",
      severity: "refuses",
      field: "summary",
      requirement: "An item has a description.",
      check: noSummary,
    },
    {
      rule: "apple-news-full-text",
      severity: "warns",
      field: "body",
      requirement: "A feed should carry the full text of an article.",
      check: noBody,
    },
  ],
};
