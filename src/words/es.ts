/** The interface in Spanish. */
import type { Tools } from "./tools.ts";
import type { Texts } from "./words.ts";

export const es = ({ name, plural, pageNumber }: Tools): Texts => ({
  skipToContent: "Ir al contenido",
  sections: "Secciones",
  allSections: "Todas las secciones",
  subscribe: "Suscribirse",
  allFeeds: "Todos los canales",
  publishedBy: (publisher) => `Publicado por ${name(publisher)}`,
  frontPage: "Portada",
  goToFrontPage: "Ir a la portada",

  nothingPublished: "Todavía no se ha publicado nada aquí.",
  latest: "Lo último",
  moreFrom: (section) => `Más de ${name(section)}`,
  olderArticles: "Artículos anteriores",
  newerArticles: "Artículos más recientes",
  archive: "Hemeroteca",
  archivePage: (page) => `Hemeroteca, página ${pageNumber(page)}`,
  previousPage: "Página anterior",
  nextPage: "Página siguiente",
  pages: "Páginas",
  numberedPage: (title, page) => `${name(title)}, página ${pageNumber(page)}`,
  articles: (count) => plural(count, { one: "# artículo", other: "# artículos" }),

  by: "Por",
  updated: "Actualizado el",
  correction: "Fe de errores",
  labelled: (label) => `${name(label)}:`,
  sectionsOfArticle: "Secciones de este artículo",
  tagsOfArticle: "Etiquetas de este artículo",
  credit: (who) => `Imagen: ${name(who)}`,
  videoFrom: (host) => `Vídeo de ${name(host)}`,
  table: "Tabla",
  dateAndTime: (day, time) => `${day}, ${time}`,
  comma: ", ",

  feedsOf: (title) => `Canales: ${name(title)}`,
  articlesBy: (author) => `Artículos de ${name(author)}`,
  latestFrom: (title, site) => `${name(title)}: lo último de ${name(site)}.`,

  feeds: "Canales",
  feedsDescription: (site) => `Todos los canales de ${name(site)}, con sus direcciones.`,
  feedsIntroduction:
    "Un lector de canales le trae los artículos nuevos sin que tenga que buscarlos. Copie la dirección de un canal en su lector o use un enlace para suscribirse. RSS, Atom y JSON Feed contienen los mismos artículos: en caso de duda, elija RSS.",
  allFeedsAtOnce: (file) =>
    `Todos los canales a la vez: ${name(file)}, que casi todos los lectores pueden importar.`,
  opmlFile: "un archivo OPML",
  wholeSite: "Todo el sitio",
  topics: "Temas",
  authors: "Autores",
  allAuthors: "Todos los autores",
  newestOnly: "Esta lista solo muestra lo más reciente.",
  subscribeWith: "Suscribirse con",
  appOnThisDevice: "Una aplicación de este dispositivo",
  forPartners: "Para socios",
  allSectionsOf: (site) => `Todas las secciones de ${name(site)}, cada una con sus canales.`,
  allAuthorsOf: (site) => `Todos los autores de ${name(site)}, cada uno con sus canales.`,

  archiveIn: (format) => `Archivo en ${name(format)}`,
  feedExplained: (format) =>
    `Esto es un canal en formato ${name(format)}. Copie su dirección en un lector de canales, que le mostrará los artículos nuevos en cuanto salgan.`,
  archiveExplained: (format) =>
    `Esto es una página del archivo de un canal en formato ${name(format)}. Para suscribirse al canal, copie su dirección en un lector de canales.`,
  addressOfFeed: "Dirección del canal",
  webPage: "La página web",
  sourceOfFeed: "El código del canal",

  notFound: "Aquí no hay nada",
  notFoundDetail: "Ninguna página, sección ni artículo tiene esta dirección.",
  withdrawn: "Este artículo ha sido retirado",
  withdrawnBy: (publisher, day) => `${name(publisher)} lo retiró el ${day}.`,
});
