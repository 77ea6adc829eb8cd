/**
 * Rules of Google's technical feed requirements. Google products other than Google News may still read feeds by them.
 * Pure.
 */
import { GOOGLE_FEED_MAX_ARTICLE_BYTES } from "../../article/partner-limits.ts";
import { noBody, noId } from "../presence.ts";
import type { Aggregator, Check } from "../rule.ts";
import { heavierThan } from "../size.ts";
import { quoted } from "../wording.ts";

const scriptOrStyle: Check = ({ tags }) => {
  for (const { name, attributes } of tags) {
    const isRemoved = name === "script" || name === "style";
    if (!isRemoved && !attributes.has("style")) continue;
    const found = quoted(isRemoved ? `<${name}>` : `style="${attributes.get("style")}"`);
    return { detail: `body contains ${found}, which is removed`, found };
  }
  return undefined;
};

export const GOOGLE_FEED: Aggregator = {
  id: "google-feed",
  name: "Google's feed specification",
  source: "https://support.google.com/news/publisher-center/answer/9545420",
  rules: [
    {
      rule: "google-feed-id",
      severity: "refuses",
      field: "id",
      requirement: "An article has an id, which no update changes.",
      check: noId,
    },
    {
      rule: "google-feed-size",
      severity: "refuses",
      field: "document",
      requirement: `An article has at most ${GOOGLE_FEED_MAX_ARTICLE_BYTES} bytes.`,
      check: heavierThan(GOOGLE_FEED_MAX_ARTICLE_BYTES),
    },
    {
      rule: "google-feed-full-text",
      severity: "warns",
      field: "body",
      requirement: "A feed carries the full text of an article.",
      check: noBody,
    },
    {
      rule: "google-feed-script",
      severity: "warns",
      field: "body",
      requirement: "A body has no script and no style: both are removed.",
      check: scriptOrStyle,
    },
  ],
};
