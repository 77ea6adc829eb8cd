/** Renders an article as a ninjs item (IPTC, https://iptc.org/standards/ninjs/). Pure. */
import { type Article, type Attachment, isPublic, type Tombstone } from "../article/article.ts";
import { formatInstant, timeOf } from "../article/instant.ts";
import { SIZE_WIDTHS } from "../article/media.ts";
import { mediaTypeOf } from "../article/media-type.ts";
import { describeSection, type Site } from "../article/site.ts";
import { articleUrl, sectionScheme } from "../feed/addresses.ts";
import { iriFor } from "../feed/feed.ts";
import { type ImageFile, type ItemImage, itemImage } from "../feed/picture.ts";

/** Members whose value is undefined are left out of the JSON. Times are RFC 3339. */
export type NinjsItem = UsableItem | CanceledItem;

type Identity = {
  uri: string;
  guid: string;
  type: "text";
  version: string;
  versioncreated: string;
};

type CanceledItem = Identity & { pubstatus: "canceled"; ednote: string | undefined };

type UsableItem = Identity & {
  pubstatus: "usable";
  firstcreated: string;
  expires: string | undefined;
  language: string;
  headline: string;
  headline_short: string | undefined;
  description_text: string | undefined;
  body_html: string;
  body_text: string;
  byline: string | undefined;
  authors: { name: string; role: "writer" }[];
  subject: { name: string; code: string; scheme: string }[];
  keywords: string[];
  infosource: { name: string }[];
  ednote: string | undefined;
  renditions: Record<"web", Rendition>;
  associations: Record<string, Association>;
};

type Rendition = {
  href: string;
  mimetype: string | undefined;
  title?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  sizeinbytes?: number | undefined;
};

type Association = {
  uri: string;
  guid: string;
  /** The id of a picture that is kept on this site: an addition of our own. */
  media?: string | undefined;
  type: "picture" | "audio" | "video" | undefined;
  headline?: string | undefined;
  description_text?: string | undefined;
  descriptions?: { role: "caption"; contenttype: "text/plain"; value: string }[] | undefined;
  body_text?: string | undefined;
  byline?: string | undefined;
  renditions: Record<string, Rendition>;
};

/**
 * Renders an article as an item of ninjs 1.6 with Superdesk's additions. Version 1 is what Superdesk pushes and what its
 * Newsroom takes; the lists of versions 2 and 3 mean nothing to them. The schema has no place for `guid`, which the
 * Newsroom demands, for `authors` and for `keywords`: these three are the additions. So the item doesn't claim the schema
 * in a `$standard`.
 *
 * Sections are subjects. Tags are keywords: as subjects they would become sections where they have the name of one. A
 * correction is the editor's note, as agencies write it. There is never an embargo: who may not see an article yet doesn't
 * get it.
 * @returns a usable item; for an article that isn't public a canceled one, with its identity, the time of its withdrawal,
 * the reason, and nothing that it said
 */
export function renderNinjs(site: Site, article: Article | Tombstone): NinjsItem {
  if ("withdrawn" in article) return canceled(site, article, article.withdrawn);
  if (!isPublic(article.status)) return canceled(site, article, article.changed);
  return {
    ...identity(site, article, article.updated),
    pubstatus: "usable",
    firstcreated: formatInstant(article.published),
    expires: timeOf(article.expires),
    language: article.language,
    headline: article.headline,
    headline_short: article.shortHeadline,
    description_text: article.summary,
    body_html: article.html,
    body_text: article.text,
    byline: article.authors.map(({ name }) => name).join(", ") || undefined,
    authors: article.authors.map(({ name }) => ({ name, role: "writer" })),
    subject: article.sections.map(({ id, title }) => ({
      name: describeSection(site, id, title).title,
      code: id,
      scheme: sectionScheme(site),
    })),
    keywords: article.tags,
    infosource: [{ name: site.publisher.name }],
    ednote: article.correction,
    renditions: { web: { href: article.link ?? articleUrl(site, article.id), mimetype: "text/html" } },
    associations: Object.fromEntries([
      // The name that Superdesk gives to the picture of a text.
      ...(article.image === undefined
        ? []
        : [["featuremedia", picture(itemImage(site, article.image))] as const]),
      ...article.attachments.map((file, index) => [`attachment_${index + 1}`, attached(file)] as const),
    ]),
  };
}

type Identified = Pick<Article, "guid" | "revision">;

function identity(site: Site, { guid, revision }: Identified, versioncreated: number): Identity {
  return {
    uri: iriFor(site, guid) ?? guid,
    guid,
    type: "text",
    version: String(revision),
    versioncreated: formatInstant(versioncreated),
  };
}

function canceled(site: Site, article: Article | Tombstone, withdrawn: number): CanceledItem {
  return { ...identity(site, article, withdrawn), pubstatus: "canceled", ednote: article.reason };
}

// The names that Superdesk gives to renditions, by the width of our sizes.
const [BASE_WIDTH] = SIZE_WIDTHS;
const nameOf = (width: number | undefined): string => (width === BASE_WIDTH ? "baseImage" : "thumbnail");

/**
 * A picture. Superdesk has its caption in `description_text` and its alternative text in `body_text`; a picture that has one
 * text alone has the alternative text as its description. So a caption says that it is one. In Superdesk an empty text says
 * nothing, so an alternative text that is empty is left out.
 */
function picture(image: ItemImage): Association {
  const { url, media, alt, caption, credit, sizes = [] } = image;
  const words = alt || undefined;
  return {
    uri: url,
    guid: url,
    media,
    type: "picture",
    description_text: caption ?? words,
    descriptions:
      caption === undefined ? undefined : [{ role: "caption", contenttype: "text/plain", value: caption }],
    body_text: caption === undefined ? undefined : words,
    byline: credit,
    renditions: Object.fromEntries([
      ["original", rendition(image)],
      ...sizes.map((size) => [nameOf(size.width), rendition(size)] as const),
    ]),
  };
}

function rendition({ url, type, width, height, length }: ImageFile): Rendition {
  return { href: url, mimetype: type ?? mediaTypeOf(url), width, height, sizeinbytes: length };
}

function attached({ url, type, length, title }: Attachment): Association {
  return {
    uri: url,
    guid: url,
    type: newsTypeOf(type),
    headline: title,
    renditions: { original: { href: url, mimetype: type, sizeinbytes: length } },
  };
}

/** The news type of a file; ninjs has none for documents. */
function newsTypeOf(mediaType: string): Association["type"] {
  if (mediaType.startsWith("audio/")) return "audio";
  if (mediaType.startsWith("video/")) return "video";
  return mediaType.startsWith("image/") ? "picture" : undefined;
}
