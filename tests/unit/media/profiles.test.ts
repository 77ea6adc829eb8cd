/** Colour profiles: what is called one and is none goes, whatever the format. */
import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { canvas, gifExtension, pngChunk, profile, segment, text, webpChunk, webpFile } from "./bytes.ts";
import { accepted, cleanBytes } from "./inspection.ts";
import { bareSample, HEIGHT, WIDTH } from "./pictures.ts";

const HIDDEN = Buffer.from("hidden in what is called a profile; ".repeat(10));
const SIGNED = profile(400).fill(HIDDEN, 132);
const WRONG_LENGTH = Buffer.concat([SIGNED, HIDDEN]);

type Format = {
  name: string;
  sample: string;
  /** The picture with bytes as its profile. */
  with: (bare: Buffer, profile: Buffer) => Buffer;
};

const part = (number: number, count: number, data: Buffer) =>
  segment(0xe2, Buffer.concat([text("ICC_PROFILE\0"), Buffer.of(number, count), data]));
const after = (bare: Buffer, place: number, ...more: Buffer[]) =>
  Buffer.concat([bare.subarray(0, place), ...more, bare.subarray(place)]);
const tableEnd = (gif: Buffer) => 13 + 3 * 2 ** (((gif[10] ?? 0) & 7) + 1);
const named = (name: string, data: Buffer) => pngChunk("iCCP", Buffer.concat([text(`${name}\0\0`), data]));

const FORMATS: readonly Format[] = [
  { name: "JPEG", sample: "a JPEG", with: (bare, data) => after(bare, 2, part(1, 1, data)) },
  {
    name: "JPEG in two segments",
    sample: "a JPEG",
    with: (bare, data) => after(bare, 2, part(1, 2, data.subarray(0, 200)), part(2, 2, data.subarray(200))),
  },
  {
    name: "WebP",
    sample: "a lossy WebP",
    with: (bare, data) => webpFile(canvas(0x20, WIDTH, HEIGHT), webpChunk("ICCP", data), bare.subarray(12)),
  },
  {
    name: "GIF",
    sample: "a GIF",
    with: (bare, data) => after(bare, tableEnd(bare), gifExtension(0xff, text("ICCRGBG1012"), data)),
  },
];
const PNG: Format = {
  name: "PNG",
  sample: "a PNG",
  with: (bare, data) => after(bare, 33, named("icc", deflateSync(data, { level: 0 }))),
};

const RAW_PNG: Format = { ...PNG, with: (bare, data) => after(bare, 33, named("icc", data)) };
const NAMED_PNG: Format = {
  ...PNG,
  with: (bare, data) => after(bare, 33, named("hidden in what", deflateSync(data))),
};

async function cleanWith(format: Format, data: Buffer): Promise<Buffer> {
  const written = format.with(await bareSample(format.sample), data);
  const clean = await cleanBytes(written, await accepted(written));
  await sharp(clean, { failOn: "error" }).raw().toBuffer();
  return clean;
}

test("a profile of a JPEG stays as it is where its segments come in another order", async () => {
  const segments = [part(2, 2, SIGNED.subarray(200)), part(1, 2, SIGNED.subarray(0, 200))];
  const written = after(await bareSample("a JPEG"), 2, ...segments);
  expect(await cleanBytes(written, await accepted(written))).toEqual(written);
});

test.each([
  ["is longer than it says", [part(1, 2, SIGNED.subarray(0, 200)), part(2, 2, WRONG_LENGTH.subarray(200))]],
  ["lacks its last segment", [part(1, 3, SIGNED.subarray(0, 200)), part(2, 3, SIGNED.subarray(200))]],
  [
    "has a segment twice",
    [part(1, 2, SIGNED.subarray(0, 200)), part(2, 2, SIGNED.subarray(200)), part(2, 2, SIGNED.subarray(200))],
  ],
  ["goes on after its end", [part(1, 1, SIGNED), part(2, 2, HIDDEN)]],
])("a profile of a JPEG that %s goes as a whole", async (_, segments) => {
  const bare = await bareSample("a JPEG");
  const written = after(bare, 2, ...segments);
  expect(await cleanBytes(written, await accepted(written))).toEqual(bare);
});

const holds = (file: Buffer) => file.includes("hidden in what");

test.each([...FORMATS, PNG])("a profile of a $name stays where its header is one", async (format) => {
  expect(holds(await cleanWith(format, SIGNED))).toBe(true);
});

test.each([...FORMATS, RAW_PNG])(
  "what a $name calls its profile goes where it has no signature",
  async (format) => {
    expect(holds(await cleanWith(format, HIDDEN))).toBe(false);
  },
);

test.each(FORMATS)("a profile of a $name goes where it is longer than it says", async (format) => {
  expect(format.with(Buffer.alloc(40), WRONG_LENGTH).includes(HIDDEN.subarray(0, 100))).toBe(true);
  const clean = await cleanWith(format, WRONG_LENGTH);
  expect(clean.includes(HIDDEN.subarray(0, 36 * 9))).toBe(false);
});

test.each([
  ["comes in the wrong order", [part(2, 2, HIDDEN), part(1, 2, SIGNED.subarray(0, 1))]],
  ["has a second beginning", [part(1, 1, profile()), part(1, 1, Buffer.concat([HIDDEN]))]],
  ["goes on after its end", [part(1, 1, profile()), part(2, 2, HIDDEN)]],
  ["counts differently", [part(1, 2, SIGNED.subarray(0, 40)), part(2, 3, SIGNED.subarray(40))]],
])("a segment of a JPEG goes where the profile %s", async (_, segments) => {
  const format = { name: "", sample: "a JPEG", with: (bare: Buffer) => after(bare, 2, ...segments) };
  expect(holds(await cleanWith(format, HIDDEN))).toBe(false);
});

test("the name of a PNG's profile goes", async () => {
  const coloured = await bareSample("a JPEG with a colour profile");
  const { icc = Buffer.alloc(0) } = await sharp(coloured).metadata();
  const clean = await cleanWith(NAMED_PNG, icc);
  expect(holds(clean)).toBe(false);
  expect((await sharp(clean).metadata()).icc).toEqual(icc);
  expect(await cleanBytes(clean, await accepted(clean))).toEqual(clean);
});
