/** Renders a feed as RSS 2.0 for all readers, with atom, content, dc, fh, media and webfeeds elements. Pure. */
import type { FeedDocument } from "../feed/document.ts";
import { historyElements } from "./history.ts";
import { mediaContent } from "./media.ts";
import { renderDialect } from "./rss-dialect.ts";
import { webfeedsElements } from "./webfeeds.ts";

/** Renders RSS 2.0 with links to the archive (RFC 5005, section 4), Media RSS images and Feedly's elements. */
export function renderRss(document: FeedDocument): string {
  return renderDialect(document, {
    channel: (feed) => historyElements(feed.paging, "rss") + webfeedsElements(feed),
    item: ({ image }) => (image === undefined ? "" : mediaContent(image)),
  });
}
