/** The image that stands for an article. Pure. */
import { mediaTypeOf } from "../article/media-type.ts";
import type { FoundImage, ParsedItem } from "./parsed-item.ts";
import type { Check } from "./rule.ts";

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

/** An image's media type: as it is known, or else as the ending of its address tells it. */
export function typeOf({ type, url }: FoundImage): string | undefined {
  return type ?? mediaTypeOf(url);
}

/** Complains of an article without any image. */
export const noImage: Check = (item) =>
  mainImage(item) === undefined
    ? { detail: "article has no image, needs one", found: "no image" }
    : undefined;
