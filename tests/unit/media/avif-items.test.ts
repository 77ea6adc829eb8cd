/** The items of an AVIF: those of the picture stay, and what no decoder shows goes or is refused. */
import { Buffer } from "node:buffer";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readDescription } from "../../../src/media/formats/avif/description.ts";
import { big, box, text } from "./bytes.ts";
import { accepted, cleanBytes, inspect } from "./inspection.ts";

const SIDE = 64;
const HIDDEN = "hidden-in-an-item-that-nobody-shows";
const ALPHA = box("auxC", Buffer.alloc(4), text("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0"));

type Item = {
  type: "av01" | "grid";
  data: Buffer;
  width: number;
  height?: number;
  properties?: readonly Buffer[];
  /** Its references, to items by their numbers from one on. */
  references?: Readonly<Record<string, readonly number[]>>;
};

const full = (type: string, version: number, ...contents: Buffer[]) =>
  box(type, Buffer.of(version, 0, 0, 0), ...contents);

/** An AVIF of these items, the first of which is the picture; the bytes of grids lie in the description where it says so. */
function avif(items: readonly Item[], isInDescription: boolean): Buffer {
  const properties = items.map(({ width, height = SIDE, properties: own = [] }) => [
    full("ispe", 0, big(width, 4), big(height, 4)),
    ...own,
  ]);
  const isInside = ({ type }: Item) => isInDescription && type === "grid";
  const references = items.flatMap(({ references: own = {} }, index) =>
    Object.entries(own).map(([type, to]) =>
      box(type, big(index + 1, 2), big(to.length, 2), ...to.map((id) => big(id, 2))),
    ),
  );
  let property = 0;
  const associations = properties.map((own, index) =>
    Buffer.concat([big(index + 1, 2), Buffer.of(own.length, ...own.map(() => (property += 1)))]),
  );
  const ftyp = box("ftyp", text("avif"), Buffer.alloc(4), text("avifmif1"));
  const metaOf = (fileOffset: number) => {
    let [inside, outside] = [0, fileOffset];
    const locations = items.map((item, index) => {
      const { length } = item.data;
      const offset = isInside(item) ? inside : outside;
      if (isInside(item)) inside += length;
      else outside += length;
      return Buffer.concat([
        big(index + 1, 2),
        big(isInside(item) ? 1 : 0, 2),
        big(0, 2),
        big(1, 2),
        big(offset, 4),
        big(length, 4),
      ]);
    });
    return full(
      "meta",
      0,
      full("hdlr", 0, big(0, 4), text("pict"), Buffer.alloc(13)),
      full("pitm", 0, big(1, 2)),
      full("iloc", 1, big(0x4400, 2), big(items.length, 2), ...locations),
      full(
        "iinf",
        0,
        big(items.length, 2),
        ...items.map(({ type }, index) =>
          full("infe", 2, big(index + 1, 2), big(0, 2), text(type), Buffer.alloc(1)),
        ),
      ),
      ...(references.length > 0 ? [full("iref", 0, ...references)] : []),
      box("iprp", box("ipco", ...properties.flat()), full("ipma", 0, big(items.length, 4), ...associations)),
      ...(isInDescription ? [box("idat", ...items.filter(isInside).map(({ data }) => data))] : []),
    );
  };
  const offset = ftyp.length + metaOf(0).length + 8;
  const data = items.filter((item) => !isInside(item)).map((item) => item.data);
  return Buffer.concat([ftyp, metaOf(offset), box("mdat", ...data)]);
}

/** A picture of one shade as an item: its bytes, and the properties that decoding needs. */
async function tileOf(shade: number): Promise<Item> {
  const background = { r: shade, g: 128, b: 255 - shade };
  const file = await sharp({ create: { width: SIDE, height: SIDE, channels: 3, background } })
    .avif({ lossless: true })
    .toBuffer();
  const at = file.readUInt32BE(0);
  const meta = file.subarray(at, at + file.readUInt32BE(at));
  const { properties, locations, primary } = readDescription(meta, 8);
  const [extent] = locations.get(primary)?.extents ?? [];
  if (extent === undefined) throw new Error("the sample has no bytes");
  return {
    type: "av01",
    data: file.subarray(extent.from, extent.to),
    width: SIDE,
    properties: properties
      .filter(({ type }) => type !== "ispe")
      .map(({ start, end }) => meta.subarray(start, end)),
  };
}

/** A grid of one row. */
const grid = (columns: number, tiles: readonly number[], more: Partial<Item> = {}): Item => ({
  type: "grid",
  data: Buffer.concat([Buffer.of(0, 0, 0, columns - 1), big(columns * SIDE, 2), big(SIDE, 2)]),
  width: columns * SIDE,
  references: { dimg: tiles },
  ...more,
});
const hidden = (more: Partial<Item> = {}): Item => ({
  type: "av01",
  data: text(HIDDEN),
  width: SIDE,
  ...more,
});

function pixels(file: Buffer): Promise<Buffer> {
  return sharp(file, { failOn: "error" }).raw().toBuffer();
}

describe.each([
  ["in the description", true],
  ["among the data", false],
])("a grid whose bytes lie %s", (_, isInDescription) => {
  test("stays as it is", async () => {
    const [left, right] = [await tileOf(40), await tileOf(200)];
    const file = avif([grid(2, [2, 3]), left, right], isInDescription);
    const inspected = await accepted(file);
    expect(inspected).toMatchObject({ width: 2 * SIDE, height: SIDE });
    expect(await cleanBytes(file, inspected)).toEqual(file);
    expect((await pixels(file)).length).toBe(2 * SIDE * SIDE * 3);
  });

  test("says of its rows, columns and flags what its sizes say", async () => {
    const right = grid(2, [2, 3]);
    const wrong = { ...right, data: Buffer.concat([Buffer.of(9, 0xfe, 7, 7), right.data.subarray(4)]) };
    const tiles = [hidden(), hidden()];
    const file = avif([wrong, ...tiles], isInDescription);
    expect(await cleanBytes(file, await accepted(file))).toEqual(avif([right, ...tiles], isInDescription));
  });

  test.each([
    ["more tiles than its size needs", [grid(1, [2, 3]), hidden(), hidden()]],
    ["fewer tiles than its size needs", [grid(2, [2]), hidden()]],
    ["tiles of two sizes", [grid(2, [2, 3]), hidden(), hidden({ width: SIDE - 1 })]],
    ["a grid among its tiles", [grid(1, [2]), grid(1, [3]), hidden()]],
    [
      "bytes behind its own",
      [grid(1, [2], { data: Buffer.concat([grid(1, []).data, text(HIDDEN)]) }), hidden()],
    ],
    ["no tiles", [grid(1, [2], { references: {} }), hidden()]],
  ])("is refused where it has %s", async (_name, items) => {
    expect(await inspect(avif(items, isInDescription))).toMatchObject({
      ok: false,
      reason: "cannot-be-cleaned",
    });
  });
});

test.each([
  ["of which a coded picture says that it is made", [{ references: { dimg: [2] } }, {}]],
  [
    "that is the alpha channel of an alpha channel",
    [
      {},
      { properties: [ALPHA], references: { auxl: [1] } },
      { properties: [ALPHA], references: { auxl: [2] } },
    ],
  ],
])("a picture goes %s", async (_, [first = {}, ...others]) => {
  const shown = await tileOf(90);
  const last = others.length - 1;
  const items = others.map((more, index) => ({
    ...hidden(more),
    data: text(index === last ? HIDDEN : "alpha"),
  }));
  const file = avif([{ ...shown, ...first }, ...items], false);
  const clean = await cleanBytes(file, await accepted(file));
  expect([file.includes(HIDDEN), clean.includes(HIDDEN)]).toEqual([true, false]);
});

test("an AVIF is refused where it has two alpha channels, of which decoders take one", async () => {
  const alpha = { properties: [ALPHA], references: { auxl: [1] } };
  const file = avif([await tileOf(90), hidden(alpha), hidden(alpha)], false);
  expect(await inspect(file)).toMatchObject({ ok: false, reason: "cannot-be-cleaned" });
});
