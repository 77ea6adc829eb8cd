/** Renders a feed as RSS 2.0 for all readers, with atom, content, dc, fh, media and webfeeds elements. Pure. */
import type { FeedDocument, FeedItem } from "../feed/document.ts";
import { historyElements } from "./history.ts";
import { mediaElements, pictureEnclosure } from "./media.ts";
import { renderDialect } from "./rss-dialect.ts";
import { webfeedsElements } from "./webfeeds.ts";

/** Renders RSS 2.0 with links to the archive (RFC 5005, section 4), Media RSS images and Feedly's elements. */
export function renderRss(document: FeedDocument): string {
  return renderDialect(
    { ...document, items: document.items.map(withEnclosure) },
    {
      channel: (feed) => historyElements(feed.paging, "rss") + webfeedsElements(feed),
      item: ({ image }) => (image === undefined ? "" : mediaElements(image)),
    },
  );
}

/** An item has one enclosure (RSS Profile): a file of its own, or else its picture, where that is known exactly. */
function withEnclosure(item: FeedItem): FeedItem {
  const { image, attachments } = item;
  const picture = image && pictureEnclosure(image);
  return picture === undefined || attachments.length > 0 ? item : { ...item, attachments: [picture] };
}
