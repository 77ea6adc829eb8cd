/** FeedDocument → SmartNews' SmartFormat 2.1, an extension of RSS 2.0. Pure. */
import { characterCount, firstCharacters } from "../article/characters.ts";
import { dateOf } from "../article/instant.ts";
import { SMARTNEWS_MAX_DESCRIPTION, SMARTNEWS_MAX_FEED_BYTES } from "../article/partner-limits.ts";
import type { FeedDocument } from "../feed/document.ts";
import { type ItemImage, pageFile } from "../feed/picture.ts";
import { element, textElement } from "./elements.ts";
import { mediaThumbnail } from "./media.ts";
import { renderDialect } from "./rss-dialect.ts";

/**
 * Renders a feed by the SmartFormat Specification, version 2.1. Withdrawn articles stay in it as items whose
 * `media:status` is "deleted", which take them out of SmartNews. A feed that is too heavy is left without its oldest
 * articles.
 */
export function renderSmartNews(document: FeedDocument): string {
  const { items } = document;
  const feed = render(document);
  const bytes = new TextEncoder().encode(feed).length;
  if (bytes <= SMARTNEWS_MAX_FEED_BYTES || items.length === 0) return feed;
  const kept = Math.min(items.length - 1, Math.floor((items.length * SMARTNEWS_MAX_FEED_BYTES) / bytes));
  return renderSmartNews({ ...document, items: items.slice(0, kept) });
}

function render(document: FeedDocument): string {
  return renderDialect(
    { ...document, description: shortened(document.description) },
    {
      channel: (feed) => textElement("pubDate", dateOf(feed.updated).toUTCString()) + logoElement(feed),
      item: ({ image }) => thumbnail(image) + status("active"),
      withdrawn: () => status("deleted"),
    },
  );
}

/** SmartNews shows the thumbnail as wide as a screen. */
function thumbnail(image: ItemImage | undefined): string {
  return image === undefined ? "" : mediaThumbnail({ ...pageFile(image), media: image.media });
}

/** The first of the site's pictures that is no vector graphic: SmartNews shows bitmaps. */
function logoElement({ logo, icon, image }: FeedDocument): string {
  const url = [logo, icon, image].find(
    (picture) => picture !== undefined && !/\.svg$/i.test(URL.parse(picture)?.pathname ?? ""),
  );
  return url === undefined ? "" : element("snf:logo", {}, textElement("url", url));
}

/** An article's status (Media RSS 1.5.1, media:status). */
function status(state: "active" | "deleted"): string {
  return element("media:status", { state });
}

/** A description of at most 30 characters, cut at a word where there is one to cut at. */
function shortened(description: string): string {
  const whole = description.trim();
  if (characterCount(whole) <= SMARTNEWS_MAX_DESCRIPTION) return whole;
  const beginning = firstCharacters(whole, SMARTNEWS_MAX_DESCRIPTION - 1);
  const space = beginning.lastIndexOf(" ");
  return `${space > 0 ? beginning.slice(0, space) : beginning}…`;
}
