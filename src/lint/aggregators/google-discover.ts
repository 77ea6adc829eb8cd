/** Rules of Google Discover, which reads an article's page: "Get on Discover", as far as it concerns an image. Pure. */
import { DISCOVER_MIN_IMAGE_WIDTH } from "../../article/partner-limits.ts";
import { mainImage, noImage } from "../image.ts";
import type { Aggregator, Check } from "../rule.ts";
import { count } from "../wording.ts";

/** An image whose width nobody knows is not judged: Google measures it. */
const narrowImage: Check = (item) => {
  const width = mainImage(item)?.width;
  if (width === undefined || width >= DISCOVER_MIN_IMAGE_WIDTH) return undefined;
  const found = count(width, "pixel");
  return {
    detail: `image is ${found} wide, needs ${DISCOVER_MIN_IMAGE_WIDTH} to be shown large`,
    found,
  };
};

export const GOOGLE_DISCOVER: Aggregator = {
  id: "google-discover",
  name: "Google Discover",
  source: "https://developers.google.com/search/docs/appearance/google-discover",
  rules: [
    {
      rule: "google-discover-image",
      severity: "warns",
      field: "image",
      requirement: "An article has an image, which stands for it.",
      check: noImage,
    },
    {
      rule: "google-discover-image-width",
      severity: "warns",
      field: "image",
      requirement: `An image that is shown large is at least ${DISCOVER_MIN_IMAGE_WIDTH} pixels wide.`,
      check: narrowImage,
    },
  ],
};
