/** The boxes of an AVIF: what was written behind the last field of any of them is gone, and the picture is the same. */
import { Buffer } from "node:buffer";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { cleanProperty } from "../../../src/media/formats/avif/clean-properties.ts";
import { big, box, text } from "./bytes.ts";
import { accepted, cleanBytes, inspect } from "./inspection.ts";
import { transparentAvif } from "./pictures.ts";

const HIDDEN = "hidden-behind-fields";
// The type of an entry of references, and of items, is that of its first one.
const PATHS = [
  "hdlr",
  "pitm",
  "iloc",
  "iinf/infe",
  "iprp/ipma",
  "iprp/ipco/ispe",
  "iprp/ipco/pixi",
  "iprp/ipco/av1C",
  "iprp/ipco/colr",
  "iprp/ipco/auxC",
];
// What comes before the boxes within a box.
const HEADS: Readonly<Record<string, number>> = { meta: 4, iinf: 6, iref: 4 };

/** The file with bytes at the end of a box, and of what holds it. The box must be in the last box of the file. */
function grown(file: Buffer, path: string, extra: Buffer): Buffer {
  const copy = Buffer.from(file);
  const starts: number[] = [];
  let [from, to] = [0, copy.length];
  for (const type of ["meta", ...path.split("/")]) {
    let start = from;
    while (start < to && copy.toString("latin1", start + 4, start + 8) !== type)
      start += copy.readUInt32BE(start);
    if (start >= to) throw new Error(`the sample has no ${type}`);
    starts.push(start);
    from = start + 8 + (HEADS[type] ?? 0);
    to = start + copy.readUInt32BE(start);
  }
  for (const start of starts) copy.writeUInt32BE(copy.readUInt32BE(start) + extra.length, start);
  return Buffer.concat([copy.subarray(0, to), extra, copy.subarray(to)]);
}

function pixels(file: Buffer): Promise<Buffer> {
  return sharp(file, { failOn: "error" }).raw().toBuffer();
}

describe.each(PATHS)("%s", (path) => {
  test("loses what was written behind its last field, and the picture is the same", async () => {
    const file = await transparentAvif();
    const written = grown(file, path, text(HIDDEN));
    const clean = await cleanBytes(written, await accepted(written));
    expect(clean.includes(HIDDEN.slice(0, 6))).toBe(false);
    expect(await pixels(clean)).toEqual(await pixels(file));
    expect(await cleanBytes(clean, await accepted(clean))).toEqual(clean);
  });
});

test("an AVIF is refused where something follows a reference, since readers take it for the next one", async () => {
  const written = grown(await transparentAvif(), "iref/auxl", text(HIDDEN));
  expect(await inspect(written)).toMatchObject({ ok: false, reason: "damaged" });
});

test("an alpha channel stays where something follows its name", async () => {
  const written = grown(await transparentAvif(), "iprp/ipco/auxC", text(HIDDEN));
  const clean = await cleanBytes(written, await accepted(written));
  expect((await sharp(clean).metadata()).hasAlpha).toBe(true);
});

test("an AVIF loses the properties and references of items that go", async () => {
  const file = await transparentAvif();
  const thumbnail = box("thmb", big(0x6869, 2), big(2, 2), big(0x6465, 2), big(0x6e21, 2));
  const written = grown(file, "iref", thumbnail);
  const clean = await cleanBytes(written, await accepted(written));
  expect(["thmb", "hi", "den!"].filter((secret) => clean.includes(secret))).toEqual([]);
  expect(await pixels(clean)).toEqual(await pixels(file));
});

const PROPERTIES = ["pasp", "irot", "imir", "clli", "mdcv", "cclv", "a1op", "a1lx", "lsel"];
test.each(PROPERTIES)("the property %s keeps its fields alone", (type) => {
  const fields = Buffer.alloc(24, 1);
  const bytes = box(type, fields, text(HIDDEN));
  expect(cleanProperty(bytes, { type, start: 0, body: 8, end: bytes.length })).toBe(true);
  expect(bytes.includes(HIDDEN)).toBe(false);
  expect(bytes.subarray(4, 9)).toEqual(Buffer.concat([text(type), Buffer.of(1)]));
});

test.each([
  ["an unknown kind of colours", box("colr", text(`none${HIDDEN}`))],
  ["a profile that is none", box("colr", text(`prof${HIDDEN}`), Buffer.alloc(200, HIDDEN))],
  ["the name of another channel", box("auxC", Buffer.alloc(4), text(`urn:${HIDDEN}\0`))],
])("%s goes", (_, bytes) => {
  const type = bytes.toString("latin1", 4, 8);
  expect(cleanProperty(bytes, { type, start: 0, body: 8, end: bytes.length })).toBe(false);
  expect(bytes.includes(HIDDEN)).toBe(false);
});
