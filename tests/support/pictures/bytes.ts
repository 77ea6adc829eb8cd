/** Bytes of pictures that tests make: numbers, and chunks of a PNG. */
import { crc32 } from "../../../src/media/formats/png/crc32.ts";
import { joined } from "../../../src/media/pieces.ts";

/** The first bytes of a PNG (PNG, third edition, section 5.2). */
export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Numbers of four bytes each, the highest byte first. */
export function numbers(...values: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [index, value] of values.entries()) view.setUint32(4 * index, value);
  return new Uint8Array(view.buffer);
}

/** A chunk of a PNG: its length, its type, its data, their checksum (PNG, third edition, section 5.3). */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const typed = joined([new TextEncoder().encode(type), data]);
  return joined([numbers(data.length), typed, numbers(crc32(typed))]);
}
