/**
 * Partners' limits: how much aggregators and search engines take, by their own documents. Feeds and sitemaps are written
 * within them, and the linter judges articles by them. No I/O.
 */

/** In characters, as are all titles and descriptions here ("MSN feed item metadata requirements"). */
export const MSN_MIN_TITLE = 20;
/** Of a title that comes without a short one. */
export const MSN_MAX_TITLE = 150;
/** Of what a card shows ("Feed content specifications in MSN Partner Hub", title guidelines). */
export const MSN_MAX_SHORT_TITLE = 54;
/** "MSN feed item metadata requirements", the published date: an article is younger. */
export const MSN_MAX_AGE_DAYS = 365;

/** Flipboard's RSS guidelines: shorter descriptions are taken, and shown with less care. */
export const FLIPBOARD_MIN_DESCRIPTION = 300;
/** The same, of an image's smallest side. */
export const FLIPBOARD_MIN_IMAGE_PIXELS = 500;

/** Of a channel ("SmartFormat Specification Version 2.1", <channel>: "30 characters or less"). */
export const SMARTNEWS_MAX_DESCRIPTION = 30;
/** Of a whole feed (the same): "1 MB", read in the strictest way. */
export const SMARTNEWS_MAX_FEED_BYTES = 1_000_000;

/** Of one article (Google, technical feed requirements): "1 MB per article", read in the strictest way. */
export const GOOGLE_FEED_MAX_ARTICLE_BYTES = 1_000_000;

/** A news sitemap lists the articles of the last two days, and 1000 at most (Google, "Create a news sitemap"). */
export const NEWS_SITEMAP_MAX_AGE_DAYS = 2;
export const NEWS_SITEMAP_MAX_ARTICLES = 1000;

/** Of addresses in a sitemap, and of sitemaps in an index of them (sitemaps.org, protocol 0.9). */
export const SITEMAP_MAX_ADDRESSES = 50_000;

/** Of one item (RSS Advisory Board, Best Practices Profile). */
export const RSS_PROFILE_MAX_ENCLOSURES = 1;
