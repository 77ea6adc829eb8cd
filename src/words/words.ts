/** The texts of the readers' interface, in the languages that have them. Pure. */
import { en } from "./en.ts";

/** All texts of the interface in one language. Texts are plain text; a function fills in a name or a number. */
export type Words = {
  /** The BCP 47 tag of the language that these texts are in. */
  language: string;

  // The masthead and the foot of every page.
  skipToContent: string;
  sections: string;
  allSections: string;
  subscribe: string;
  allFeeds: string;
  publishedBy: (publisher: string) => string;
  frontPage: string;
  goToFrontPage: string;

  // Lists of articles.
  nothingPublished: string;
  latest: string;
  moreFrom: (section: string) => string;
  olderArticles: string;
  newerArticles: string;
  archive: string;
  archivePage: (page: string) => string;
  previousPage: string;
  nextPage: string;
  articles: (count: number) => string;

  // An article.
  by: string;
  updated: string;
  correction: string;
  sectionsOfArticle: string;
  tagsOfArticle: string;
  credit: (name: string) => string;
  /** The title of an embedded player, by its host. */
  videoFrom: (host: string) => string;
  /** The name of a region that scrolls sideways. */
  table: string;

  // A topic, and its feeds.
  feedsOf: (title: string) => string;
  articlesBy: (author: string) => string;

  // Notices.
  notFound: string;
  notFoundDetail: string;
  withdrawn: string;
  /** @param day as a date in this language */
  withdrawnBy: (publisher: string, day: string) => string;
};

const LANGUAGES: readonly Words[] = [en];

/**
 * The texts for a page.
 * @param language a BCP 47 tag, such as the site's
 * @returns those of its primary language; the English ones where there are none
 */
export function wordsFor(language: string): Words {
  const [primary = ""] = language.toLowerCase().split("-");
  return LANGUAGES.find((words) => words.language === primary) ?? en;
}
