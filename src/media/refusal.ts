/** Refusals of pictures: a closed list of reasons, each with a sentence for the editor. */

export type RefusalReason =
  /** No known picture format. */
  | "not-a-picture"
  /** A picture of a kind that isn't taken: SVG, HEIC, TIFF, a rare kind of JPEG. */
  | "unsupported-type"
  | "truncated"
  /** The body has another length than its request says. */
  | "wrong-length"
  /** The file breaks the rules of its own format. */
  | "damaged"
  | "too-many-pixels"
  | "too-many-frames"
  /** So many parts that looking at them costs too much. */
  | "too-fragmented"
  /** What the picture holds beside its pixels can't be removed. */
  | "cannot-be-cleaned";

export type Refusal = {
  readonly ok: false;
  readonly reason: RefusalReason;
  /** One plain sentence for an editor. */
  readonly detail: string;
  /** The media type of the bytes, where it is known. */
  readonly found?: string | undefined;
};

/** Ends the scan of a picture; the inspector catches it. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;

  constructor(reason: RefusalReason, detail: string, found?: string) {
    super(detail);
    this.refusal = { ok: false, reason, detail, ...(found !== undefined && { found }) };
  }
}

/** The file breaks the rules of its format: `what` is the end of "The picture is damaged: …". */
export function damaged(what: string): Refused {
  return new Refused("damaged", `The picture is damaged: ${what}.`);
}

export function truncated(): Refused {
  return new Refused("truncated", "The file ends in the middle of the picture.");
}
