/** The head of an article's page for machines: Open Graph, schema.org. Pure. */
import type { Article } from "../../article/article.ts";
import { authorFeed, type feedsOf, sectionFeed } from "../../article/feed-id.ts";
import { timeOf } from "../../article/instant.ts";
import { openGraphLocale } from "../../article/language.ts";
import type { Site } from "../../article/site.ts";
import { homeUrl } from "../../feed/addresses.ts";
import type { FeedItem } from "../../feed/document.ts";
import { type ImageFile, type ItemImage, pageFile } from "../../feed/picture.ts";
import { breadcrumbs, type Data, LinkedData, organisationOf } from "./linked-data.tsx";

// The least that X shows above the text ("Summary Card with Large Image", X's developer platform).
const LARGE_CARD = { width: 300, height: 157 };

export type ArticleHeadProps = {
  site: Site;
  article: Article;
  /** The article as an item of a feed: its address, its description, its picture. */
  item: FeedItem;
  /** The feeds that the article is in: an author with a feed has a page. */
  feeds: ReturnType<typeof feedsOf>;
};

/**
 * Open Graph ("The Open Graph protocol", ogp.me: the types article and image), a card for X, and structured data as Google
 * asks for it ("Article (NewsArticle) structured data", "Breadcrumb structured data").
 */
export function ArticleHead(props: ArticleHeadProps) {
  const { article, item } = props;
  const isListed = article.status === "published";
  return (
    <>
      {/* "Get on Discover", Google Search Central: large pictures are shown only where the page allows it. */}
      <meta name="robots" content={isListed ? "max-image-preview:large" : "noindex"} />
      {properties(props).map(
        ([property, content]) =>
          content !== undefined && <meta property={property} content={String(content)} />,
      )}
      <meta name="twitter:card" content={cardOf(item.image)} />
      <LinkedData data={newsArticle(props)} />
      <LinkedData data={trail(props)} />
    </>
  );
}

type Property = readonly [property: string, content: string | number | undefined];

function properties({ site, article, item, feeds }: ArticleHeadProps): Property[] {
  return [
    ["og:type", "article"],
    ["og:title", article.headline],
    ["og:description", item.description],
    ["og:url", item.url],
    ["og:site_name", site.title],
    ["og:locale", openGraphLocale(article.language)],
    ...imageProperties(item.image),
    ["article:published_time", timeOf(article.published)],
    ["article:modified_time", timeOf(article.updated)],
    ["article:expiration_time", timeOf(article.expires)],
    ...article.authors.map((person): Property => ["article:author", addressOf(site, feeds, person)]),
    ...article.sections.map(({ title }): Property => ["article:section", title]),
    ...article.tags.map((tag): Property => ["article:tag", tag]),
  ];
}

function imageProperties(image: ItemImage | undefined): Property[] {
  if (image === undefined) return [];
  const { url, width, height, type } = pageFile(image);
  return [
    ["og:image", url],
    ["og:image:type", type],
    ["og:image:width", width],
    ["og:image:height", height],
    ["og:image:alt", image.alt],
  ];
}

function cardOf(image: ItemImage | undefined): "summary" | "summary_large_image" {
  return image !== undefined && isWide(pageFile(image)) ? "summary_large_image" : "summary";
}

/** Whether a picture is known to be wide enough for a large card; of a tall one the card would show a stripe. */
function isWide({ width = 0, height = 0 }: ImageFile): boolean {
  return width >= LARGE_CARD.width && height >= LARGE_CARD.height && width >= height;
}

function newsArticle({ site, article, item, feeds }: ArticleHeadProps): Data {
  const publisher = organisationOf(site);
  const authors = article.authors.map((person) => ({
    "@type": "Person",
    name: person.name,
    url: addressOf(site, feeds, person),
  }));
  return {
    "@type": "NewsArticle",
    headline: article.headline,
    description: item.description,
    url: item.url,
    mainEntityOfPage: item.url,
    datePublished: timeOf(article.published),
    dateModified: timeOf(article.updated),
    inLanguage: article.language,
    articleSection: article.sections.map(({ title }) => title),
    keywords: article.tags.length > 0 ? article.tags : undefined,
    expires: timeOf(article.expires),
    correction: article.correction,
    image: item.image === undefined ? undefined : imageObject(item.image),
    author: authors.length > 0 ? authors : [publisher],
    publisher,
  };
}

/**
 * A picture with what is known of it ("Image metadata in Google Images", Google Search Central). Its file is the one of 1,200
 * pixels, which Google asks for, or the original of a smaller picture.
 */
function imageObject(image: ItemImage): Data {
  const { url, width, height, type } = pageFile(image);
  return {
    "@type": "ImageObject",
    url,
    contentUrl: url,
    encodingFormat: type,
    width,
    height,
    caption: image.caption ?? image.alt,
    creditText: image.credit,
  };
}

/** The way from the front page to the article, by its first section. */
function trail({ site, article: { sections, headline }, item }: ArticleHeadProps): Data {
  const [section] = sections;
  const label = item.categories[0]?.label;
  return breadcrumbs([
    { name: site.title, url: homeUrl(site, "all") },
    ...(section === undefined || label === undefined
      ? []
      : [{ name: label, url: homeUrl(site, sectionFeed(section.id)) }]),
    { name: headline },
  ]);
}

/** An author's own address, or the author's page here; undefined where there is neither. */
function addressOf(
  site: Site,
  feeds: ArticleHeadProps["feeds"],
  { name, url }: Article["authors"][number],
): string | undefined {
  const feed = authorFeed(name);
  return url ?? (feeds.has(feed) ? homeUrl(site, feed) : undefined);
}
