/** Orientation: the one tag of EXIF that a picture keeps, because browsers turn the picture by it. */
import { type Job, startsWith, viewOf } from "./scan.ts";
import type { Step } from "./source.ts";
import { directoryOf } from "./tiff.ts";

const TAG = 0x0112;
const SHORT = 3;

// What is read of EXIF: as much as a segment of JPEG holds.
const MAX_EXIF = 65_000;
const EXIF_PREFIX = "Exif\0\0";

/**
 * Reads the EXIF that comes next, for the proposals, and returns its orientation. Some programs write the prefix that
 * belongs to JPEG: browsers then find no orientation.
 */
export function* takeExif({ source, metadata }: Job, length: number): Step<number> {
  const bytes = yield* source.take(Math.min(length, MAX_EXIF));
  yield* source.skip(length - bytes.length);
  metadata.add("exif", startsWith(bytes, EXIF_PREFIX) ? bytes.subarray(EXIF_PREFIX.length) : bytes);
  return orientationOf(bytes);
}

/**
 * The orientation that a TIFF structure gives (Exif 2.32, section 4.6.4, tag 274), as browsers read it: the first such
 * tag of the first directory.
 * @returns 1 to 8; 1 (upright) also for everything that can't be read
 */
export function orientationOf(tiff: Uint8Array): number {
  for (const { tag, short } of directoryOf(tiff))
    if (tag === TAG) {
      const value = short() ?? 1;
      return value >= 1 && value <= 8 ? value : 1;
    }
  return 1;
}

/** A TIFF structure with this orientation and nothing else: 26 bytes. */
export function minimalTiff(orientation: number): Uint8Array {
  const tiff = new Uint8Array(26);
  const view = viewOf(tiff);
  view.setUint32(0, 0x4d4d002a);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, TAG);
  view.setUint16(12, SHORT);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return tiff;
}

/** Whether a picture of this orientation lies on its side, so that its width is shown as its height. */
export function isSideways(orientation: number): boolean {
  return orientation >= 5;
}
