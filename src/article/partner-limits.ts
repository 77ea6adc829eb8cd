/**
 * Partners' limits: how much aggregators and search engines take, by their own documents. Feeds and sitemaps keep them, and
 * the linter judges articles by them. Lengths are in characters, as `characterCount` counts them. No I/O.
 */

/** The length of a title ("MSN feed item metadata requirements"). */
export const MSN_MIN_TITLE = 20;
/** The same, for a title without a short one. */
export const MSN_MAX_TITLE = 150;
/** The length of a title on a card ("Feed content specifications in MSN Partner Hub", title guidelines). */
export const MSN_MAX_SHORT_TITLE = 54;
/** An article must be younger ("MSN feed item metadata requirements", the published date). */
export const MSN_MAX_AGE_DAYS = 365;

/** The size of an image ("Feed content specifications in MSN Partner Hub", images): "15MB", read in the strictest way. */
export const MSN_MAX_IMAGE_BYTES = 15_000_000;
/** The formats of images (the same). */
export const MSN_IMAGE_TYPES: readonly string[] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/** The width of an image that Google Discover shows large (Google, "Get on Discover"). */
export const DISCOVER_MIN_IMAGE_WIDTH = 1200;

/** The length of a description (Flipboard's RSS guidelines). */
export const FLIPBOARD_MIN_DESCRIPTION = 300;
/** The smallest side of an image (the same). */
export const FLIPBOARD_MIN_IMAGE_PIXELS = 500;

/** The length of a channel's description ("SmartFormat Specification Version 2.1", <channel>: "30 characters or less"). */
export const SMARTNEWS_MAX_DESCRIPTION = 30;
/** The size of a whole feed (the same): "1 MB", read in the strictest way. */
export const SMARTNEWS_MAX_FEED_BYTES = 1_000_000;

/** The size of an article (Google, technical feed requirements): "1 MB per article", read in the strictest way. */
export const GOOGLE_FEED_MAX_ARTICLE_BYTES = 1_000_000;

/** A news sitemap lists articles of the last two days, and at most 1000 (Google, "Create a news sitemap"). */
export const NEWS_SITEMAP_MAX_AGE_DAYS = 2;
export const NEWS_SITEMAP_MAX_ARTICLES = 1000;

/** The addresses in a sitemap, and the sitemaps in an index of them (sitemaps.org, protocol 0.9). */
export const SITEMAP_MAX_ADDRESSES = 50_000;

/** The enclosures of an item (RSS Advisory Board, Best Practices Profile). */
export const RSS_PROFILE_MAX_ENCLOSURES = 1;
