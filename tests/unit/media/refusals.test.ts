/** Refusals: files that lie, that are cut or damaged, and that cost too much. */
import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { inspector } from "../../../src/media/inspect.ts";
import { MAX_FRAMES, MAX_PARTS, MAX_PIECES } from "../../../src/media/limits.ts";
import type { RefusalReason } from "../../../src/media/refusal.ts";
import {
  big,
  box,
  canvas,
  gifBlocks,
  little,
  pngAnimation,
  pngChunk,
  profile,
  segment,
  text,
  webpChunk,
  webpFile,
} from "./bytes.ts";
import { inspect } from "./inspection.ts";
import { bareSample } from "./pictures.ts";

const SOI = Buffer.of(0xff, 0xd8);
const EOI = Buffer.of(0xff, 0xd9);
const PNG = text("\x89PNG\r\n\x1a\n");

const frame = (width: number, height: number, marker = 0xc0, precision = 8) =>
  segment(
    marker,
    Buffer.concat([Buffer.of(precision), big(height, 2), big(width, 2), Buffer.of(1, 1, 0x11, 0)]),
  );
const scan = Buffer.concat([segment(0xda, Buffer.of(1, 1, 0, 0, 63, 0)), Buffer.of(0x12, 0xff, 0x00, 0x34)]);
const jpeg = (...segments: Buffer[]) => Buffer.concat([SOI, ...segments, EOI]);
const header = (width: number, height: number) =>
  pngChunk("IHDR", Buffer.concat([big(width, 4), big(height, 4), Buffer.of(8, 2, 0, 0, 0)]));
const png = (width: number, height: number, ...chunks: Buffer[]) =>
  Buffer.concat([
    PNG,
    header(width, height),
    ...chunks,
    pngChunk("IDAT", Buffer.alloc(9)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
const vp8 = (width: number, height: number) =>
  webpChunk(
    "VP8 ",
    Buffer.concat([
      Buffer.of(0x10, 0, 0, 0x9d, 0x01, 0x2a),
      little(width, 2),
      little(height, 2),
      Buffer.alloc(8),
    ]),
  );
const screen = (width: number, height: number) =>
  Buffer.concat([text("GIF89a"), little(width, 2), little(height, 2), Buffer.of(0, 0, 0)]);
const gifImage = (width: number, height: number, left = 0) =>
  Buffer.concat([
    Buffer.of(0x2c),
    little(left, 2),
    little(0, 2),
    little(width, 2),
    little(height, 2),
    Buffer.of(0, 2),
    gifBlocks(Buffer.of(0x4c, 1)),
  ]);
const gif = (width: number, height: number, ...blocks: Buffer[]) =>
  Buffer.concat([screen(width, height), ...blocks, Buffer.of(0x3b)]);
const anmf = (width: number, height: number, left = 0) =>
  webpChunk(
    "ANMF",
    Buffer.concat([
      little(left / 2, 3),
      little(0, 3),
      little(width - 1, 3),
      little(height - 1, 3),
      Buffer.alloc(4),
      vp8(width, height),
    ]),
  );
const animation = (width: number, height: number, ...frames: Buffer[]) =>
  webpFile(canvas(2, width, height), webpChunk("ANIM", Buffer.alloc(6)), ...frames);

const ftyp = (...brands: string[]) =>
  box("ftyp", text(brands[0] ?? "avif"), Buffer.alloc(4), ...brands.map(text));
const full = (type: string, version: number, ...contents: Buffer[]) =>
  box(type, Buffer.of(version, 0, 0, 0), ...contents);
type Parts = {
  width?: number;
  height?: number;
  properties?: Buffer[];
  used?: number[];
  type?: string;
  protection?: number;
  extents?: Buffer;
  more?: Buffer[];
};
/** An AVIF of one item. */
function avif({
  width = 8,
  height = 8,
  properties = [],
  used = [1],
  type = "av01",
  protection = 0,
  extents,
  more = [],
}: Parts = {}) {
  const start = ftyp("avif", "mif1");
  const make = (offset: number) =>
    full(
      "meta",
      0,
      full("hdlr", 0, big(0, 4), text("pict"), Buffer.alloc(13)),
      full("pitm", 0, big(1, 2)),
      full(
        "iloc",
        0,
        big(0x4400, 2),
        big(1, 2),
        big(1, 2),
        big(0, 2),
        extents ?? Buffer.concat([big(1, 2), big(offset, 4), big(4, 4)]),
      ),
      full("iinf", 0, big(1, 2), full("infe", 2, big(1, 2), big(protection, 2), text(type), Buffer.alloc(1))),
      box(
        "iprp",
        box("ipco", full("ispe", 0, big(width, 4), big(height, 4)), ...properties),
        full("ipma", 0, big(1, 4), big(1, 2), Buffer.of(used.length, ...used)),
      ),
      ...more,
    );
  const meta = make(start.length + make(0).length + 8);
  return Buffer.concat([start, meta, box("mdat", text("AV1!"))]);
}

const TABLE: [name: string, file: Buffer | (() => Promise<Buffer>), reason: RefusalReason, found?: string][] =
  [
    ["no bytes", Buffer.alloc(0), "not-a-picture"],
    ["a text", text("Once upon a time"), "not-a-picture"],
    ["a page that says it is a picture", text("<!DOCTYPE html><img src=x>"), "not-a-picture", "text/html"],
    ["a PDF", text("%PDF-1.7"), "not-a-picture", "application/pdf"],
    ["an archive", text("PK\x03\x04"), "not-a-picture", "application/zip"],
    ["a film", box("ftyp", text("isom"), Buffer.alloc(4)), "not-a-picture", "video/mp4"],
    [
      "an SVG",
      text('<?xml version="1.0"?><!-- x --><svg onload="alert(1)"/>'),
      "unsupported-type",
      "image/svg+xml",
    ],
    ["a HEIC", ftyp("heic", "mif1"), "unsupported-type", "image/heic"],
    ["a TIFF", text("II*\0\x08\0\0\0"), "unsupported-type", "image/tiff"],
    ["a BMP", text("BM\x36\0\0\0"), "unsupported-type", "image/bmp"],
    ["an arithmetic JPEG", jpeg(frame(8, 8, 0xc9), scan), "unsupported-type"],
    ["a lossless JPEG", jpeg(frame(8, 8, 0xc3), scan), "unsupported-type"],
    ["a JPEG of 12 bits", jpeg(frame(8, 8, 0xc1, 12), scan), "unsupported-type"],
    [
      "a PNG for Apple alone",
      Buffer.concat([PNG, pngChunk("CgBI", Buffer.alloc(4)), header(8, 8)]),
      "unsupported-type",
    ],
    ["an animated AVIF", ftyp("avis", "avif"), "unsupported-type"],
    ["an AVIF with a film", Buffer.concat([ftyp("avif"), box("moov", Buffer.alloc(4))]), "unsupported-type"],

    ["a JPEG bomb", jpeg(frame(60_000, 60_000), scan), "too-many-pixels"],
    ["a JPEG that is too wide", jpeg(frame(16_384, 1), scan), "too-many-pixels"],
    ["a PNG bomb", png(60_000, 60_000), "too-many-pixels"],
    ["a PNG of 2³² pixels", png(0x80000000, 2), "too-many-pixels"],
    ["a WebP bomb", webpFile(canvas(0, 60_000, 60_000), vp8(8, 8)), "too-many-pixels"],
    ["a WebP of more than 100 megapixels", webpFile(vp8(16_383, 16_383)), "too-many-pixels"],
    ["a GIF bomb", gif(60_000, 60_000, gifImage(8, 8)), "too-many-pixels"],
    ["an AVIF bomb", avif({ width: 60_000, height: 60_000 }), "too-many-pixels"],

    [
      "a GIF of too many frames",
      gif(1, 1, ...Array.from({ length: MAX_FRAMES + 1 }, () => gifImage(1, 1))),
      "too-many-frames",
    ],
    [
      "a GIF of too many large frames",
      gif(10_000, 10_000, ...Array.from({ length: 11 }, () => gifImage(1, 1))),
      "too-many-frames",
    ],
    [
      "a WebP of too many frames",
      animation(1, 1, ...Array.from({ length: MAX_FRAMES + 1 }, () => anmf(1, 1))),
      "too-many-frames",
    ],
    ["a PNG that announces too many frames", png(1, 1, pngAnimation(4_000_000)), "too-many-frames"],
    ["a PNG that announces too many large frames", png(10_000, 10_000, pngAnimation(11)), "too-many-frames"],

    [
      "a flood of comments in a JPEG",
      jpeg(...Array.from({ length: MAX_PARTS }, () => segment(0xfe, Buffer.alloc(0))), frame(8, 8), scan),
      "too-fragmented",
    ],
    [
      "a flood of chunks in a PNG",
      png(8, 8, ...Array.from({ length: MAX_PARTS }, () => pngChunk("tEXt", Buffer.alloc(0)))),
      "too-fragmented",
    ],
    [
      "a flood of comments in a GIF",
      gif(8, 8, ...Array.from({ length: MAX_PARTS }, () => Buffer.of(0x21, 0xfe, 0)), gifImage(8, 8)),
      "too-fragmented",
    ],
    [
      "a flood of chunks in a WebP",
      webpFile(
        canvas(0, 8, 8),
        ...Array.from({ length: MAX_PARTS + 1 }, () => webpChunk("PRIV", Buffer.alloc(0))),
        vp8(8, 8),
      ),
      "too-fragmented",
    ],
    [
      "a flood of chunks in a frame of a WebP",
      animation(
        8,
        8,
        webpChunk(
          "ANMF",
          Buffer.concat([
            Buffer.alloc(16),
            ...Array.from({ length: MAX_PARTS }, () => webpChunk("PRIV", Buffer.alloc(0))),
          ]),
        ),
      ),
      "too-fragmented",
    ],
    [
      "a flood of boxes in an AVIF",
      Buffer.concat([ftyp("avif"), ...Array.from({ length: 101 }, () => box("free"))]),
      "too-fragmented",
    ],
    [
      "a JPEG cut into pieces",
      jpeg(
        frame(8, 8),
        ...Array.from({ length: MAX_PIECES + 1 }, () =>
          Buffer.concat([segment(0xdd, Buffer.alloc(2)), segment(0xfe, Buffer.alloc(0))]),
        ),
        scan,
      ),
      "too-fragmented",
    ],
    [
      "a JPEG of a thousand scans",
      jpeg(frame(8, 8), ...Array.from({ length: 1000 }, () => scan)),
      "too-fragmented",
    ],

    ["a JPEG without a scan", jpeg(frame(8, 8)), "damaged"],
    ["a JPEG without a frame", jpeg(scan), "damaged"],
    ["a JPEG of two sizes", jpeg(frame(8, 8), frame(16_000, 16_000), scan), "damaged"],
    ["a JPEG without a height", jpeg(frame(8, 0), scan, segment(0xdc, big(8, 2))), "damaged"],
    ["a JPEG in a JPEG", jpeg(frame(8, 8), SOI, scan), "damaged"],
    ["a JPEG with a segment of no length", jpeg(Buffer.of(0xff, 0xfe, 0, 0), frame(8, 8), scan), "damaged"],
    [
      "a JPEG with more in a table than tables",
      jpeg(segment(0xdb, Buffer.alloc(70)), frame(8, 8), scan),
      "damaged",
    ],
    ["a JPEG whose scan has room for more", jpeg(frame(8, 8), segment(0xda, Buffer.alloc(60, 1))), "damaged"],
    [
      "a PNG without pixels",
      Buffer.concat([PNG, header(8, 8), pngChunk("IEND", Buffer.alloc(0))]),
      "damaged",
    ],
    ["a PNG of no width", png(0, 8), "damaged"],
    ["a PNG with an unknown chunk that matters", png(8, 8, pngChunk("ABCD", Buffer.alloc(0))), "damaged"],
    ["a PNG with a chunk of 4 GB", png(8, 8, Buffer.concat([big(0xffffffff, 4), text("tEXt")])), "damaged"],
    ["a PNG with more in its gamma than a number", png(8, 8, pngChunk("gAMA", Buffer.alloc(40))), "damaged"],
    ["a PNG with a type that is no name", png(8, 8, pngChunk("\0\0\0\0", Buffer.alloc(0))), "damaged"],
    ["a WebP of two sizes", webpFile(canvas(0, 9, 9), vp8(8, 8)), "damaged"],
    ["a WebP without pixels", webpFile(canvas(0, 9, 9)), "damaged"],
    [
      "a WebP whose chunk is longer than the file",
      webpFile(Buffer.concat([text("VP8 "), little(0xfffffff0, 4)])),
      "damaged",
    ],
    ["a WebP with a frame beyond its canvas", animation(8, 8, anmf(8, 8, 4)), "damaged"],
    ["a WebP with a frame before its animation", webpFile(canvas(2, 8, 8), anmf(8, 8)), "damaged"],
    ["a GIF without pixels", gif(8, 8), "damaged"],
    ["a GIF with a frame beyond its screen", gif(8, 8, gifImage(8, 8, 1)), "damaged"],
    ["a GIF with bytes between its blocks", gif(8, 8, Buffer.of(0x99), gifImage(8, 8)), "damaged"],
    ["an AVIF without a size", avif({ used: [] }), "damaged"],
    [
      "an AVIF whose item lies in its description",
      avif({ extents: Buffer.concat([big(1, 2), big(40, 4), big(4, 4)]) }),
      "damaged",
    ],
    [
      "an AVIF with two descriptions",
      Buffer.concat([avif().subarray(0, -12), avif().subarray(24)]),
      "damaged",
    ],

    [
      "an AVIF that is only marked as cropped",
      avif({ properties: [box("clap", Buffer.alloc(32))], used: [1, 2] }),
      "cannot-be-cleaned",
    ],
    [
      "an AVIF with an unknown property that matters",
      avif({ properties: [box("uuid", Buffer.alloc(32))], used: [1, 0x82] }),
      "cannot-be-cleaned",
    ],
    ["an AVIF whose item is no picture", avif({ type: "mime" }), "cannot-be-cleaned"],
    ["an AVIF that is encrypted", avif({ protection: 1 }), "cannot-be-cleaned"],
    [
      "an AVIF whose description is too long",
      avif({ more: [box("free", Buffer.alloc(300_000))] }),
      "cannot-be-cleaned",
    ],
    [
      "a PNG with a profile of 5 MB",
      png(8, 8, pngChunk("iCCP", Buffer.alloc(5_000_000))),
      "cannot-be-cleaned",
    ],
    [
      "a JPEG with a profile of 5 MB",
      jpeg(
        segment(0xe2, Buffer.concat([text("ICC_PROFILE\0\x01\x50"), profile(5_000_000).subarray(0, 65_000)])),
        frame(8, 8),
        scan,
      ),
      "cannot-be-cleaned",
    ],

    [
      "a PNG whose chunk is longer than the file",
      png(8, 8, Buffer.concat([big(0x7fffffff, 4), text("tEXt")])),
      "truncated",
    ],
    ["a JPEG whose pixels have no end", Buffer.concat([SOI, frame(8, 8), scan]), "truncated"],
    ["a GIF whose block has no end", Buffer.concat([screen(8, 8), Buffer.of(0x21, 0xfe, 255)]), "truncated"],
    [
      "a WebP that announces 4 GB",
      Buffer.concat([text("RIFF"), little(0xfffffff0, 4), text("WEBP"), canvas(0, 8, 8)]),
      "truncated",
    ],
    [
      "an AVIF whose item lies beyond its end",
      avif({ extents: Buffer.concat([big(1, 2), big(0x7fffffff, 4), big(4, 4)]) }),
      "truncated",
    ],
    [
      "an AVIF with a box of 2⁶³ bytes",
      Buffer.concat([ftyp("avif"), big(1, 4), text("mdat"), big(0x7fffffff, 4), big(0, 4)]),
      "truncated",
    ],
    ["half a JPEG", async () => (await bareSample("a JPEG")).subarray(0, 500), "truncated"],
  ];

describe("refuses", () => {
  test.each(TABLE)("%s", async (_name, file, reason, found) => {
    const bytes = typeof file === "function" ? await file() : file;
    const inspection = await inspect(bytes);
    const detail: unknown = expect.stringMatching(/^[A-Z][^\n]+\.$/);
    expect(inspection).toMatchObject({ ok: false, reason, detail, ...(found && { found }) });
    // Whatever the chunks: the reason is the same. Long files would take long, byte by byte.
    const size = bytes.length < 5000 ? 1 : 999;
    expect(await inspect(bytes, () => size)).toEqual(inspection);
  });

  test("what the small builders make isn't refused for another reason", async () => {
    for (const file of [
      jpeg(frame(8, 8), scan),
      png(8, 8),
      webpFile(vp8(8, 8)),
      gif(8, 8, gifImage(8, 8)),
      animation(8, 8, anmf(8, 8)),
      avif(),
    ])
      expect(await inspect(file)).toMatchObject({ ok: true, width: 8, height: 8, length: file.length });
  });

  test("a bomb from its header, before the pixels come", () => {
    for (const bomb of [
      jpeg(frame(60_000, 60_000)).subarray(0, -2),
      png(60_000, 60_000).subarray(0, 64),
      webpFile(canvas(0, 60_000, 60_000), Buffer.alloc(64)).subarray(0, 64),
      Buffer.concat([screen(60_000, 60_000), Buffer.alloc(64)]),
      avif({ width: 60_000, height: 60_000 }).subarray(0, -8),
    ]) {
      const inspecting = inspector();
      // The type is told by the first 64 bytes.
      expect(inspecting.push(Buffer.concat([bomb, Buffer.alloc(64)]))).toMatchObject({
        reason: "too-many-pixels",
      });
      expect(inspecting.push(Buffer.alloc(100))).toMatchObject({ reason: "too-many-pixels" });
    }
  });
});

test("the timing of a text in a GIF isn't given to the picture after it", async () => {
  const control = Buffer.of(0x21, 0xf9, 4, 1, 0xff, 0xff, 0, 0);
  const plain = Buffer.concat([Buffer.of(0x21, 0x01, 12), Buffer.alloc(12), gifBlocks(text("Hello"))]);
  const kept = gif(8, 8, control, gifImage(8, 8), gifImage(8, 8));
  expect(await inspect(gif(8, 8, control, gifImage(8, 8), control, plain, gifImage(8, 8)))).toMatchObject({
    ok: true,
    length: kept.length,
  });
});
