/** Pictures that are made to exhaust those who read them: few bytes that stand for many, and parts without end. */
import { deflateSync } from "node:zlib";
import { joined } from "../../../src/media/pieces.ts";
import { numbers, PNG_SIGNATURE, pngChunk } from "./bytes.ts";
import { filled } from "./large.ts";

// 3.6 thousand million pixels: 10.8 GB of memory for a reader that decodes them.
const SIDE = 60_000;
const BOMB_ROWS = 200;
const GIF_FRAMES = 200_000;
// Of the lengths from 2 to 16 bits no code, and the one code of 1 bit stands for 0.
const NO_CODES = Array.from({ length: 16 }, () => 0);
const ASCII = new TextEncoder();

export type Hostile = { name: string; type: string; bytes: Uint8Array<ArrayBuffer> };

/** The pictures. @param length of those whose parts never seem to end, in bytes */
export function hostilePictures(length: number): Hostile[] {
  return [
    { name: "a PNG of 60,000 × 60,000 pixels", type: "image/png", bytes: pngBomb() },
    { name: "a JPEG of 60,000 × 60,000 pixels", type: "image/jpeg", bytes: jpegBomb() },
    { name: "a JPEG of comments alone", type: "image/jpeg", bytes: filled(jpegBomb(), length) },
    { name: "a JPEG of empty segments", type: "image/jpeg", bytes: emptySegments(length) },
    { name: "a PNG of text chunks", type: "image/png", bytes: textChunks(length) },
    { name: "a WebP of unknown chunks", type: "image/webp", bytes: riffChunks(length) },
    { name: "a GIF of 200,000 frames", type: "image/gif", bytes: gifFrames() },
    { name: "an AVIF of boxes within boxes", type: "image/avif", bytes: nestedBoxes(length) },
  ];
}

/** A PNG that says it is large, with rows of zeros (PNG, Third Edition, section 11.2). */
function pngBomb(): Uint8Array<ArrayBuffer> {
  const rows = deflateSync(new Uint8Array(BOMB_ROWS * (SIDE * 3 + 1)), { level: 9 });
  return joined([
    PNG_SIGNATURE,
    pngChunk("IHDR", header(SIDE)),
    pngChunk("IDAT", rows),
    pngChunk("IEND", new Uint8Array(0)),
  ]);
}

function textChunks(length: number): Uint8Array<ArrayBuffer> {
  const chunk = pngChunk("tEXt", ASCII.encode("Comment\0"));
  const count = Math.floor(length / chunk.byteLength) - 4;
  return joined([
    PNG_SIGNATURE,
    pngChunk("IHDR", header(1)),
    repeated(chunk, count),
    pngChunk("IDAT", deflateSync(new Uint8Array(4))),
    pngChunk("IEND", new Uint8Array(0)),
  ]);
}

/** The header of a PNG in colour: width, height, 8 bits, type 2. */
function header(side: number): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, side);
  view.setUint32(4, side);
  bytes.set([8, 2, 0, 0, 0], 8);
  return bytes;
}

/** A JPEG whose frame says that it is large (ITU-T T.81, section B.2.2), with a scan of zeros. */
function jpegBomb(): Uint8Array<ArrayBuffer> {
  const quantisation = [0xff, 0xdb, 0, 67, 0, ...Array.from({ length: 64 }, () => 1)];
  const frame = [0xff, 0xc0, 0, 11, 8, SIDE >> 8, SIDE & 0xff, SIDE >> 8, SIDE & 0xff, 1, 1, 0x11, 0];
  // One code of one bit in each table.
  const [direct = [], alternating = []] = [0x00, 0x10].map((id) =>
    [0xff, 0xc4, 0, 20, id, 1].concat(NO_CODES),
  );
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
  return joined([
    Uint8Array.from([0xff, 0xd8, ...quantisation, ...frame, ...direct, ...alternating, ...scan]),
    new Uint8Array(1000),
    Uint8Array.from([0xff, 0xd9]),
  ]);
}

function emptySegments(length: number): Uint8Array<ArrayBuffer> {
  const [bomb, segment] = [jpegBomb(), Uint8Array.from([0xff, 0xe1, 0, 2])];
  const count = Math.floor((length - bomb.byteLength) / segment.byteLength);
  return joined([bomb.subarray(0, 2), repeated(segment, count), bomb.subarray(2)]);
}

/** RIFF chunks of no known kind, before any picture (RFC 9649, section 2.3). */
function riffChunks(length: number): Uint8Array<ArrayBuffer> {
  const chunk = joined([ASCII.encode("JUNK"), new Uint8Array(4)]);
  const chunks = repeated(chunk, Math.floor((length - 12) / chunk.byteLength));
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, chunks.byteLength + 4, true);
  return joined([ASCII.encode("RIFF"), size, ASCII.encode("WEBP"), chunks]);
}

/** Frames of one pixel on the largest canvas (GIF89a, section 20). */
function gifFrames(): Uint8Array<ArrayBuffer> {
  const start = joined([
    ASCII.encode("GIF89a"),
    Uint8Array.from([255, 255, 255, 255, 0x80, 0, 0, 0, 0, 0, 9, 9, 9]),
  ]);
  const frame = Uint8Array.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return joined([start, repeated(frame, GIF_FRAMES), Uint8Array.from([0x3b])]);
}

/** Boxes that each hold the next (ISO/IEC 14496-12, section 4.2). */
function nestedBoxes(length: number): Uint8Array<ArrayBuffer> {
  const type = joined([numbers(20), ASCII.encode("ftypavif"), numbers(0), ASCII.encode("avif")]);
  const depth = Math.floor((length - type.byteLength) / 12);
  const boxes = new Uint8Array(depth * 12);
  const view = new DataView(boxes.buffer);
  for (let level = 0; level < depth; level++) {
    view.setUint32(level * 12, (depth - level) * 12);
    boxes.set(ASCII.encode("meta"), level * 12 + 4);
  }
  return joined([type, boxes]);
}

function repeated(part: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(part.byteLength * count);
  for (let index = 0; index < count; index++) whole.set(part, index * part.byteLength);
  return whole;
}
