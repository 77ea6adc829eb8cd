/** An article's image as Media RSS 1.5.1, and as an enclosure. Pure. */
import type { Attachment } from "../article/article.ts";
import { mediaTypeOf } from "../article/media-type.ts";
import { type ImageFile, type ItemImage, smallestFile } from "../feed/picture.ts";
import { element, optionalElement } from "./elements.ts";

/** An image's media type, where the ending of its address tells it. */
export function imageType(url: string): string | undefined {
  const type = mediaTypeOf(url);
  return type?.startsWith("image/") ? type : undefined;
}

/**
 * An image with all that is known of it: as `media:content`, or where it has smaller sizes as a `media:group` of all its
 * files ("primary elements"). The original is the default, so that nobody takes less than there is by accident.
 */
export function mediaElements(image: ItemImage): string {
  const { sizes = [] } = image;
  if (sizes.length === 0) return mediaContent(image);
  return element(
    "media:group",
    {},
    fileElement(image, { isDefault: "true" }),
    ...sizes.map((size) => fileElement(size)),
    textsOf(image),
  );
}

/** One file of an image as `media:content`, with the texts about the image. @param file the original, unless it is named */
export function mediaContent(image: ItemImage, file: ImageFile = image): string {
  return fileElement(file, {}, textsOf(image));
}

/** A file as `media:thumbnail`, with its size where the picture is kept, so that the size is true. */
export function mediaThumbnail({
  url,
  width,
  height,
  media,
}: ImageFile & { media?: string | undefined }): string {
  return element("media:thumbnail", media === undefined ? { url } : { url, width, height });
}

/** An image as an enclosure; undefined where its length or its type is unknown, as an enclosure must tell both. */
export function pictureEnclosure({ url, type, length }: ImageFile): Attachment | undefined {
  return type === undefined || length === undefined ? undefined : { url, type, length };
}

function fileElement(
  { url, length, type = imageType(url), width, height }: ImageFile,
  further: Record<string, string> = {},
  ...children: string[]
): string {
  const known = { url, fileSize: length, medium: "image", type, width, height };
  return element("media:content", { ...known, ...further }, ...children);
}

/**
 * The texts about an image. Its description is its caption; the alternative text is then its title, and else the description.
 * Its credit has no role: uploads don't say whether it names a photographer, an agency or a press office.
 */
function textsOf(image: ItemImage): string {
  const { alt, caption = "", credit, media } = image;
  const plain = { type: "plain" };
  return [
    optionalElement("media:description", caption === "" ? alt : caption, plain),
    optionalElement("media:title", caption === "" ? undefined : alt, plain),
    mediaThumbnail({ ...smallestFile(image), media }),
    optionalElement("media:credit", credit),
  ].join("");
}
