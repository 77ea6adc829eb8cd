/** The interface in French. A no-break space stands before a colon, a narrow one inside of guillemets. */
import type { Tools } from "./tools.ts";
import type { Texts } from "./words.ts";

export const fr = ({ name, plural, pageNumber }: Tools): Texts => ({
  skipToContent: "Aller au contenu",
  sections: "Rubriques",
  allSections: "Toutes les rubriques",
  subscribe: "S’abonner",
  allFeeds: "Tous les flux",
  publishedBy: (publisher) => `Publié par ${name(publisher)}`,
  frontPage: "La une",
  goToFrontPage: "Aller à la une",

  nothingPublished: "Rien n’a encore été publié ici.",
  latest: "Dernières nouvelles",
  moreFrom: (section) => `À lire aussi dans «\u202F${name(section)}\u202F»`,
  olderArticles: "Articles plus anciens",
  newerArticles: "Articles plus récents",
  archive: "Archives",
  archivePage: (page) => `Archives, page ${pageNumber(page)}`,
  previousPage: "Page précédente",
  nextPage: "Page suivante",
  pages: "Pages",
  numberedPage: (title, page) => `${name(title)}, page ${pageNumber(page)}`,
  articles: (count) => plural(count, { one: "# article", other: "# articles" }),

  by: "Par",
  updated: "Mis à jour le",
  correction: "Rectificatif",
  labelled: (label) => `${name(label)}\u00A0:`,
  sectionsOfArticle: "Rubriques de cet article",
  tagsOfArticle: "Mots-clés de cet article",
  credit: (who) => `Image\u00A0: ${name(who)}`,
  videoFrom: (host) => `Vidéo de ${name(host)}`,
  table: "Tableau",
  // Newspapers write 07h07.
  dateAndTime: (day, time) => `${day} à ${time.replace(/^(\d+):(\d+)/, "$1h$2")}`,
  comma: ", ",

  feedsOf: (title) => `Flux\u00A0: ${name(title)}`,
  articlesBy: (author) => `Articles de ${name(author)}`,
  latestFrom: (title, site) => `${name(title)}\u00A0: les dernières nouvelles de ${name(site)}.`,

  feeds: "Flux",
  feedsDescription: (site) => `Tous les flux de ${name(site)}, avec leurs adresses.`,
  feedsIntroduction:
    "Un lecteur de flux vous apporte les nouveaux articles de lui-même. Copiez l’adresse d’un flux dans votre lecteur, ou servez-vous d’un lien pour vous abonner. RSS, Atom et JSON Feed contiennent les mêmes articles\u00A0: dans le doute, prenez RSS.",
  allFeedsAtOnce: (file) =>
    `Tous les flux à la fois\u00A0: ${name(file)}, que la plupart des lecteurs savent importer.`,
  opmlFile: "un fichier OPML",
  wholeSite: "Tout le site",
  topics: "Thèmes",
  authors: "Auteurs",
  allAuthors: "Tous les auteurs",
  newestOnly: "Cette liste ne montre que le plus récent.",
  subscribeWith: "S’abonner avec",
  appOnThisDevice: "Une application de cet appareil",
  forPartners: "Pour les partenaires",
  allSectionsOf: (site) => `Toutes les rubriques de ${name(site)}, chacune avec ses flux.`,
  allAuthorsOf: (site) => `Tous les auteurs de ${name(site)}, chacun avec ses flux.`,

  archiveIn: (format) => `Archives en ${name(format)}`,
  feedExplained: (format) =>
    `Ceci est un flux au format ${name(format)}. Copiez son adresse dans un lecteur de flux, qui vous montrera de lui-même les nouveaux articles.`,
  archiveExplained: (format) =>
    `Ceci est une page des archives d’un flux au format ${name(format)}. Pour vous abonner au flux, copiez son adresse dans un lecteur de flux.`,
  addressOfFeed: "Adresse du flux",
  webPage: "La page web",
  sourceOfFeed: "Le code source du flux",

  notFound: "Il n’y a rien ici",
  notFoundDetail: "Aucune page, aucune rubrique et aucun article n’a cette adresse.",
  withdrawn: "Cet article a été retiré",
  withdrawnBy: (publisher, day) => `${name(publisher)} l’a retiré le ${day}.`,
});
