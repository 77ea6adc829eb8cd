/** The parts of an article, by the names under which issues and the linter's findings speak of them. No I/O. */

/** In the order in which the API lists them. */
export const ARTICLE_PARTS = [
  "status",
  "id",
  "guid",
  "sections",
  "published",
  "expires",
  "headline",
  "summary",
  "body",
  "correction",
  "authors",
  "tags",
  "language",
  "link",
  "image",
  "attachments",
] as const;

export type ArticlePart = (typeof ARTICLE_PARTS)[number];
