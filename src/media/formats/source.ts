/** The upload's bytes as a scanner reads them: in order, without holding the file. */
import { joined } from "../pieces.ts";
import { truncated } from "../refusal.ts";

/** A scanner that stops whenever it needs bytes which haven't come yet. */
export type Step<Result> = Generator<undefined, Result, undefined>;

const NONE = new Uint8Array();

/** Takes chunks of any size, and gives the bytes that a scanner asks for. It keeps no chunk after `feed`'s caller goes on. */
export class Source {
  #chunk: Uint8Array = NONE;
  /** How many bytes of the chunk were read. */
  #read = 0;
  #ended = false;
  #position = 0;

  /** The place of the next byte in the upload. */
  get position(): number {
    return this.#position;
  }

  /** Gives the next chunk. The scanner must have read or gathered all bytes before. */
  feed(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#read = 0;
  }

  /** Says that no more chunks come. */
  finish(): void {
    this.#ended = true;
  }

  /**
   * A copy of the next bytes.
   * @throws Refused (truncated) where fewer are left
   */
  *take(length: number): Step<Uint8Array> {
    const taken = yield* this.takeUpTo(length);
    if (taken.length < length) throw truncated();
    return taken;
  }

  /** A copy of the next bytes, or of those that are left. `length` must be bounded: so much memory is taken. */
  *takeUpTo(length: number): Step<Uint8Array> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const part = (yield* this.window()).subarray(0, length - filled);
      if (part.length === 0) return bytes.slice(0, filled);
      bytes.set(part, filled);
      filled += part.length;
      this.advance(part.length);
    }
    return bytes;
  }

  /**
   * Passes bytes over.
   * @throws Refused (truncated) where fewer are left
   */
  *skip(length: number): Step<void> {
    let left = length;
    while (left > 0) {
      const passed = Math.min(left, (yield* this.window()).length);
      if (passed === 0) throw truncated();
      this.advance(passed);
      left -= passed;
    }
  }

  /** Gives bytes back that were just taken. They are copied only where they came in several chunks. */
  unread(bytes: Uint8Array): void {
    if (bytes.length <= this.#read) this.#read -= bytes.length;
    else this.feed(joined([bytes, this.#chunk.subarray(this.#read)]));
    this.#position -= bytes.length;
  }

  /** The bytes at hand, at least one; none at the end of the upload. They aren't read yet: see `advance`. */
  *window(): Step<Uint8Array> {
    while (this.#read === this.#chunk.length && !this.#ended) {
      this.feed(NONE);
      yield;
    }
    return this.#chunk.subarray(this.#read);
  }

  /** Marks bytes of the window as read. */
  advance(length: number): void {
    this.#read += length;
    this.#position += length;
  }
}
