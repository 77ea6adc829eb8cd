/** Makes a feed's document from its window. Pure. */
import { escapeText } from "entities/escape";
import type { WindowArticle } from "../article/article.ts";
import { withoutForbidden } from "../article/characters.ts";
import { directionOf, primaryLanguage } from "../article/language.ts";
import type { FeedId } from "../article/feed-id.ts";
import { tagUri } from "../article/identity.ts";
import { describeSection, type Site } from "../article/site.ts";
import type { Edition } from "../store/edition.ts";
import type { Window } from "../store/records.ts";
import { wordsFor } from "../words/words.ts";
import {
  articleUrl,
  feedUrls,
  homePath,
  homeUrl,
  hubUrl,
  type Part,
  sectionScheme,
  WHOLE,
} from "./addresses.ts";
import { describeFeed } from "./description.ts";
import type { Addresses, Category, FeedDocument, FeedItem } from "./document.ts";
import { itemImage } from "./picture.ts";

/** For so many seconds a copy of a feed counts as fresh: Cache-Control's max-age, and RSS's ttl. */
export const FRESH_SECONDS = 300;

// A scheme and what follows it, without white space or a character that no IRI has (RFC 3987, section 2.2).
const IRI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i;

// Addresses that a browser runs, or shows from the address itself, from the reader's own machine or from inside another address.
// Some readers follow Atom's id where a link is missing, so such an address can't name an article.
const UNSAFE =
  /^(?:about|blob|chrome|data|feed|file|filesystem|intent|jar|javascript|jscript|livescript|mhtml|mocha|ms-[a-z-]+|res|resource|shell|vbscript|view-source|[a-z-]+-extension):/i;

/** The document of a feed that is made, and its neighbours in the archive. */
export type Shape = {
  /** The one that readers subscribe to, in a variant, or an archive page. */
  part: Part;
  /** The archive pages before and after it, where there are any. */
  previous?: ArchivePageId | undefined;
  next?: ArchivePageId | undefined;
};

/** An archive page by its feed, and its name there: `7`, `7.12`. */
export type ArchivePageId = { feed: FeedId; page: string };

/**
 * Makes a feed's document.
 * @param window the articles to show, newest first
 * @param edition tells when the window was last written: the feed's own `updated`
 * @param shape the document to make, where it is not the whole feed
 */
export function feedDocument(
  site: Site,
  feed: FeedId,
  window: Window,
  edition: Edition,
  { part, previous, next }: Shape = { part: { variant: WHOLE } },
): FeedDocument {
  const about = describeFeed(site, feed, window);
  const isArchive = "page" in part;
  const { content, limit } = isArchive ? WHOLE : part.variant;
  const pageUrls = (other: ArchivePageId | undefined): Addresses | undefined =>
    other && feedUrls(site, other.feed, { page: other.page });
  return {
    id: tagUri(site.authority, site.since, `feeds${feed === "all" ? "/all" : homePath(feed)}`),
    title: about.title,
    description: about.description,
    language: about.language,
    homeUrl: homeUrl(site, feed),
    self: feedUrls(site, feed, part),
    hub: isArchive ? undefined : hubUrl(site),
    paging: {
      isArchive,
      current: isArchive ? feedUrls(site, feed) : undefined,
      previous: pageUrls(previous),
      next: pageUrls(next),
    },
    content,
    // A feed that never had an article is as old as the site.
    updated: edition.changed > 0 ? edition.changed : Date.parse(site.since),
    publisher: site.publisher,
    icon: site.icon,
    favicon: site.favicon,
    image: site.image,
    cover: site.cover,
    logo: site.logo,
    accentColor: site.accentColor,
    ttl: FRESH_SECONDS / 60,
    items: window.articles.slice(0, limit).map((article) => feedItem(site, article)),
    deleted: window.withdrawn.map(({ id, guid, withdrawn, reason }) => ({
      id: guid,
      iri: iriFor(site, guid),
      url: articleUrl(site, id),
      when: withdrawn,
      reason,
    })),
  };
}

/**
 * The id in Atom of a guid that can't be one: Atom's ids are IRIs (RFC 4287, section 4.2.6). A newsroom that moves here may
 * bring guids that are no IRIs, or that nobody should follow. RSS and JSON Feed take them as texts, and subscribers know the
 * articles by them.
 * @returns undefined for a guid that can be an id as it is
 */
export function iriFor(site: Site, guid: string): string | undefined {
  if (IRI.test(guid) && !UNSAFE.test(guid) && withoutForbidden(guid) === guid) return undefined;
  return tagUri(site.authority, site.since, `guids/${encodeURIComponent(guid.toWellFormed())}`);
}

/** An article as an item of any feed. */
export function feedItem(site: Site, article: WindowArticle): FeedItem {
  return {
    id: article.guid,
    iri: iriFor(site, article.guid),
    url: article.link === undefined ? articleUrl(site, article.id) : new URL(article.link).href,
    title: article.headline,
    shortTitle: article.shortHeadline,
    description: article.summary ?? article.excerpt,
    summary: article.summary,
    opening: article.summary === undefined ? undefined : article.excerpt,
    html: directed(`${correctionHtml(site, article)}${article.html}`, article.language),
    language: article.language,
    published: article.published,
    updated: article.updated,
    authors: article.authors,
    categories: categories(site, article),
    image: article.image === undefined ? undefined : itemImage(site, article.image),
    attachments: article.attachments,
    expires: article.expires,
  };
}

/** The HTML with its direction, where it runs from right to left: readers' software assumes left to right. */
function directed(html: string, language: string): string {
  return directionOf(language) === "ltr" ? html : `<div dir="rtl" lang="${language}">${html}</div>`;
}

/** A correction as HTML, to stand above the body: readers must know it before they read. */
function correctionHtml(site: Site, { correction, language }: WindowArticle): string {
  if (correction === undefined) return "";
  const words = wordsFor(language, site.language);
  const isForeign = primaryLanguage(words.language) !== primaryLanguage(language);
  const lang = isForeign ? ` lang="${words.language}"` : "";
  const label = words.labelled(words.correction);
  return `<p><strong${lang}>${escapeText(label)}</strong> ${escapeText(correction)}</p>\n`;
}

function categories(site: Site, article: WindowArticle): Category[] {
  const scheme = sectionScheme(site);
  return [
    ...article.sections.map(({ id, title }) => ({
      term: id,
      label: describeSection(site, id, title).title,
      scheme,
    })),
    ...article.tags.map((tag) => ({ term: tag, label: tag })),
  ];
}
