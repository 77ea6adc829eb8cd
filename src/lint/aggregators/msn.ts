/**
 * Rules of MSN Partner Hub: "MSN feed item metadata requirements" and "Feed content specifications in MSN Partner
 * Hub". Pure.
 */
import { characterCount } from "../../article/characters.ts";
import { primaryLanguage } from "../../article/language.ts";
import {
  MSN_IMAGE_TYPES,
  MSN_MAX_AGE_DAYS,
  MSN_MAX_IMAGE_BYTES,
  MSN_MAX_SHORT_TITLE,
  MSN_MAX_TITLE,
  MSN_MIN_TITLE,
} from "../../article/partner-limits.ts";
import { shortTitleOf } from "../../feed/short-title.ts";
import { isWebAddress, noLink, notAbsolute } from "../address.ts";
import { ageInDays, noDate, readableDays } from "../age.ts";
import { heavierImage, mainImage, otherImage } from "../image.ts";
import { tagIn } from "../markup.ts";
import { noBody, noId } from "../presence.ts";
import type { Aggregator, Check } from "../rule.ts";
import { count, quoted } from "../wording.ts";

// States the title guidelines and the conditions for being published automatically.
const CONTENT_SPECIFICATIONS =
  "https://support.microsoft.com/en-us/msn/partner-hub/feed-content-specifications-in-msn-partner-hub";
const ADVICE = `add one of at most ${MSN_MAX_SHORT_TITLE} in short_title`;

const titleLength: Check = (item) => {
  const length = characterCount(item.title);
  const found = count(length, "character");
  if (length < MSN_MIN_TITLE) return { detail: `headline has ${found}, needs ${MSN_MIN_TITLE}`, found };
  if (length <= MSN_MAX_TITLE || shortTitleOf(item) !== undefined) return undefined;
  return {
    detail: `headline has ${found}, may have ${MSN_MAX_TITLE} without a short headline: ${ADVICE}`,
    found,
  };
};

const noShortTitle: Check = (item) => {
  const length = characterCount(item.title);
  // The rule msn-title-length covers a title that is refused.
  if (length <= MSN_MAX_SHORT_TITLE || length > MSN_MAX_TITLE || shortTitleOf(item) !== undefined)
    return undefined;
  const found = count(length, "character");
  return {
    detail: `headline has ${found}, may have ${MSN_MAX_SHORT_TITLE} without a short headline: ${ADVICE}`,
    found,
  };
};

const shortTitleLength: Check = (item) => {
  const length = characterCount(shortTitleOf(item) ?? "");
  if (length <= MSN_MAX_SHORT_TITLE) return undefined;
  const found = count(length, "character");
  return { detail: `short headline has ${found}, may have ${MSN_MAX_SHORT_TITLE}`, found };
};

const titleMarkup: Check = (item) =>
  tagIn(item.title, "headline") ?? tagIn(shortTitleOf(item) ?? "", "short headline");

const tooOld: Check = (item, _site, now) => {
  const days = ageInDays(item, now);
  if (!(days >= MSN_MAX_AGE_DAYS)) return undefined;
  const found = count(readableDays(days), "day");
  return { detail: `article is ${found} old, needs to be less than ${MSN_MAX_AGE_DAYS}`, found };
};

const otherLanguage: Check = ({ language }, site) => {
  if (primaryLanguage(language) === primaryLanguage(site.language)) return undefined;
  const found = quoted(language);
  return { detail: `article is in ${found}, so only the feed of a section in that language shows it`, found };
};

const imageAddress: Check = ({ image, images }) => {
  const all = image === undefined ? images : [image, ...images];
  const wrong = all.find(({ url }) => !isWebAddress(url));
  return wrong === undefined ? undefined : notAbsolute(wrong.url, "image");
};

const notAutomatic: Check = (item) =>
  mainImage(item) === undefined
    ? { detail: "article has no image, so it isn't published automatically", found: "no image" }
    : undefined;

export const MSN: Aggregator = {
  id: "msn",
  name: "MSN Partner Hub",
  short: "MSN",
  source:
    "https://support.microsoft.com/en-us/topic/msn-feed-item-metadata-requirements-0114c19c-36bb-4fef-8322-4a1ed6888329",
  rules: [
    {
      rule: "msn-id",
      severity: "refuses",
      field: "id",
      requirement: "An article has an id that never changes.",
      check: noId,
    },
    {
      rule: "msn-title-length",
      severity: "refuses",
      field: "headline",
      requirement: `A title has ${MSN_MIN_TITLE} to ${MSN_MAX_TITLE} characters, or more if it has a short title.`,
      check: titleLength,
    },
    {
      rule: "msn-short-title",
      severity: "warns",
      field: "headline",
      requirement: `An article with a title of more than ${MSN_MAX_SHORT_TITLE} characters has a short title, which cards show.`,
      source: CONTENT_SPECIFICATIONS,
      check: noShortTitle,
    },
    {
      rule: "msn-short-title-length",
      severity: "warns",
      field: "headline",
      requirement: `A short title has at most ${MSN_MAX_SHORT_TITLE} characters.`,
      source: CONTENT_SPECIFICATIONS,
      check: shortTitleLength,
    },
    {
      rule: "msn-title-markup",
      severity: "refuses",
      field: "headline",
      requirement: "A title has no HTML tags.",
      check: titleMarkup,
    },
    {
      rule: "msn-abstract-markup",
      severity: "refuses",
      field: "summary",
      requirement: "An abstract is plain text.",
      check: ({ description }) => tagIn(description, "summary"),
    },
    {
      rule: "msn-body",
      severity: "refuses",
      field: "body",
      requirement: "An article has a body, in HTML.",
      check: noBody,
    },
    {
      rule: "msn-image",
      severity: "warns",
      field: "image",
      requirement: "Only an article with an image is published automatically.",
      source: CONTENT_SPECIFICATIONS,
      check: notAutomatic,
    },
    {
      rule: "msn-image-address",
      severity: "refuses",
      field: "image",
      // "Feed management FAQ for MSN Partner Hub" has the second half: no single article shows it.
      requirement: "The addresses of images are absolute, and an image that changes gets a new address.",
      check: imageAddress,
    },
    {
      rule: "msn-image-size",
      severity: "warns",
      field: "image",
      requirement: `An image has at most ${MSN_MAX_IMAGE_BYTES} bytes.`,
      source: CONTENT_SPECIFICATIONS,
      check: heavierImage(MSN_MAX_IMAGE_BYTES, MSN_IMAGE_TYPES),
    },
    {
      rule: "msn-image-type",
      severity: "warns",
      field: "image",
      requirement: "An image is a JPEG, a PNG, a GIF or a WebP.",
      source: CONTENT_SPECIFICATIONS,
      check: otherImage(MSN_IMAGE_TYPES),
    },
    {
      rule: "msn-language",
      severity: "warns",
      field: "language",
      requirement: "A feed has one language.",
      check: otherLanguage,
    },
    {
      rule: "msn-published",
      severity: "refuses",
      field: "published",
      requirement: "An article has a publication date.",
      check: noDate,
    },
    {
      rule: "msn-age",
      severity: "refuses",
      field: "published",
      requirement: `An article is less than ${MSN_MAX_AGE_DAYS} days old.`,
      check: tooOld,
    },
    {
      rule: "msn-link",
      severity: "refuses",
      field: "link",
      requirement: "An article has the address of its page on the publisher's website.",
      check: noLink,
    },
  ],
};
