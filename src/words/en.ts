/** The interface in English. */
import type { Tools } from "./tools.ts";
import type { Texts } from "./words.ts";

export const en = ({ name, plural, pageNumber }: Tools): Texts => ({
  skipToContent: "Skip to content",
  sections: "Sections",
  allSections: "All sections",
  subscribe: "Subscribe",
  allFeeds: "All feeds",
  publishedBy: (publisher) => `Published by ${name(publisher)}`,
  frontPage: "Front page",
  goToFrontPage: "Go to the front page",

  nothingPublished: "Nothing has been published here yet.",
  latest: "Latest",
  moreFrom: (section) => `More from ${name(section)}`,
  olderArticles: "Older articles",
  newerArticles: "Newer articles",
  archive: "Archive",
  archivePage: (page) => `Archive, page ${pageNumber(page)}`,
  previousPage: "Previous page",
  nextPage: "Next page",
  pages: "Pages",
  numberedPage: (title, page) => `${name(title)}, page ${pageNumber(page)}`,
  articles: (count) => plural(count, { one: "# article", other: "# articles" }),

  by: "By",
  updated: "Updated",
  correction: "Correction",
  labelled: (label) => `${name(label)}:`,
  sectionsOfArticle: "Sections of this article",
  tagsOfArticle: "Tags of this article",
  credit: (who) => `Picture: ${name(who)}`,
  videoFrom: (host) => `Video from ${name(host)}`,
  table: "Table",
  dateAndTime: (day, time) => `${day}, ${time}`,
  comma: ", ",

  feedsOf: (title) => `Feeds: ${name(title)}`,
  articlesBy: (author) => `Articles by ${name(author)}`,
  latestFrom: (title, site) => `${name(title)}: the latest from ${name(site)}.`,

  feeds: "Feeds",
  feedsDescription: (site) => `All feeds of ${name(site)}, with their addresses.`,
  feedsIntroduction:
    "A feed reader brings you new articles by itself. Copy the address of a feed into your reader, or use a link to subscribe. RSS, Atom and JSON Feed have the same articles: if in doubt, take RSS.",
  allFeedsAtOnce: (file) => `All feeds at once: ${name(file)}, which most feed readers can import.`,
  opmlFile: "an OPML file",
  wholeSite: "The whole site",
  topics: "Topics",
  authors: "Authors",
  allAuthors: "All authors",
  newestOnly: "These have the newest articles.",
  subscribeWith: "Subscribe with",
  appOnThisDevice: "An app on this device",
  forPartners: "For partners",
  allSectionsOf: (site) => `All sections of ${name(site)}, each with its own feeds.`,
  allAuthorsOf: (site) => `All authors of ${name(site)}, each with their own feeds.`,

  archiveIn: (format) => `${name(format)} archive`,
  feedExplained: (format) =>
    `This is a feed in the format ${name(format)}. Copy its address into a feed reader, which then shows you new articles by itself.`,
  archiveExplained: (format) =>
    `This is an archive page of a feed in the format ${name(format)}. To subscribe to the feed, copy its address into a feed reader.`,
  addressOfFeed: "Address of the feed",
  webPage: "The web page",
  sourceOfFeed: "The feed’s source",

  notFound: "There is nothing here",
  notFoundDetail: "No page, section or article has this address.",
  withdrawn: "This article was withdrawn",
  withdrawnBy: (publisher, day) => `${name(publisher)} withdrew it on ${day}.`,
});
