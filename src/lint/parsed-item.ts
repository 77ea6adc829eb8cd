/** A feed item, parsed once for all rules: its tags, its images and its weight. Pure. */
import type { FeedItem } from "../feed/document.ts";
import type { ImageFile } from "../feed/picture.ts";
import { type Tag, tagsIn } from "./tags.ts";

/** An image: its size, its length and its media type where they are known. */
export type FoundImage = ImageFile;

export type ParsedItem = FeedItem & {
  tags: readonly Tag[];
  /** Those in the body, in order; an `<img>` without an address doesn't count. */
  images: readonly FoundImage[];
  /** The bytes of its title, description and body, in UTF-8, before an XML writer escapes them. */
  bytes: number;
};

/** @param item its `html` as Dateline serialises it */
export function parseItem(item: FeedItem): ParsedItem {
  const tags = tagsIn(item.html);
  return {
    ...item,
    tags,
    images: tags.flatMap(imageIn),
    bytes: new TextEncoder().encode(item.title + item.description + item.html).length,
  };
}

function imageIn({ name, attributes }: Tag): FoundImage[] {
  const url = attributes.get("src") ?? "";
  if (name !== "img" || url === "") return [];
  return [{ url, width: pixels(attributes.get("width")), height: pixels(attributes.get("height")) }];
}

/** An HTML attribute's number of pixels; undefined for "100%" and the like. */
function pixels(attribute: string | undefined): number | undefined {
  return attribute !== undefined && /^\d+$/.test(attribute) ? Number(attribute) : undefined;
}
