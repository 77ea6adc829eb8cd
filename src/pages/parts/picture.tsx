/** A picture on a page: its files, and a box of the right size before they are there. Pure. */
import type { ImageFile, ItemImage } from "../../feed/picture.ts";
import { pageFile } from "../../feed/picture.ts";

export type PictureProps = {
  image: ItemImage;
  /** How wide the picture is shown, for each width of the window (WHATWG HTML, section 4.8.4.2.2). */
  sizes: string;
  /** Whether readers see it before they scroll: the browser fetches it at once. */
  isFirst?: boolean;
  /** Whether it only accompanies a headline beside it, which says what there is to say. */
  isBeside?: boolean;
};

/** The attributes of a picture's element that name its files: the address, the choice of sizes, the shape. */
export function sourceOf(image: ItemImage): {
  src: string;
  srcset?: string;
  width?: number;
  height?: number;
} {
  const file = pageFile(image);
  const { url: src, width, height } = file;
  // A page never needs more pixels than the largest size has: an original may be very heavy.
  const files: ImageFile[] = [...(file === image ? [image] : []), ...(image.sizes ?? [])];
  const choice = files.flatMap(({ url, width: pixels }) =>
    pixels === undefined ? [] : [`${url} ${pixels}w`],
  );
  return {
    src,
    ...(choice.length > 1 && { srcset: choice.join(", ") }),
    // One side alone says nothing of the shape.
    ...(width !== undefined && height !== undefined && { width, height }),
  };
}

/** Whether a picture is known to be higher than wide. */
export function isUpright({ width, height }: ItemImage): boolean {
  return width !== undefined && height !== undefined && height > width;
}

/** An `img`. A picture whose shape nobody knows gets a fixed box from the style sheet, so that nothing jumps. */
export function Picture({ image, sizes, isFirst = false, isBeside = false }: PictureProps) {
  const source = sourceOf(image);
  return (
    <img
      {...source}
      {...(source.srcset !== undefined && { sizes })}
      alt={isBeside ? "" : (image.alt ?? "")}
      decoding="async"
      {...(isFirst ? { fetchpriority: "high" } : { loading: "lazy" })}
    />
  );
}
