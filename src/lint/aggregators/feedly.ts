/** Rules of Feedly: "10 ways to optimize your feed for Feedly", as far as it concerns an article. Pure. */
import { noImage } from "../image.ts";
import type { Aggregator } from "../rule.ts";

export const FEEDLY: Aggregator = {
  id: "feedly",
  name: "Feedly",
  source: "https://blog.feedly.com/10-ways-to-optimize-your-feed-for-feedly/",
  rules: [
    {
      rule: "feedly-image",
      severity: "warns",
      field: "image",
      requirement: "An article has a good first image, which stands for it in lists.",
      check: noImage,
    },
  ],
};
