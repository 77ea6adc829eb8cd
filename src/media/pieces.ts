/** Pieces: a cleaned file as ranges of the upload's bytes, and bytes of its own. */
import { MAX_LITERAL_BYTES, MAX_PIECES } from "./limits.ts";
import { Refused } from "./refusal.ts";

/** The upload's bytes from `from` to before `to`; or these bytes; or so many zeros. */
export type Piece =
  | { readonly from: number; readonly to: number }
  | { readonly bytes: Uint8Array }
  | { readonly zeros: number };

/** Collects the pieces of a cleaned file in their order. Ranges grow; they never overlap. */
export class Plan {
  #pieces: Piece[] = [];
  #length = 0;
  #literal = 0;

  /** The length of the cleaned file so far, in bytes. */
  get length(): number {
    return this.#length;
  }

  /** Keeps a range of the upload. */
  keep(from: number, to: number): void {
    if (to <= from) return;
    this.#length += to - from;
    const last = this.#pieces.at(-1);
    if (last && "from" in last && last.to === from)
      this.#pieces[this.#pieces.length - 1] = { from: last.from, to };
    else this.#add({ from, to });
  }

  /**
   * Holds the place of a range of which only later parts of the file tell whether it stays.
   * @returns keeps it
   */
  hold(from: number, to: number): () => void {
    const held = { from, to: from };
    this.#add(held);
    return () => {
      held.to = to;
      this.#length += to - from;
    };
  }

  /** Adds bytes. A format may change them until `pieces` is called: lengths are known only at the end. */
  insert(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#length += bytes.length;
    this.#literal += bytes.length;
    if (this.#literal > MAX_LITERAL_BYTES) throw tooFragmented();
    this.#add({ bytes });
  }

  /** Adds zeros, where the places of later bytes must not change. */
  blank(zeros: number): void {
    if (zeros <= 0) return;
    this.#length += zeros;
    this.#add({ zeros });
  }

  /** The pieces, with neighbouring bytes in one, and without ranges that were held and never kept. */
  pieces(): Piece[] {
    const merged: Piece[] = [];
    let literals: Uint8Array[] = [];
    const flush = () => {
      if (literals.length > 0) merged.push({ bytes: joined(literals) });
      literals = [];
    };
    for (const piece of this.#pieces) {
      if ("bytes" in piece) literals.push(piece.bytes);
      else if (!("from" in piece) || piece.from < piece.to) {
        flush();
        merged.push(piece);
      }
    }
    flush();
    return merged;
  }

  #add(piece: Piece): void {
    if (this.#pieces.length >= MAX_PIECES) throw tooFragmented();
    this.#pieces.push(piece);
  }
}

/** The refusal of a file that consists of too many parts. */
export function tooFragmented(): Refused {
  return new Refused(
    "too-fragmented",
    "The file consists of too many small parts: save the picture anew in an image editor.",
  );
}

/** One array of several, in their order. */
export function joined(arrays: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const array of arrays) {
    whole.set(array, offset);
    offset += array.length;
  }
  return whole;
}
