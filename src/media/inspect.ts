/** The inspector: what a picture's bytes are, and how they become clean. It sees the upload once and keeps none of it. */
import { imageDimensionsFromData } from "image-dimensions";
import type { MediaDescription, PictureFile, PictureType } from "../article/media.ts";
import { scanAvif } from "./formats/avif/avif.ts";
import { scanGif } from "./formats/gif.ts";
import { scanWebp } from "./formats/webp.ts";
import { scanJpeg } from "./formats/jpeg.ts";
import { isSideways } from "./formats/orientation.ts";
import { scanPng } from "./formats/png/png.ts";
import { type Job, MetadataBox, type Scanned, type Scanner } from "./formats/scan.ts";
import { pictureTypeOf, refusalOf, SIGNATURE_LENGTH, SNIFFED_LENGTH } from "./formats/signature.ts";
import { Source, type Step } from "./formats/source.ts";
import { type Piece, Plan } from "./pieces.ts";
import { proposalsOf } from "./proposals.ts";
import { damaged, type Refusal, Refused, truncated } from "./refusal.ts";

/** A picture that can be kept: its type and size as browsers show it, and its length once it is clean. */
export type Inspected = PictureFile & {
  readonly ok: true;
  /** Whether it moves: it has several frames. */
  readonly isAnimated: boolean;
  /** How to make the cleaned file of the upload: see `cleaned`. */
  readonly pieces: readonly Piece[];
  /** What the file's own metadata says of the picture, in plain text. */
  readonly proposed: MediaDescription;
};

export type Inspection = Inspected | Refusal;

export type Inspector = {
  /**
   * Looks at the next bytes of the upload. It keeps no reference to them.
   * @returns the refusal as soon as it is certain: nothing that follows can change it
   */
  push: (chunk: Uint8Array) => Refusal | undefined;
  /** Says that the upload is complete. It never throws for any bytes. */
  end: () => Promise<Inspection>;
};

const SCANNERS: Readonly<Record<PictureType, Scanner>> = {
  "image/jpeg": scanJpeg,
  "image/png": scanPng,
  "image/webp": scanWebp,
  "image/gif": scanGif,
  "image/avif": scanAvif,
};

/** Makes an inspector for one upload. */
export function inspector(): Inspector {
  const source = new Source();
  const job: Job = { source, plan: new Plan(), metadata: new MetadataBox() };
  const steps = scan(job);
  let outcome: Omit<Inspected, "proposed"> | Refusal | undefined;
  return {
    push(chunk) {
      // What follows the picture isn't looked at, and isn't kept.
      if (outcome === undefined && chunk.length > 0) {
        source.feed(chunk);
        outcome = advance(steps);
      }
      return outcome?.ok === false ? outcome : undefined;
    },
    async end() {
      source.finish();
      outcome ??= advance(steps) ?? truncated().refusal;
      return outcome.ok ? { ...outcome, proposed: proposalsOf(job.metadata.found) } : outcome;
    },
  };
}

/** Goes on until more bytes are needed, or until all is known. */
function advance<Result>(steps: Step<Result>): Result | Refusal | undefined {
  try {
    const { done, value } = steps.next();
    return done ? value : undefined;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

function* scan(job: Job): Step<Omit<Inspected, "proposed">> {
  const { source, plan } = job;
  const head = yield* source.takeUpTo(SIGNATURE_LENGTH);
  const type = pictureTypeOf(head);
  if (type === undefined) {
    source.unread(head);
    throw refusalOf(yield* source.takeUpTo(SNIFFED_LENGTH));
  }
  source.unread(head);
  const scanned = yield* SCANNERS[type](job);
  const { width, height } = sizeOf(type, scanned);
  const isTurned = isSideways(scanned.orientation);
  return {
    ok: true,
    type,
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    length: plan.length,
    isAnimated: scanned.isAnimated ?? false,
    pieces: plan.pieces(),
  };
}

/** The size that a reader of the cleaned file finds, which must be what the scanner found. */
function sizeOf(type: PictureType, { width, height, beginning }: Scanned): { width: number; height: number } {
  const read = imageDimensionsFromData(beginning);
  if (read === undefined || `image/${read.type}` !== type || read.width !== width || read.height !== height)
    throw damaged("readers of its size disagree");
  return read;
}
