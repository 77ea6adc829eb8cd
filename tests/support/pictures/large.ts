/** Photographs of the largest size that is taken, each of other pixels. */
import sharp from "sharp";

// Noise of this size is some 14 MB at the best quality.
const WIDTH = 2100;
const HEIGHT = 1600;
const CHANNELS = 3;
const MARKER_BYTES = 4;
const MAX_SEGMENT_BYTES = 65_533;

/**
 * A JPEG of noise.
 * @param seed of its pixels: another seed is another picture
 * @param length in bytes, exactly
 * @throws Error when the length is too small for it
 */
export async function largeJpeg(seed: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const raw = { width: WIDTH, height: HEIGHT, channels: CHANNELS } as const;
  const picture = await sharp(noise(seed, WIDTH * HEIGHT * CHANNELS), { raw })
    .jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
    .toBuffer();
  return filled(picture, length);
}

/** Bytes that no compression makes smaller (xorshift32). */
function noise(seed: number, length: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = (seed + 1) * 2_654_435_761;
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
}

/** A JPEG with comments before its picture, so that it has so many bytes (ITU-T T.81, section B.2.4.5). */
export function filled(jpeg: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const missing = length - jpeg.byteLength;
  if (missing < 0 || (missing > 0 && missing < MARKER_BYTES))
    throw new Error(`The picture has ${jpeg.byteLength} bytes, not ${length}`);
  const whole = new Uint8Array(length);
  whole.set(jpeg.subarray(0, 2));
  let at = 2;
  for (let left = missing; left > 0;) {
    // What is left after a segment must hold a marker again, or be nothing.
    const segment = left <= MAX_SEGMENT_BYTES + 2 ? left : Math.min(MAX_SEGMENT_BYTES, left - MARKER_BYTES);
    whole.set([0xff, 0xfe, (segment - 2) >> 8, (segment - 2) & 0xff], at);
    at += segment;
    left -= segment;
  }
  whole.set(jpeg.subarray(2), at);
  return whole;
}
