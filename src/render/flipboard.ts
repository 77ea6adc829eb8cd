/** Renders a feed for Flipboard: its dialect of RSS 2.0. Pure. */
import type { Attachment } from "../article/article.ts";
import type { FeedDocument, FeedItem } from "../feed/document.ts";
import { imageType, mediaContent, pictureEnclosure } from "./media.ts";
import { renderDialect } from "./rss-dialect.ts";

/**
 * Renders a feed by Flipboard's RSS guidelines. An item's enclosure is its picture, or a video where it has none, and never a
 * file to listen to or to read. Its description is long enough where its text is.
 */
export function renderFlipboard(document: FeedDocument): string {
  const items = document.items.map((item) => ({
    ...item,
    description: longer(item.description, item.opening),
    attachments: illustration(item),
  }));
  return renderDialect(
    { ...document, items },
    { item: ({ image }) => (image === undefined ? "" : mediaContent(image)) },
  );
}

function longer(description: string, opening = ""): string {
  return opening.length > description.length ? opening : description;
}

/** The item's enclosure. RSS 2.0 demands its type: an image whose address doesn't tell the type is in `media:content` alone. */
function illustration({ image, attachments }: FeedItem): Attachment[] {
  const type = image === undefined ? undefined : imageType(image.url);
  if (image !== undefined && type !== undefined) return [pictureEnclosure(image) ?? { url: image.url, type }];
  return attachments.filter((attachment) => attachment.type.startsWith("video/"));
}
