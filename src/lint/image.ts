/** The image that stands for an article. Pure. */
import { mediaTypeOf } from "../article/media-type.ts";
import { largestFile } from "../feed/picture.ts";
import type { FoundImage, ParsedItem } from "./parsed-item.ts";
import type { Check } from "./rule.ts";
import { count, quoted } from "./wording.ts";

/** An article's own image, or else the first in its body. */
export function mainImage({ image, images }: ParsedItem): FoundImage | undefined {
  return image ?? images[0];
}

/**
 * The smallest side as far as it is known. One side alone can show that an image is too small, never that it is large
 * enough.
 */
export function smallestSide({ width, height }: FoundImage): { pixels: number; known: boolean } {
  return {
    pixels: Math.min(width ?? Infinity, height ?? Infinity),
    known: width !== undefined && height !== undefined,
  };
}

/** The file that a partner's feed has of an article's image: the largest of a type that the partner takes. */
function fileFor(item: ParsedItem, types: readonly string[]): FoundImage | undefined {
  return item.image === undefined ? mainImage(item) : largestFile(item.image, types);
}

/** Makes a check that an image has no more than a number of bytes, where its length is known. @param types see `otherImage` */
export function heavierImage(maxBytes: number, types: readonly string[]): Check {
  return (item) => {
    const length = fileFor(item, types)?.length ?? 0;
    if (length <= maxBytes) return undefined;
    const found = count(length, "byte");
    return { detail: `image has ${found}, may have ${maxBytes}`, found };
  };
}

/** Makes a check that an image is of a type that a partner takes, where its type is known or its address tells it. */
export function otherImage(types: readonly string[]): Check {
  return (item) => {
    const file = fileFor(item, types);
    const type = file && (file.type ?? mediaTypeOf(file.url));
    if (type === undefined || types.includes(type)) return undefined;
    return { detail: `image is ${quoted(type)}, needs one of ${types.join(", ")}`, found: quoted(type) };
  };
}

/** Complains of an article without any image. */
export const noImage: Check = (item) =>
  mainImage(item) === undefined
    ? { detail: "article has no image, needs one", found: "no image" }
    : undefined;
