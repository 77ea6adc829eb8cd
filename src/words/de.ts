/** The interface in German. */
import type { Tools } from "./tools.ts";
import type { Texts } from "./words.ts";

export const de = ({ name, plural, pageNumber }: Tools): Texts => ({
  skipToContent: "Zum Inhalt springen",
  sections: "Ressorts",
  allSections: "Alle Ressorts",
  subscribe: "Abonnieren",
  allFeeds: "Alle Feeds",
  publishedBy: (publisher) => `Herausgegeben von ${name(publisher)}`,
  frontPage: "Startseite",
  goToFrontPage: "Zur Startseite",

  nothingPublished: "Hier ist noch nichts erschienen.",
  latest: "Aktuelles",
  moreFrom: (section) => `Mehr aus ${name(section)}`,
  olderArticles: "Ältere Artikel",
  newerArticles: "Neuere Artikel",
  archive: "Archiv",
  archivePage: (page) => `Archiv, Seite ${pageNumber(page)}`,
  previousPage: "Vorige Seite",
  nextPage: "Nächste Seite",
  pages: "Seiten",
  numberedPage: (title, page) => `${name(title)}, Seite ${pageNumber(page)}`,
  articles: (count) => plural(count, { other: "# Artikel" }),

  by: "Von",
  updated: "Aktualisiert am",
  correction: "Korrektur",
  labelled: (label) => `${name(label)}:`,
  sectionsOfArticle: "Ressorts dieses Artikels",
  tagsOfArticle: "Schlagwörter dieses Artikels",
  credit: (who) => `Bild: ${name(who)}`,
  videoFrom: (host) => `Video von ${name(host)}`,
  table: "Tabelle",
  dateAndTime: (day, time) => `${day}, ${time} Uhr`,
  comma: ", ",

  feedsOf: (title) => `Feeds: ${name(title)}`,
  articlesBy: (author) => `Artikel von ${name(author)}`,
  latestFrom: (title, site) => `${name(title)}: das Neueste von ${name(site)}.`,

  feeds: "Feeds",
  feedsDescription: (site) => `Alle Feeds von ${name(site)} mit ihren Adressen.`,
  feedsIntroduction:
    "Ein Feedreader bringt Ihnen neue Artikel von selbst. Kopieren Sie die Adresse eines Feeds in Ihren Feedreader, oder abonnieren Sie ihn mit einem Link. RSS, Atom und JSON Feed enthalten dieselben Artikel: Nehmen Sie im Zweifel RSS.",
  allFeedsAtOnce: (file) => `Alle Feeds auf einmal: ${name(file)}, die fast jeder Feedreader einlesen kann.`,
  opmlFile: "eine OPML-Datei",
  wholeSite: "Das ganze Angebot",
  topics: "Themen",
  authors: "Autorinnen und Autoren",
  allAuthors: "Alle Autorinnen und Autoren",
  newestOnly: "Diese haben die neuesten Artikel.",
  subscribeWith: "Abonnieren mit",
  appOnThisDevice: "App auf diesem Gerät",
  forPartners: "Für Partner",
  allSectionsOf: (site) => `Alle Ressorts von ${name(site)}, jedes mit eigenen Feeds.`,
  allAuthorsOf: (site) => `Alle Autorinnen und Autoren von ${name(site)}, alle mit eigenen Feeds.`,

  archiveIn: (format) => `Archiv in ${name(format)}`,
  feedExplained: (format) =>
    `Dies ist ein Feed im Format ${name(format)}. Kopieren Sie seine Adresse in einen Feedreader, der Ihnen dann neue Artikel von selbst zeigt.`,
  archiveExplained: (format) =>
    `Dies ist eine Archivseite eines Feeds im Format ${name(format)}. Um den Feed zu abonnieren, kopieren Sie seine Adresse in einen Feedreader.`,
  addressOfFeed: "Adresse des Feeds",
  webPage: "Die Webseite",
  sourceOfFeed: "Der Quelltext des Feeds",

  notFound: "Hier ist nichts",
  notFoundDetail: "Keine Seite, kein Ressort und kein Artikel hat diese Adresse.",
  withdrawn: "Dieser Artikel wurde zurückgezogen",
  withdrawnBy: (publisher, day) => `${name(publisher)} hat ihn am ${day} zurückgezogen.`,
});
