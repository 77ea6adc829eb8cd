/** The picture of an item: its files with their absolute addresses, and the choice among them. Pure. */
import type { Image } from "../article/article.ts";
import {
  isPictureType,
  mediaAddress,
  originalName,
  type PictureFile,
  SIZE_WIDTHS,
  sizeName,
} from "../article/media.ts";
import type { Site } from "../article/site.ts";

/** A file of a picture, at its absolute address; `length` in bytes. Undefined is what nobody knows. */
export type ImageFile = { url: string } & Partial<
  Record<"width" | "height" | "length", number | undefined>
> & {
    type?: string | undefined;
  };

/** A picture with its original; `sizes` are its smaller files, the largest first. `media` is the id of a kept one. */
export type ItemImage = ImageFile &
  Pick<Image, "alt" | "caption" | "credit" | "media"> & { sizes?: SizedFile[] | undefined };

type SizedFile = ImageFile & PictureFile;

/**
 * The picture of an article. The addresses of a kept one are made from the site's own address and its id, so that they are
 * right after the site has moved; any other stays as the article has it.
 */
export function itemImage(site: Site, image: Image): ItemImage {
  const { media, type, sizes = [], ...rest } = image;
  if (media === undefined || type === undefined || !isPictureType(type)) {
    return { ...rest, ...(type !== undefined && { type }) };
  }
  const addressOf = (name: string): string => mediaAddress(site.url, name);
  return {
    ...rest,
    url: addressOf(originalName(media, type)),
    type,
    media,
    sizes: sizes.map((size) => Object.assign({ url: addressOf(sizeName(media, size)) }, size)),
  };
}

const [PAGE_WIDTH] = SIZE_WIDTHS;

/** The file that is large enough for a page and not much larger: the largest size, or the original of a small picture. */
export function pageFile(image: ItemImage): ImageFile {
  return image.sizes?.find(({ width }) => width === PAGE_WIDTH) ?? image;
}

/** The smallest file. */
export function smallestFile(image: ItemImage): ImageFile {
  return image.sizes?.at(-1) ?? image;
}

/** The largest file whose media type is one of some; the original where none is known to be. */
export function largestFile(image: ItemImage, types: readonly string[]): ImageFile {
  const files = [image, ...(image.sizes ?? [])];
  return files.find(({ type }) => type !== undefined && types.includes(type)) ?? image;
}
