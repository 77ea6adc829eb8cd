/** window → FeedDocument. Pure. */
import { escapeText } from "entities/escape";
import type { Article } from "../article/article.ts";
import { type FeedId, sectionOf } from "../article/feed-id.ts";
import { tagUri } from "../article/identity.ts";
import { describeSection, type Site } from "../article/site.ts";
import type { Edition } from "../store/edition.ts";
import type { Window } from "../store/records.ts";
import { articleUrl, feedUrl, homeUrl, sectionScheme } from "./addresses.ts";
import type { Category, FeedDocument, FeedItem } from "./document.ts";
import { excerpt } from "./excerpt.ts";

/** How long a feed's copy counts as fresh, in seconds: Cache-Control's max-age, and RSS's ttl. */
export const FRESH_SECONDS = 300;

// A scheme and what follows it, without white space or what no IRI has (RFC 3987, section 2.2).
const IRI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i;

/**
 * Makes a feed's document.
 * @param window the feed's newest articles, newest first
 * @param edition when the window was last written; the feed's own `updated`
 */
export function feedDocument(site: Site, feed: FeedId, window: Window, edition: Edition): FeedDocument {
  const about = describeFeed(site, feed, window);
  return {
    id: tagUri(site.authority, site.since, `feeds/${feed === "all" ? "all" : `sections/${sectionOf(feed)}`}`),
    title: about.title,
    description: about.description,
    language: about.language,
    homeUrl: homeUrl(site, feed),
    self: {
      rss: feedUrl(site, feed, "rss"),
      atom: feedUrl(site, feed, "atom"),
      json: feedUrl(site, feed, "json"),
    },
    // A feed that never held an article is as old as the site.
    updated: edition.changed > 0 ? edition.changed : Date.parse(site.since),
    publisher: site.publisher,
    icon: site.icon,
    favicon: site.favicon,
    image: site.image,
    ttl: FRESH_SECONDS / 60,
    items: window.articles.map((article) => feedItem(site, article)),
    deleted: window.withdrawn.map(({ guid, withdrawn, reason }) => ({
      id: iriFor(site, guid) ?? guid,
      when: withdrawn,
      reason,
    })),
  };
}

/**
 * A feed's own title, description and language; sensible ones for a section that site.json doesn't describe.
 * @param window where an undeclared section's title comes from
 */
export function describeFeed(
  site: Site,
  feed: FeedId,
  window: Window,
): { title: string; description: string; language: string } {
  const id = sectionOf(feed);
  if (id === undefined) return site;
  const section = describeSection(site, id, titleIn(window, id) ?? id);
  return {
    title: `${section.title} – ${site.title}`,
    description: section.description ?? `${section.title}: the latest from ${site.title}.`,
    language: section.language ?? site.language,
  };
}

/** The title under which the articles of a window name a section. */
export function titleIn(window: Window, section: string): string | undefined {
  for (const { sections } of window.articles) {
    const named = sections.find(({ id }) => id === section);
    if (named !== undefined) return named.title;
  }
  return undefined;
}

/**
 * What stands for a guid in Atom, whose ids are IRIs (RFC 4287, section 4.2.6). A newsroom that moves here may bring guids
 * that are none; RSS and JSON Feed take them, and its subscribers know its articles by them.
 * @returns undefined for a guid that is an IRI
 */
function iriFor(site: Site, guid: string): string | undefined {
  return IRI.test(guid) ? undefined : tagUri(site.authority, site.since, `guids/${encodeURIComponent(guid)}`);
}

/** An article as an item of any feed. */
export function feedItem(site: Site, article: Article): FeedItem {
  return {
    id: article.guid,
    iri: iriFor(site, article.guid),
    url: article.link === undefined ? articleUrl(site, article.id) : new URL(article.link).href,
    title: article.headline,
    description: article.summary ?? excerpt(article.text),
    summary: article.summary,
    html: `${correctionHtml(article)}${article.html}`,
    language: article.language,
    published: article.published,
    updated: article.updated,
    authors: article.authors,
    categories: categories(site, article),
    image: article.image,
    attachments: article.attachments,
  };
}

/** What readers must know before they read: a correction stands above the body. */
function correctionHtml({ correction }: Article): string {
  return correction === undefined ? "" : `<p><strong>Correction:</strong> ${escapeText(correction)}</p>\n`;
}

function categories(site: Site, article: Article): Category[] {
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
