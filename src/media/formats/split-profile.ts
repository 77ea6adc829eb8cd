/** The colour profile of a JPEG, in numbered segments that come in any order (ICC.1, annex B.4): all of it stays, or none. */
import { profileLength } from "./profile.ts";

export class SplitProfile {
  /** What keeps each segment, by its number. */
  readonly #segments = new Map<number, () => void>();
  #count: number | undefined;
  #length = 0;
  /** The length that the profile gives itself. */
  #declared: number | undefined;
  #isBroken = false;

  /**
   * Takes a segment.
   * @param payload its number, how many segments there are, and its bytes
   * @param hold holds the place of the segment, and returns what keeps it
   * @throws Refused (cannot-be-cleaned) for a profile that is too long
   */
  add(payload: Uint8Array, hold: () => () => void): void {
    const [number = 0, count = 0] = payload;
    const data = payload.subarray(2);
    const isNew = number > 0 && number <= count && !this.#segments.has(number);
    // Decoders take no profile whose segments contradict one another.
    if (!isNew || data.length === 0 || count !== (this.#count ?? count)) this.#isBroken = true;
    if (this.#isBroken) return;
    if (number === 1) this.#declared = profileLength(data);
    this.#count = count;
    this.#length += data.length;
    this.#segments.set(number, hold());
  }

  /** Keeps the segments where they are all there, and together as long as the profile says of itself. */
  end(): void {
    const isWhole = this.#segments.size === this.#count && this.#length === this.#declared;
    if (isWhole && !this.#isBroken) for (const keep of this.#segments.values()) keep();
  }
}
