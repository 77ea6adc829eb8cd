/** Builders of files: segments, chunks, blocks and boxes, byte by byte. */
import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";

export const text = (value: string) => Buffer.from(value, "latin1");

/** A number of the given length, the highest byte first. */
export function big(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}

/** A number of the given length, the lowest byte first. */
export function little(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntLE(value, 0, length);
  return bytes;
}

/** A segment of a JPEG. */
export function segment(marker: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0xff, marker), big(2 + payload.length, 2), payload]);
}

/** A chunk of a PNG. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([text(type), data]);
  return Buffer.concat([big(data.length, 4), typed, big(crc32(typed), 4)]);
}

/** The chunk that announces frames of an animated PNG. */
export function pngAnimation(frames: number): Buffer {
  return pngChunk("acTL", Buffer.concat([big(frames, 4), big(0, 4)]));
}

/** The chunk that begins a frame of an animated PNG. @param sequence counts the chunks of all frames */
export function pngFrame(sequence: number, width: number, height: number, left = 0): Buffer {
  const numbers = [sequence, width, height, left, 0].map((number) => big(number, 4));
  return pngChunk("fcTL", Buffer.concat([...numbers, Buffer.of(0, 1, 0, 10, 0, 0)]));
}

/** A chunk with pixels of a frame of an animated PNG. */
export function pngPixels(sequence: number, data: Buffer): Buffer {
  return pngChunk("fdAT", Buffer.concat([big(sequence, 4), data]));
}

/** A chunk of a WebP. */
export function webpChunk(type: string, data: Buffer): Buffer {
  return Buffer.concat([text(type), little(data.length, 4), data, Buffer.alloc(data.length % 2)]);
}

/** A WebP of these chunks. */
export function webpFile(...chunks: Buffer[]): Buffer {
  const body = Buffer.concat([text("WEBP"), ...chunks]);
  return Buffer.concat([text("RIFF"), little(body.length, 4), body]);
}

/** The header of a WebP with more than one chunk. */
export function canvas(flags: number, width: number, height: number): Buffer {
  return webpChunk("VP8X", Buffer.concat([little(flags, 4), little(width - 1, 3), little(height - 1, 3)]));
}

/** Data as blocks of a GIF. */
export function gifBlocks(data: Buffer): Buffer {
  const blocks = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(Buffer.of(block.length), block);
  }
  return Buffer.concat([...blocks, Buffer.of(0)]);
}

/** An extension of a GIF. */
export function gifExtension(label: number, head: Buffer, data: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x21, label, head.length), head, gifBlocks(data)]);
}

/** A box of an AVIF. */
export function box(type: string, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([big(8 + body.length, 4), text(type), body]);
}

/** An entry of a TIFF directory: tag, type, how many values, the value or its place. */
export type TiffEntry = readonly [tag: number, type: number, count: number, value: Buffer];

/** A TIFF structure, the highest byte first, with these texts, an orientation, and a directory of GPS. */
export function tiff(texts: Readonly<Record<number, string>>, orientation: number, gps = ""): Buffer {
  const tags = Object.entries(texts).map(([tag, value]) => ({
    tag: Number(tag),
    value: Buffer.from(`${value}\0`),
  }));
  const count = tags.length + 2;
  let at = 8 + 2 + 12 * count + 4;
  const data: Buffer[] = [];
  const place = (bytes: Buffer) => {
    const padded = Buffer.concat([bytes, Buffer.alloc(4)]);
    data.push(padded);
    at += padded.length;
    return at - padded.length;
  };
  const entries = tags.map(({ tag, value }) => ({
    tag,
    bytes: Buffer.concat([
      big(tag, 2),
      big(2, 2),
      big(value.length, 4),
      value.length <= 4 ? Buffer.concat([value, Buffer.alloc(4)]).subarray(0, 4) : big(place(value), 4),
    ]),
  }));
  entries.push({
    tag: 0x0112,
    bytes: Buffer.concat([big(0x0112, 2), big(3, 2), big(1, 4), big(orientation, 2), big(0, 2)]),
  });
  const area = Buffer.from(`ASCII\0\0\0${gps}`);
  const directory = place(
    Buffer.concat([
      big(1, 2),
      big(0x1b, 2),
      big(7, 2),
      big(area.length, 4),
      big(at + 18, 4),
      big(0, 4),
      area,
    ]),
  );
  entries.push({
    tag: 0x8825,
    bytes: Buffer.concat([big(0x8825, 2), big(4, 2), big(1, 4), big(directory, 4)]),
  });
  const sorted = entries.toSorted((one, other) => one.tag - other.tag).map(({ bytes }) => bytes);
  return Buffer.concat([text("MM\0*"), big(8, 4), big(count, 2), ...sorted, big(0, 4), ...data]);
}

/** A dataset of IIM in the application record. */
export function dataset(number: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x1c, 2, number), big(value.length, 2), value]);
}

/** Resources of Photoshop: one that nobody reads, and IIM. */
export function photoshop(...datasets: Buffer[]): Buffer {
  const resource = (id: number, name: string, data: Buffer) =>
    Buffer.concat([
      text("8BIM"),
      big(id, 2),
      Buffer.of(name.length),
      text(name),
      Buffer.alloc((name.length + 1) % 2),
      big(data.length, 4),
      data,
      Buffer.alloc(data.length % 2),
    ]);
  return Buffer.concat([
    text("Photoshop 3.0\0"),
    resource(0x0425, "odd", Buffer.alloc(7)),
    resource(0x0404, "", Buffer.concat(datasets)),
  ]);
}

/** A colour profile's header and the number of its tags, none; then zeros up to its length. */
export function profile(length = 132): Buffer {
  return Buffer.concat([
    big(length, 4),
    Buffer.alloc(32),
    text("acsp"),
    Buffer.alloc(Math.max(92, length - 40)),
  ]);
}
