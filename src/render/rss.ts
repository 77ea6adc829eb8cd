/** FeedDocument → RSS 2.0, with atom, content, dc, fh, media and webfeeds elements. Pure. */
import type { FeedDocument } from "../feed/document.ts";
import { historyElements } from "./history.ts";
import { mediaContent } from "./media.ts";
import { renderDialect } from "./rss-dialect.ts";
import { webfeedsElements } from "./webfeeds.ts";

/** Renders a feed for all readers: RSS 2.0, archived by RFC 5005, section 4, with images by Media RSS. */
export function renderRss(document: FeedDocument): string {
  return renderDialect(document, {
    channel: (feed) => historyElements(feed.paging, "rss") + webfeedsElements(feed),
    item: ({ image }) => (image === undefined ? "" : mediaContent(image)),
  });
}
