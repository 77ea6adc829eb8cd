/** Rules of Flipboard's RSS guidelines, the fields of an item. Pure. */
import { characterCount } from "../../article/characters.ts";
import { FLIPBOARD_MIN_DESCRIPTION, FLIPBOARD_MIN_IMAGE_PIXELS } from "../../article/partner-limits.ts";
import { noLink } from "../address.ts";
import { noDate } from "../age.ts";
import { mainImage, noImage, smallestSide } from "../image.ts";
import { noCreator, noHeadline, noId, noSummary } from "../presence.ts";
import type { Aggregator, Check } from "../rule.ts";
import { count } from "../wording.ts";

const shortSummary: Check = ({ description, summary }) => {
  const length = characterCount(description);
  // The rule flipboard-description covers an empty one.
  if (length === 0 || length >= FLIPBOARD_MIN_DESCRIPTION) return undefined;
  const found = count(length, "character");
  const what = summary === undefined ? "beginning of the text" : "summary";
  return { detail: `${what} has ${found}, needs ${FLIPBOARD_MIN_DESCRIPTION}`, found };
};

const smallImage: Check = (item) => {
  const image = mainImage(item);
  if (image === undefined) return undefined;
  const { pixels } = smallestSide(image);
  if (!(pixels < FLIPBOARD_MIN_IMAGE_PIXELS)) return undefined;
  const found = count(pixels, "pixel");
  return { detail: `image has ${found} on its smallest side, needs ${FLIPBOARD_MIN_IMAGE_PIXELS}`, found };
};

const unmeasuredImage: Check = (item) => {
  const image = mainImage(item);
  if (image === undefined) return undefined;
  const { pixels, known } = smallestSide(image);
  // The rule flipboard-image-size covers an image that is too small by the side that is known.
  if (known || pixels < FLIPBOARD_MIN_IMAGE_PIXELS) return undefined;
  return {
    detail: `image has an unknown size, needs ${count(FLIPBOARD_MIN_IMAGE_PIXELS, "pixel")} on its smallest side`,
    found: "unknown size",
  };
};

export const FLIPBOARD: Aggregator = {
  id: "flipboard",
  name: "Flipboard",
  source: "https://flipboard.helpshift.com/hc/en/1-flipboard/faq/1023-resubmit-an-rss-feed/",
  rules: [
    {
      rule: "flipboard-title",
      severity: "refuses",
      field: "headline",
      requirement: "An item has a title.",
      check: noHeadline,
    },
    {
      rule: "flipboard-link",
      severity: "refuses",
      field: "link",
      requirement: "An item has the absolute address of its page.",
      check: noLink,
    },
    {
      rule: "flipboard-id",
      severity: "refuses",
      field: "id",
      requirement: "An item has a unique id.",
      check: noId,
    },
    {
      rule: "flipboard-published",
      severity: "refuses",
      field: "published",
      requirement: "An item has a publication date.",
      check: noDate,
    },
    {
      rule: "flipboard-creator",
      severity: "refuses",
      field: "authors",
      requirement: "An item names its authors.",
      check: noCreator,
    },
    {
      rule: "flipboard-description",
      severity: "refuses",
      field: "summary",
      requirement: "An item has a description.",
      check: noSummary,
    },
    {
      rule: "flipboard-description-length",
      severity: "warns",
      field: "summary",
      requirement: `A description has ${FLIPBOARD_MIN_DESCRIPTION} characters or more.`,
      check: shortSummary,
    },
    {
      rule: "flipboard-image",
      severity: "refuses",
      field: "image",
      requirement: "An item has an image.",
      check: noImage,
    },
    {
      rule: "flipboard-image-size",
      severity: "refuses",
      field: "image",
      requirement: `An image has ${FLIPBOARD_MIN_IMAGE_PIXELS} pixels or more on its smallest side.`,
      check: smallImage,
    },
    {
      rule: "flipboard-image-unmeasured",
      severity: "warns",
      field: "image",
      requirement: `An image has ${FLIPBOARD_MIN_IMAGE_PIXELS} pixels or more on its smallest side, and its width and height say so.`,
      check: unmeasuredImage,
    },
  ],
};
