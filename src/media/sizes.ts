/** Smaller sizes of a picture, made by Cloudflare Images where it is bound. */
import { imageDimensionsFromData } from "image-dimensions";
import {
  type Media,
  originalName,
  type PictureFile,
  type PictureType,
  SIZE_WIDTHS,
  sizeName,
  sizeTypeOf,
} from "../article/media.ts";
import { reasonOf, report } from "../report.ts";
import { fileKey, hasFiles } from "./bucket.ts";
import { inTurn } from "./turns.ts";

// A good compromise of what is seen and what is sent.
const QUALITY = 80;
// A size of 1200 px has some 200 KB. Each is in memory as a whole: R2 wants to know its length beforehand.
const MAX_SIZE_BYTES = 3_000_000;

type Original = Pick<Media, "id"> & PictureFile & { isAnimated: boolean };

export type Sizes = {
  /** All that lie in the bucket, the largest first. */
  sizes: PictureFile[];
  /** The widths of those that couldn't be made. */
  failed: number[];
};

/**
 * Makes the sizes of a picture that are missing, one after the other, each of the next larger file in the bucket. Never throws for a
 * failure of Images, nor of a write of a size.
 * @param images undefined makes none
 * @param known the sizes in the picture's record
 */
export async function makeSizes(
  bucket: R2Bucket,
  images: ImagesBinding | undefined,
  original: Original,
  known: readonly PictureFile[],
): Promise<Sizes> {
  const type = sizeTypeOf(original.type);
  const sizes: PictureFile[] = [];
  const failed: number[] = [];
  // Every page would show a size, and a size stands still.
  if (type === undefined || original.isAnimated) return { sizes, failed };
  for (const width of SIZE_WIDTHS.filter((one) => one < original.width)) {
    const present = known.find((size) => size.width === width);
    if (present !== undefined && (await hasFiles(bucket, [sizeName(original.id, present)]))) {
      sizes.push(present);
    } else if (images !== undefined) {
      try {
        const { id } = original;
        const source = sizes.at(-1);
        const from =
          source === undefined
            ? { name: originalName(id, original.type), length: original.length }
            : { name: sizeName(id, source), length: source.length };
        // Images has the whole source in memory.
        sizes.push(await inTurn(from.length, () => make(bucket, images, id, from.name, { width, type })));
      } catch (thrown) {
        failed.push(width);
        report("size-not-made", { media: original.id, width, reason: reasonOf(thrown) });
      }
    }
  }
  return { sizes, failed };
}

async function make(
  bucket: R2Bucket,
  images: ImagesBinding,
  id: string,
  source: string,
  wanted: { width: number; type: PictureType },
): Promise<PictureFile> {
  const object = await bucket.get(fileKey(source));
  if (object === null) throw new Error(`${source} is gone`);
  const result = await images
    .input(object.body)
    .transform({ width: wanted.width, fit: "scale-down" })
    .output({ format: outputOf(wanted.type), quality: QUALITY, anim: false });
  const bytes = await bytesOf(result.image());
  const read = imageDimensionsFromData(bytes);
  if (read === undefined || `image/${read.type}` !== wanted.type || read.width !== wanted.width)
    throw new Error(`Images made ${read?.type} of ${read?.width} × ${read?.height} px`);
  const size = { type: wanted.type, width: read.width, height: read.height, length: bytes.byteLength };
  await bucket.put(fileKey(sizeName(id, size)), bytes, { httpMetadata: { contentType: size.type } });
  return size;
}

function outputOf(type: PictureType): "image/jpeg" | "image/webp" {
  return type === "image/jpeg" ? type : "image/webp";
}

/** @throws Error for a stream that is longer than a size may be */
async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.byteLength;
    if (length > MAX_SIZE_BYTES) throw new Error("The size is too large");
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
