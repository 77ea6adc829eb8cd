/** Pictures of every format, each bare, and dressed with everything private that a file can hold. */
import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import type { PictureType } from "../../../src/article/media.ts";
import {
  big,
  box,
  canvas,
  dataset,
  gifBlocks,
  gifExtension,
  photoshop,
  pngAnimation,
  pngChunk,
  pngFrame,
  pngPixels,
  segment,
  text,
  tiff,
  webpChunk,
  webpFile,
} from "./bytes.ts";
import { readDescription } from "../../../src/media/formats/avif/description.ts";

/** No cleaned file may hold it. */
export const SECRET = "SECRET-51.4779N-0.0015W";
export const WIDTH = 60;
export const HEIGHT = 40;

export const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="${SECRET}" photoshop:Credit="A. Mar / Coast Press"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">A ferry leaves the harbour</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
const HTML = `<html><script>alert("${SECRET}")</script>`;
const ZIP = `PK\x03\x04${SECRET}PK\x05\x06`;
const EXIF = "Exif\0\0";

/** A picture in which no two regions are alike. */
function drawing(width = WIDTH, height = HEIGHT) {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    pixels.set([(x * 4) % 256, (y * 6) % 256, (x * y) % 256], at * 3);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** Two frames, one above the other. */
function frames() {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 2 * 3, 0x40).fill(0xc0, WIDTH * HEIGHT * 3);
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT * 2, channels: 3, pageHeight: HEIGHT } });
}

/** EXIF with texts, a place and a thumbnail. */
export function exif(orientation: number): Buffer {
  return tiff({ 0x010e: `Quay ${SECRET}`, 0x010f: SECRET, 0x8298: "Coast Press" }, orientation, SECRET);
}

function jpegDressed(bare: Buffer, orientation: number): Buffer {
  const thumbnail = Buffer.concat([
    text("JFIF\0"),
    Buffer.of(1, 2, 0, 0, 1, 0, 1, 3, 3),
    text(SECRET.padEnd(27, "-")),
  ]);
  return Buffer.concat([
    bare.subarray(0, 2),
    segment(0xe0, thumbnail),
    segment(0xe0, text(`JFXX\0\x10${SECRET}`)),
    segment(0xe1, Buffer.concat([text(EXIF), exif(orientation)])),
    segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0${XMP}`)),
    segment(0xe1, text(`http://ns.adobe.com/xmp/extension/\0${SECRET}`)),
    segment(0xe2, text(`MPF\0${SECRET}`)),
    segment(0xe3, text(SECRET)),
    segment(0xed, photoshop(dataset(120, text(SECRET)))),
    segment(0xed, text(`Adobe_CM ${SECRET}`)),
    segment(0xee, Buffer.concat([text("Adobe"), Buffer.of(0, 100, 0, 0, 0, 0, 1), text(SECRET)])),
    segment(0xef, text(SECRET)),
    segment(0xfe, text(SECRET)),
    // What isn't a segment, and a fill byte.
    text(SECRET),
    Buffer.of(0xff),
    bare.subarray(2),
    // The film of a motion photo, a second picture, an archive, a page.
    box("ftyp", text(`mp42${SECRET}`)),
    bare.subarray(0, 2),
    segment(0xfe, text(SECRET)),
    text(ZIP),
    text(HTML),
  ]);
}

/** Adobe's own segment says that the colours are those of a press: only the first one counts. */
function jpegAfterAdobe(bare: Buffer): Buffer {
  const dressed = jpegDressed(bare, 1);
  const at = dressed.indexOf(
    Buffer.concat([Buffer.of(0xff, 0xee), big(14 + SECRET.length, 2), text("Adobe")]),
  );
  dressed[at + 1] = 0xe9;
  return dressed;
}

function pngDressed(bare: Buffer, orientation: number): Buffer {
  const end = bare.length - 12;
  return Buffer.concat([
    bare.subarray(0, 33),
    pngChunk("tEXt", text(`Comment\0${SECRET}`)),
    pngChunk("eXIf", exif(orientation)),
    pngChunk("iTXt", Buffer.concat([text("XML:com.adobe.xmp\0\0\0\0\0"), Buffer.from(XMP)])),
    pngChunk("tIME", text(SECRET.slice(0, 7))),
    pngChunk("prVt", text(SECRET)),
    bare.subarray(33, end),
    pngChunk("zTXt", text(`Comment\0\0${SECRET}`)),
    pngChunk("eXIf", exif(8)),
    bare.subarray(end),
    text(SECRET),
    text(ZIP),
    text(HTML),
  ]);
}

/** The chunks of a WebP without its header. */
function webpBody(bare: Buffer): Buffer {
  return bare.subarray(12);
}

function webpDressed(bare: Buffer, orientation: number): Buffer {
  const body = webpBody(bare);
  const isExtended = body.subarray(0, 4).toString("latin1") === "VP8X";
  const flags = isExtended ? (body[8] ?? 0) : 0;
  const rest = isExtended ? body.subarray(18) : body;
  return Buffer.concat([
    webpFile(
      canvas(flags | 0x0c, WIDTH, HEIGHT),
      webpChunk("PRIV", text(SECRET)),
      rest,
      webpChunk("EXIF", exif(orientation)),
      webpChunk("XMP ", text(XMP)),
      webpChunk("TEXT", text(SECRET)),
    ),
    text(ZIP),
    text(HTML),
  ]);
}

/** An animation whose frames hold a chunk that nobody knows. */
function webpFramesDressed(bare: Buffer, orientation: number): Buffer {
  const body = webpBody(bare);
  const chunks: Buffer[] = [];
  for (let at = 18; at < body.length;) {
    const length = body.readUInt32LE(at + 4);
    const data = body.subarray(at + 8, at + 8 + length);
    const type = body.toString("latin1", at, at + 4);
    const extra = type === "ANMF" ? webpChunk("PRIV", text(SECRET)) : Buffer.alloc(0);
    chunks.push(webpChunk(type, Buffer.concat([data, Buffer.alloc(length % 2), extra])));
    at += 8 + length + (length % 2);
  }
  return webpDressed(webpFile(body.subarray(0, 18), ...chunks), orientation);
}

function gifDressed(bare: Buffer): Buffer {
  const table = 13 + 3 * 2 ** (((bare[10] ?? 0) & 7) + 1);
  const magic = Buffer.from([1, ...Array.from({ length: 256 }, (_, index) => 255 - index), 0]);
  return Buffer.concat([
    bare.subarray(0, table),
    gifComment(SECRET),
    gifExtension(0xff, text("ADOBE:IR1.0"), text(SECRET)),
    Buffer.concat([Buffer.of(0x21, 0xff, 11), text("XMP DataXMP"), text(XMP), magic]),
    // A text has a graphic control of its own, which must not become that of the next picture.
    Buffer.of(0x21, 0xf9, 4, 1, 0xff, 0xff, 0, 0),
    gifExtension(0x01, Buffer.alloc(12), text(SECRET)),
    bare.subarray(table, -1),
    gifComment(SECRET),
    bare.subarray(-1),
    text(SECRET),
    text(ZIP),
    text(HTML),
  ]);
}

function gifComment(comment: string): Buffer {
  return Buffer.concat([Buffer.of(0x21, 0xfe), gifBlocks(text(comment))]);
}

function avifWithTexts(orientation: number): Promise<Buffer> {
  return drawing()
    .withExif({ IFD0: { ImageDescription: SECRET, Copyright: "Coast Press" }, IFD3: { GPSMapDatum: SECRET } })
    .withXmp(XMP)
    .withMetadata({ orientation })
    .avif({ lossless: true })
    .toBuffer();
}

function avifDressed(bare: Buffer): Buffer {
  return Buffer.concat([bare, box("uuid", text(SECRET)), box("free", text(SECRET)), text(ZIP), text(HTML)]);
}

/** The same picture with its description behind its data, as some programs write it, and secrets between the boxes. */
export function avifWithLastMeta(bare: Buffer): Buffer {
  const metaAt = bare.readUInt32BE(0);
  const dataAt = metaAt + bare.readUInt32BE(metaAt);
  const meta = Buffer.from(bare.subarray(metaAt, dataAt));
  const before = box("free", text(SECRET));
  const { locations } = readDescription(meta, 8);
  for (const { base } of locations.values()) {
    if (base.size !== 4) throw new Error("the sample's places have another form than they had");
    meta.writeUInt32BE(meta.readUInt32BE(base.at) - meta.length + before.length, base.at);
  }
  return Buffer.concat([
    bare.subarray(0, metaAt),
    before,
    bare.subarray(dataAt),
    box("uuid", text(SECRET)),
    meta,
  ]);
}

export type Sample = {
  name: string;
  type: PictureType;
  bare: () => Promise<Buffer>;
  /** The same pixels, with private metadata of every kind. */
  dressed: (orientation?: number) => Promise<Buffer>;
};

const jpeg = () => drawing().jpeg().toBuffer();
const progressive = () => drawing().jpeg({ progressive: true }).toBuffer();
const cmyk = () => drawing().toColourspace("cmyk").jpeg().toBuffer();
const withProfile = () => drawing().withIccProfile("p3").jpeg().toBuffer();
const png = () => drawing().png().toBuffer();
/** The still picture is the first frame; the second one is a stripe of it. */
async function pngFrames(): Promise<Buffer> {
  const still = await png();
  const row = Buffer.alloc(1 + WIDTH * 3, 0x40).fill(0, 0, 1);
  return Buffer.concat([
    still.subarray(0, 33),
    pngAnimation(2),
    pngFrame(0, WIDTH, HEIGHT),
    still.subarray(33, -12),
    pngFrame(1, WIDTH, 2),
    pngPixels(2, deflateSync(Buffer.concat([row, row]))),
    still.subarray(-12),
  ]);
}
const lossy = () => drawing().webp().toBuffer();
const lossless = () => drawing().webp({ lossless: true }).toBuffer();
const transparent = () => drawing().ensureAlpha(0.5).webp().toBuffer();
const webpFrames = () =>
  frames()
    .webp({ loop: 3, delay: [100, 200] })
    .toBuffer();
const gif = () => drawing().gif().toBuffer();
const gifFrames = () =>
  frames()
    .gif({ loop: 3, delay: [100, 200] })
    .toBuffer();
const avif = () => drawing().avif({ lossless: true }).toBuffer();

/** An AVIF with an alpha channel, and its description at its end, where it may grow. */
export async function transparentAvif(): Promise<Buffer> {
  return avifWithLastMeta(await drawing().ensureAlpha(0.5).avif({ lossless: true }).toBuffer());
}

/** One picture of every kind. */
export const SAMPLES: readonly Sample[] = [
  {
    name: "a JPEG",
    type: "image/jpeg",
    bare: jpeg,
    dressed: async (turn = 1) => jpegDressed(await jpeg(), turn),
  },
  {
    name: "a progressive JPEG",
    type: "image/jpeg",
    bare: progressive,
    dressed: async (turn = 1) => jpegDressed(await progressive(), turn),
  },
  {
    name: "a JPEG in CMYK",
    type: "image/jpeg",
    bare: cmyk,
    dressed: async () => jpegAfterAdobe(await cmyk()),
  },
  {
    name: "a JPEG with a colour profile",
    type: "image/jpeg",
    bare: withProfile,
    dressed: async (turn = 1) => jpegDressed(await withProfile(), turn),
  },
  { name: "a PNG", type: "image/png", bare: png, dressed: async (turn = 1) => pngDressed(await png(), turn) },
  {
    name: "an animated PNG",
    type: "image/png",
    bare: pngFrames,
    dressed: async (turn = 1) => pngDressed(await pngFrames(), turn),
  },
  {
    name: "a lossy WebP",
    type: "image/webp",
    bare: lossy,
    dressed: async (turn = 1) => webpDressed(await lossy(), turn),
  },
  {
    name: "a lossless WebP",
    type: "image/webp",
    bare: lossless,
    dressed: async (turn = 1) => webpDressed(await lossless(), turn),
  },
  {
    name: "a transparent WebP",
    type: "image/webp",
    bare: transparent,
    dressed: async (turn = 1) => webpDressed(await transparent(), turn),
  },
  {
    name: "an animated WebP",
    type: "image/webp",
    bare: webpFrames,
    dressed: async (turn = 1) => webpFramesDressed(await webpFrames(), turn),
  },
  { name: "a GIF", type: "image/gif", bare: gif, dressed: async () => gifDressed(await gif()) },
  {
    name: "an animated GIF",
    type: "image/gif",
    bare: gifFrames,
    dressed: async () => gifDressed(await gifFrames()),
  },
  {
    name: "an AVIF",
    type: "image/avif",
    bare: avif,
    dressed: async (turn = 1) => avifDressed(await avifWithTexts(turn)),
  },
  {
    name: "an AVIF whose description is last",
    type: "image/avif",
    bare: avif,
    dressed: async (turn = 1) => avifWithLastMeta(await avifWithTexts(turn)),
  },
];

/** The bare bytes of a sample. @throws Error for a name that none has */
export async function bareSample(name: string): Promise<Buffer> {
  const found = SAMPLES.find((sample) => sample.name === name);
  if (found === undefined) throw new Error(`There is no sample ${name}`);
  return found.bare();
}
