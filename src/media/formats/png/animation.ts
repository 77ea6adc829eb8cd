/** The animation of a PNG (PNG, third edition, section 11.3.6): its frames as announced, each with its pixels. Decoders show no others. */
import { damaged } from "../../refusal.ts";
import { checkFrames, viewOf } from "../scan.ts";

const MAX_DISPOSAL = 2;
const MAX_BLENDING = 1;

export class Animation {
  readonly #announced: number;
  readonly #size: { width: number; height: number };
  #frames = 0;
  /** The number of the next chunk fcTL or fdAT. */
  #sequence = 0;
  /** The chunks that hold the present frame's pixels; undefined before the first frame. */
  #pixels: "IDAT" | "fdAT" | undefined;
  #lacksPixels = false;

  /**
   * @param announced the number of frames in the chunk acTL
   * @param size of the picture
   * @throws Refused (too-many-frames)
   */
  constructor(announced: number, size: { width: number; height: number }) {
    checkFrames(announced, size);
    this.#announced = announced;
    this.#size = size;
  }

  /**
   * Begins a frame.
   * @param control the data of the chunk fcTL
   * @param isFirst whether its pixels are those of the still picture: the chunk comes before them
   * @throws Refused (damaged) for a frame that decoders don't show
   */
  begin(control: Uint8Array, isFirst: boolean): void {
    this.#count(control);
    if (this.#lacksPixels) throw damaged("a frame has no pixels");
    this.#frames += 1;
    if (this.#frames > this.#announced) throw damaged("it has more frames than it announces");
    this.#check(control, isFirst);
    this.#pixels = isFirst ? "IDAT" : "fdAT";
    this.#lacksPixels = true;
  }

  /**
   * Takes pixels of a frame.
   * @param data the beginning of the chunk fdAT
   * @throws Refused (damaged) where the present frame has its pixels elsewhere
   */
  goOn(data: Uint8Array): void {
    this.#count(data);
    if (this.#pixels !== "fdAT") throw damaged("pixels of its animation belong to no frame");
    this.#lacksPixels = false;
  }

  /** Takes pixels of the still picture, which may be those of the first frame. */
  takeStill(): void {
    if (this.#pixels === "IDAT") this.#lacksPixels = false;
  }

  #count(data: Uint8Array): void {
    if (viewOf(data).getUint32(0) !== this.#sequence) throw damaged("its frames are out of order");
    this.#sequence += 1;
  }

  /** Checks the place of a frame, and what becomes of it. The still picture as a frame is as large as the picture. */
  #check(control: Uint8Array, isFirst: boolean): void {
    const view = viewOf(control);
    const frame = { width: view.getUint32(4), height: view.getUint32(8) };
    const [left, top] = [view.getUint32(12), view.getUint32(16)];
    const { width, height } = this.#size;
    if (left + frame.width > width || top + frame.height > height)
      throw damaged("a frame lies outside of the picture");
    if (isFirst && (frame.width < width || frame.height < height))
      throw damaged("its first frame is smaller than the picture");
    const hasSense = view.getUint8(24) <= MAX_DISPOSAL && view.getUint8(25) <= MAX_BLENDING;
    if (frame.width === 0 || frame.height === 0 || !hasSense) throw damaged("a frame has no sense");
  }
}
