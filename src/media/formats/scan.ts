/** Scans: what the scanner of a format gets and gives, and the checks that all formats share. */
import {
  MAX_ANIMATED_PIXELS,
  MAX_FRAMES,
  MAX_METADATA_BYTES,
  MAX_PARTS,
  MAX_PIXELS,
  MAX_SIDE,
} from "../limits.ts";
import { type Plan, tooFragmented } from "../pieces.ts";
import { damaged, Refused } from "../refusal.ts";
import type { Source, Step } from "./source.ts";

/** The texts that came with a picture, as bytes: TIFF (EXIF), XMP, IIM (IPTC). They are read, and never kept. */
export type Metadata = {
  exif?: Uint8Array;
  xmp?: Uint8Array;
  iptc?: Uint8Array;
};

/** What a scanner works with. */
export type Job = {
  readonly source: Source;
  readonly plan: Plan;
  readonly metadata: MetadataBox;
};

/** What a scanner found: the size as the pixels lie in the file, and the EXIF orientation of 1 to 8. */
export type Scanned = {
  width: number;
  height: number;
  orientation: number;
  /** Whether it moves: it has several frames. */
  isAnimated?: boolean;
  /** The cleaned file's beginning, as far as a reader of its size needs it. */
  beginning: Uint8Array;
};

/** The scanner of a format: it reads the whole picture and plans the cleaned file, or throws `Refused`. */
export type Scanner = (job: Job) => Step<Scanned>;

/** Collects metadata within a bound for all of it together. The first of each kind counts. */
export class MetadataBox {
  readonly found: Metadata = {};
  #room = MAX_METADATA_BYTES;

  /** Whether a payload of this length would be looked at. */
  wants(kind: keyof Metadata, length: number): boolean {
    return this.found[kind] === undefined && length > 0 && length <= this.#room;
  }

  /** Takes a payload, whose bytes nobody else changes. */
  add(kind: keyof Metadata, payload: Uint8Array): void {
    if (!this.wants(kind, payload.length)) return;
    this.#room -= payload.length;
    this.found[kind] = payload;
  }
}

/** Counts the parts of a file. @throws Refused (too-fragmented) beyond the limit */
export class PartCounter {
  #parts = 0;

  count(): void {
    this.#parts += 1;
    if (this.#parts > MAX_PARTS) throw tooFragmented();
  }
}

/** Checks the size of the picture. @throws Refused (damaged, too-many-pixels) */
export function checkSize(width: number, height: number): void {
  if (width === 0 || height === 0) throw damaged("its width or height is zero");
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
    throw new Refused(
      "too-many-pixels",
      `The picture has ${width} × ${height} pixels: at most ${MAX_SIDE} on a side and ${MAX_PIXELS / 1_000_000} million together are taken.`,
    );
}

/** Checks the number of frames of an animation. @throws Refused (too-many-frames) */
export function checkFrames(frames: number, { width, height }: { width: number; height: number }): void {
  if (frames > MAX_FRAMES)
    throw new Refused("too-many-frames", `The animation has more than ${MAX_FRAMES} frames.`);
  if (frames > 1 && frames * width * height > MAX_ANIMATED_PIXELS)
    throw new Refused(
      "too-many-frames",
      `The animation's frames have more than ${MAX_ANIMATED_PIXELS / 1_000_000} million pixels together.`,
    );
}

/** Whether `bytes` begin with the characters of `text`, each as one byte, at `offset`. */
export function startsWith(bytes: Uint8Array, text: string, offset = 0): boolean {
  if (bytes.length < offset + text.length) return false;
  for (let index = 0; index < text.length; index += 1)
    if (bytes[offset + index] !== text.charCodeAt(index)) return false;
  return true;
}

/** Each byte as one character: names of chunks, boxes and blocks. */
export function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** The characters of a text as one byte each. */
export function bytesOfText(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A view of the numbers in an array. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
