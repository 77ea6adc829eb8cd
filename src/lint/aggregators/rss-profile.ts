/**
 * Rules of the RSS Advisory Board's Best Practices Profile. They are recommendations, so they warn and never refuse.
 * Pure.
 */
import { RSS_PROFILE_MAX_ENCLOSURES } from "../../article/partner-limits.ts";
import { isAbsolute, noLink, notAbsolute } from "../address.ts";
import { markupIn } from "../markup.ts";
import type { Aggregator, Check } from "../rule.ts";
import { count } from "../wording.ts";

const ADDRESSES = ["href", "src"];

const authorsMarkup: Check = ({ authors }) =>
  markupIn(authors.map(({ name }) => name).join(", "), "author's name");

const lostAttachments: Check = ({ attachments: { length } }) => {
  if (length <= RSS_PROFILE_MAX_ENCLOSURES) return undefined;
  const found = count(length, "attachment");
  return { detail: `article has ${found}, RSS carries only the first`, found };
};

const attachmentAddress: Check = ({ attachments }) => {
  const wrong = attachments.find(({ url }) => !isAbsolute(url));
  return wrong === undefined ? undefined : notAbsolute(wrong.url, "attachment");
};

const bodyAddress: Check = ({ tags }) => {
  for (const { name, attributes } of tags) {
    for (const attribute of ADDRESSES) {
      const address = attributes.get(attribute);
      if (address !== undefined && !isAbsolute(address)) return notAbsolute(address, `<${name}>`);
    }
  }
  return undefined;
};

export const RSS_PROFILE: Aggregator = {
  id: "rss-profile",
  name: "RSS profile",
  source: "https://www.rssboard.org/rss-profile",
  rules: [
    {
      rule: "rss-profile-title-markup",
      severity: "warns",
      field: "headline",
      requirement: "A title is plain text.",
      check: ({ title }) => markupIn(title, "headline"),
    },
    {
      rule: "rss-profile-creator-markup",
      severity: "warns",
      field: "authors",
      requirement: "An author's name is plain text.",
      check: authorsMarkup,
    },
    {
      rule: "rss-profile-enclosures",
      severity: "warns",
      field: "attachments",
      requirement: `An item has at most ${count(RSS_PROFILE_MAX_ENCLOSURES, "enclosure")}.`,
      check: lostAttachments,
    },
    {
      rule: "rss-profile-link",
      severity: "warns",
      field: "link",
      requirement: "The address of an item is absolute.",
      check: noLink,
    },
    {
      rule: "rss-profile-enclosure-address",
      severity: "warns",
      field: "attachments",
      requirement: "The address of an enclosure is absolute.",
      check: attachmentAddress,
    },
    {
      rule: "rss-profile-body-address",
      severity: "warns",
      field: "body",
      requirement: "The addresses in a body are absolute.",
      check: bodyAddress,
    },
  ],
};
