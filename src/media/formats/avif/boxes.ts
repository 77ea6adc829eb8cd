/** The boxes of an ISO base media file (ISO/IEC 14496-12, section 4.2), in bytes that are in memory. */
import { damaged } from "../../refusal.ts";
import { bytesOfText, latin1, viewOf } from "../scan.ts";

/** The length of a box's head: its length and its type. */
export const BOX_HEAD = 8;

/** A box within bytes: its type, where it starts, where its contents begin, and where it ends. */
export type Box = { type: string; start: number; body: number; end: number };

/** The boxes between two places, which they must fill. @throws Refused (damaged) */
export function boxesIn(bytes: Uint8Array, from: number, to: number): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  let start = from;
  while (start < to) {
    if (start + BOX_HEAD > to) throw damaged("a box is too short");
    const length = view.getUint32(start);
    // A long length (1) and one up to the end of the file (0) make no sense within the boxes that describe a picture.
    if (length < BOX_HEAD || start + length > to) throw damaged("a box has a wrong length");
    const type = latin1(bytes.subarray(start + 4, start + BOX_HEAD));
    boxes.push({ type, start, body: start + BOX_HEAD, end: start + length });
    start += length;
  }
  return boxes;
}

/** Empties a box: it becomes free space of the same length. */
export function empty(bytes: Uint8Array, { start, body, end }: Pick<Box, "start" | "body" | "end">): void {
  bytes.set(bytesOfText("free"), start + 4);
  bytes.fill(0, body, end);
}

/** Reads numbers of a box one after another. @throws Refused (damaged) beyond its end */
export class Fields {
  readonly #view: DataView;
  readonly #end: number;
  #at: number;

  constructor(bytes: Uint8Array, { body, end }: Pick<Box, "body" | "end">) {
    this.#view = viewOf(bytes);
    this.#at = body;
    this.#end = end;
  }

  /** The place of the next number. */
  get at(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** A number of 0, 1, 2, 4 or 8 bytes. */
  number(length: number): number {
    const at = this.#at;
    if (at + length > this.#end) throw damaged("a box is too short");
    this.#at += length;
    switch (length) {
      case 0:
        return 0;
      case 1:
        return this.#view.getUint8(at);
      case 2:
        return this.#view.getUint16(at);
      case 4:
        return this.#view.getUint32(at);
      case 8:
        return Number(this.#view.getBigUint64(at));
      default:
        throw damaged("a number has a wrong length");
    }
  }
}
