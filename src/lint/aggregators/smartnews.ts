/** Rules of SmartNews: "SmartFormat Specification Version 2.1", the elements of an item. Pure. */
import { SMARTNEWS_MAX_FEED_BYTES } from "../../article/partner-limits.ts";
import { noLink } from "../address.ts";
import { noDate } from "../age.ts";
import { noImage } from "../image.ts";
import { noBody, noCreator, noHeadline, noId } from "../presence.ts";
import type { Aggregator } from "../rule.ts";
import { heavierThan } from "../size.ts";

export const SMARTNEWS: Aggregator = {
  id: "smartnews",
  name: "SmartNews",
  source:
    "https://publishers.smartnews.com/hc/en-us/articles/360036526213-SmartFormat-Specification-Version-2-1",
  rules: [
    {
      rule: "smartnews-size",
      severity: "refuses",
      field: "document",
      requirement: `A feed, and therefore each of its articles, has at most ${SMARTNEWS_MAX_FEED_BYTES} bytes.`,
      check: heavierThan(SMARTNEWS_MAX_FEED_BYTES),
    },
    {
      rule: "smartnews-title",
      severity: "refuses",
      field: "headline",
      requirement: "An item has a title.",
      check: noHeadline,
    },
    {
      rule: "smartnews-link",
      severity: "refuses",
      field: "link",
      requirement: "An item has the absolute address of its page.",
      check: noLink,
    },
    {
      rule: "smartnews-id",
      severity: "refuses",
      field: "id",
      requirement: "An item has a guid.",
      check: noId,
    },
    {
      rule: "smartnews-published",
      severity: "refuses",
      field: "published",
      requirement: "An item has a publication date.",
      check: noDate,
    },
    {
      rule: "smartnews-body",
      severity: "refuses",
      field: "body",
      requirement: "An item has its content in HTML.",
      check: noBody,
    },
    {
      rule: "smartnews-creator",
      severity: "refuses",
      field: "authors",
      requirement: "An item has a creator.",
      check: noCreator,
    },
    {
      rule: "smartnews-thumbnail",
      severity: "warns",
      field: "image",
      requirement: "An item has a thumbnail.",
      check: noImage,
    },
  ],
};
