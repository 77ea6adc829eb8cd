/** MSN Partner Hub: "MSN feed item metadata requirements". Pure. */
import { primaryLanguage } from "../article/language.ts";
import { isWebAddress, noLink, notAbsolute } from "./address.ts";
import { ageInDays, noDate, readableDays } from "./age.ts";
import { tagIn } from "./markup.ts";
import { noBody, noId } from "./presence.ts";
import type { Aggregator, Check } from "./rule.ts";
import { characters } from "./size.ts";
import { count, quoted } from "./wording.ts";

const MIN_TITLE = 20;
const MAX_TITLE = 150;
const MAX_AGE_DAYS = 365;

const titleLength: Check = ({ title }) => {
  const length = characters(title);
  if (length >= MIN_TITLE && length <= MAX_TITLE) return undefined;
  const bound = length < MIN_TITLE ? `needs ${MIN_TITLE}` : `may have ${MAX_TITLE}`;
  const found = count(length, "character");
  return { detail: `headline has ${found}, ${bound}`, found };
};

const tooOld: Check = (item, _site, now) => {
  const days = ageInDays(item, now);
  if (!(days >= MAX_AGE_DAYS)) return undefined;
  const found = count(readableDays(days), "day");
  return { detail: `article is ${found} old, needs to be less than ${MAX_AGE_DAYS}`, found };
};

const otherLanguage: Check = ({ language }, site) => {
  if (primaryLanguage(language) === primaryLanguage(site.language)) return undefined;
  const found = quoted(language);
  return { detail: `article is in ${found}, only a section in that language has it in its feed`, found };
};

const imageAddress: Check = ({ image, images }) => {
  const all = image === undefined ? images : [image, ...images];
  const wrong = all.find(({ url }) => !isWebAddress(url));
  return wrong === undefined ? undefined : notAbsolute(wrong.url, "image");
};

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
      requirement: `A title has ${MIN_TITLE} to ${MAX_TITLE} characters.`,
      check: titleLength,
    },
    {
      rule: "msn-title-markup",
      severity: "refuses",
      field: "headline",
      requirement: "A title has no HTML tags.",
      check: ({ title }) => tagIn(title, "headline"),
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
      rule: "msn-image-address",
      severity: "refuses",
      field: "image",
      requirement: "The addresses of images are absolute.",
      check: imageAddress,
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
      requirement: `An article is less than ${MAX_AGE_DAYS} days old.`,
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
