/** The texts of the readers' interface, in the languages that have them. Pure. */
import { LRUCache } from "lru-cache";
import { isLanguageTag, primaryLanguage } from "../article/language.ts";
import { ar } from "./ar.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { pt } from "./pt.ts";
import { type Tools, toolsFor } from "./tools.ts";

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
  archivePage: (page: number) => string;
  previousPage: string;
  nextPage: string;
  /** The name of a list of links to other pages of the same. */
  pages: string;
  /** A title with the number of the page: "Authors, page 2". */
  numberedPage: (title: string, page: number) => string;
  articles: (count: number) => string;

  // An article.
  by: string;
  /** What stands before a day and a time. */
  updated: string;
  correction: string;
  /** A label before a text, with its colon: "Correction:". */
  labelled: (label: string) => string;
  sectionsOfArticle: string;
  tagsOfArticle: string;
  credit: (name: string) => string;
  /** The title of an embedded player, by its host. */
  videoFrom: (host: string) => string;
  /** The name of a region that scrolls sideways. */
  table: string;
  /** A day and a time of day, as Intl writes both. */
  dateAndTime: (day: string, time: string) => string;
  /** What stands between names in a list. */
  comma: string;

  // A topic, and its feeds.
  feedsOf: (title: string) => string;
  articlesBy: (author: string) => string;
  /** The description of a feed for which the owner has none. */
  latestFrom: (title: string, site: string) => string;

  // The directory of feeds, and the lists of all sections and of all authors.
  feeds: string;
  feedsDescription: (site: string) => string;
  feedsIntroduction: string;
  /** @param file a link with the text `opmlFile` */
  allFeedsAtOnce: (file: string) => string;
  opmlFile: string;
  wholeSite: string;
  /** The feeds that the owner defines. */
  topics: string;
  authors: string;
  allAuthors: string;
  newestOnly: string;
  subscribeWith: string;
  appOnThisDevice: string;
  forPartners: string;
  allSectionsOf: (site: string) => string;
  allAuthorsOf: (site: string) => string;

  // A feed's address, opened in a browser.
  /** @param format its name: "RSS" */
  archiveIn: (format: string) => string;
  feedExplained: (format: string) => string;
  archiveExplained: (format: string) => string;
  addressOfFeed: string;
  webPage: string;
  sourceOfFeed: string;

  // Notices.
  notFound: string;
  notFoundDetail: string;
  withdrawn: string;
  /** @param day as a date in this language */
  withdrawnBy: (publisher: string, day: string) => string;
};

/** The texts of one language, which a file of its own makes. */
export type Texts = Omit<Words, "language">;

/** The languages that have texts, by their primary subtags. */
export const LANGUAGES: ReadonlyMap<string, (tools: Tools) => Texts> = new Map([
  ["en", en],
  ["es", es],
  ["fr", fr],
  ["de", de],
  ["pt", pt],
  ["ar", ar],
]);

// A language's texts keep its plural rules, which cost more time than a page.
const words = new LRUCache<string, Words>({
  max: 100,
  memoMethod: (language) => {
    const texts = LANGUAGES.get(primaryLanguage(language)) ?? en;
    return { language, ...texts(toolsFor(language)) };
  },
});

/**
 * The texts for a page.
 * @param languages BCP 47 tags, the one that is wanted most first: an article's, then its site's
 * @returns those of the first language that has any, with its region's numbers; English ones where none has
 */
export function wordsFor(...languages: string[]): Words {
  const known = languages.find((tag) => LANGUAGES.has(primaryLanguage(tag)) && isLanguageTag(tag));
  return words.memo(known ?? "en");
}
