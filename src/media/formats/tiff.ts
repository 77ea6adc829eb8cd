/** The first directory of a TIFF structure, in which EXIF says how a picture is turned, and what it shows (TIFF 6.0, section 2). */
import { startsWith, viewOf } from "./scan.ts";

const ENTRY = 12;
const ASCII = 2;
const SHORT = 3;

/** An entry of the directory. Each reads its value, where it has this type. */
export type Entry = {
  tag: number;
  /** One number of 16 bits. */
  short: () => number | undefined;
  /** The bytes of a text. */
  text: () => Uint8Array | undefined;
};

/** The entries in their order; none where the structure can't be read. */
export function* directoryOf(tiff: Uint8Array): Generator<Entry, void> {
  const view = viewOf(tiff);
  const isLittle = startsWith(tiff, "II*\0");
  if (tiff.length < 14 || !(isLittle || startsWith(tiff, "MM\0*"))) return;
  const directory = view.getUint32(4, isLittle);
  if (directory + 2 > tiff.length) return;
  const end = directory + 2 + ENTRY * view.getUint16(directory, isLittle);
  for (let at = directory + 2; at < end && at + ENTRY <= tiff.length; at += ENTRY) {
    const type = view.getUint16(at + 2, isLittle);
    const count = view.getUint32(at + 4, isLittle);
    yield {
      tag: view.getUint16(at, isLittle),
      short: () => (type === SHORT && count === 1 ? view.getUint16(at + 8, isLittle) : undefined),
      text() {
        if (type !== ASCII) return undefined;
        const from = count <= 4 ? at + 8 : view.getUint32(at + 8, isLittle);
        return from + count <= tiff.length ? tiff.subarray(from, from + count) : undefined;
      },
    };
  }
}
