/** The interface in Portuguese, in the spelling of Brazil, which is what the bare tag `pt` means (Unicode CLDR, likely subtags). */
import type { Tools } from "./tools.ts";
import type { Texts } from "./words.ts";

export const pt = ({ name, plural, pageNumber }: Tools): Texts => ({
  skipToContent: "Ir para o conteúdo",
  sections: "Editorias",
  allSections: "Todas as editorias",
  subscribe: "Assinar",
  allFeeds: "Todos os feeds",
  publishedBy: (publisher) => `Publicado por ${name(publisher)}`,
  frontPage: "Capa",
  goToFrontPage: "Ir para a capa",

  nothingPublished: "Nada foi publicado aqui ainda.",
  latest: "Últimas notícias",
  moreFrom: (section) => `Mais em ${name(section)}`,
  olderArticles: "Artigos mais antigos",
  newerArticles: "Artigos mais recentes",
  archive: "Arquivo",
  archivePage: (page) => `Arquivo, página ${pageNumber(page)}`,
  previousPage: "Página anterior",
  nextPage: "Próxima página",
  pages: "Páginas",
  numberedPage: (title, page) => `${name(title)}, página ${pageNumber(page)}`,
  articles: (count) => plural(count, { one: "# artigo", other: "# artigos" }),

  by: "Por",
  updated: "Atualizado em",
  correction: "Correção",
  labelled: (label) => `${name(label)}:`,
  sectionsOfArticle: "Editorias deste artigo",
  tagsOfArticle: "Etiquetas deste artigo",
  credit: (who) => `Imagem: ${name(who)}`,
  videoFrom: (host) => `Vídeo de ${name(host)}`,
  table: "Tabela",
  dateAndTime: (day, time) => `${day}, ${time}`,
  comma: ", ",

  feedsOf: (title) => `Feeds: ${name(title)}`,
  articlesBy: (author) => `Artigos de ${name(author)}`,
  latestFrom: (title, site) => `${name(title)}: as últimas notícias de ${name(site)}.`,

  feeds: "Feeds",
  feedsDescription: (site) => `Todos os feeds de ${name(site)}, com seus endereços.`,
  feedsIntroduction:
    "Um leitor de feeds traz os novos artigos até você. Copie o endereço de um feed para o seu leitor ou use um link para assinar. RSS, Atom e JSON Feed contêm os mesmos artigos: na dúvida, escolha RSS.",
  allFeedsAtOnce: (file) =>
    `Todos os feeds de uma vez: ${name(file)}, que quase todos os leitores conseguem importar.`,
  opmlFile: "um arquivo OPML",
  wholeSite: "O site inteiro",
  topics: "Temas",
  authors: "Autores",
  allAuthors: "Todos os autores",
  newestOnly: "Esta lista traz só o mais recente.",
  subscribeWith: "Assinar com",
  appOnThisDevice: "Um aplicativo neste dispositivo",
  forPartners: "Para parceiros",
  allSectionsOf: (site) => `Todas as editorias de ${name(site)}, cada uma com seus feeds.`,
  allAuthorsOf: (site) => `Todos os autores de ${name(site)}, cada um com seus feeds.`,

  archiveIn: (format) => `Arquivo em ${name(format)}`,
  feedExplained: (format) =>
    `Este é um feed no formato ${name(format)}. Copie o endereço dele para um leitor de feeds, que passará a mostrar os novos artigos.`,
  archiveExplained: (format) =>
    `Esta é uma página de arquivo de um feed no formato ${name(format)}. Para assinar o feed, copie o endereço dele para um leitor de feeds.`,
  addressOfFeed: "Endereço do feed",
  webPage: "A página na web",
  sourceOfFeed: "O código-fonte do feed",

  notFound: "Não há nada aqui",
  notFoundDetail: "Nenhuma página, editoria ou artigo tem este endereço.",
  withdrawn: "Este artigo foi retirado",
  withdrawnBy: (publisher, day) => `Retirado por ${name(publisher)} em ${day}.`,
});
