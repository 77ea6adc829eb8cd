/** The interface in English. */
import type { Words } from "./words.ts";

export const en: Words = {
  language: "en",

  skipToContent: "Skip to content",
  sections: "Sections",
  allSections: "All sections",
  subscribe: "Subscribe",
  allFeeds: "All feeds",
  publishedBy: (publisher) => `Published by ${publisher}`,
  frontPage: "Front page",
  goToFrontPage: "Go to the front page",

  nothingPublished: "Nothing has been published here yet.",
  latest: "Latest",
  moreFrom: (section) => `More from ${section}`,
  olderArticles: "Older articles",
  newerArticles: "Newer articles",
  archive: "Archive",
  archivePage: (page) => `Archive, page ${page}`,
  previousPage: "Previous page",
  nextPage: "Next page",
  articles: (count) => (count === 1 ? "1 article" : `${count} articles`),

  by: "By",
  updated: "Updated",
  correction: "Correction",
  sectionsOfArticle: "Sections of this article",
  tagsOfArticle: "Tags of this article",
  credit: (name) => `Picture: ${name}`,
  videoFrom: (host) => `Video from ${host}`,
  table: "Table",

  feedsOf: (title) => `Feeds: ${title}`,
  articlesBy: (author) => `Articles by ${author}`,

  notFound: "There is nothing here",
  notFoundDetail: "No page, section or article has this address.",
  withdrawn: "This article was withdrawn",
  withdrawnBy: (publisher, day) => `${publisher} withdrew it on ${day}.`,
};
