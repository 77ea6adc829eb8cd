/** Reads the picture and the files of an article from the fields of JSON. Pure. */
import type * as v from "valibot";
import type { Attachment, Image } from "../../article/article.ts";
import { mediaTypeOf } from "../../article/media-type.ts";
import { excerptOf, type Issue } from "../issue.ts";
import type { File, Item } from "./item.ts";
import type { Layout } from "../fields/field-reader.ts";

/** The picture of an article; its field may be an address alone. */
export function imageFrom(image: v.InferOutput<typeof Item>["image"] & {}): Image {
  const { url, alt, credit, width, height } = typeof image === "string" ? { url: image } : image;
  return {
    url: new URL(url).href,
    ...(alt !== undefined && { alt }),
    ...(credit !== undefined && { credit }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}

/** The file of an article. Without a media type it is left out, with a warning. */
export function attachmentFrom(
  { url, mime_type, title, size_in_bytes }: v.InferOutput<typeof File>,
  layout: Layout,
  warnings: Issue[],
): Attachment[] {
  const type = mime_type ?? mediaTypeOf(url);
  if (type === undefined) {
    warnings.push({
      ...layout.placeOf(["attachments"]),
      field: "attachments",
      reason: "missing-media-type",
      detail: "The file has no media type, and its ending doesn’t tell it: the file was left out.",
      found: excerptOf(url),
    });
    return [];
  }
  return [
    {
      url: new URL(url).href,
      type: type.toLowerCase(),
      ...(size_in_bytes !== undefined && { length: size_in_bytes }),
      ...(title !== undefined && { title }),
    },
  ];
}
