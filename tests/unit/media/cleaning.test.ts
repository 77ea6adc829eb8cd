/** Cleaning: nothing private stays in a picture of any format, and its pixels stay as they are. */
import { Buffer } from "node:buffer";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { accepted, cleanBytes, inspect } from "./inspection.ts";
import { bareSample, HEIGHT, SAMPLES, SECRET, WIDTH } from "./pictures.ts";

// "GPS" alone could be among pixels; the beginning of the secret is what fits into PNG's shortest chunk.
const PRIVATE = [SECRET, SECRET.slice(0, 7), "Exif", "Coast Press", "xmpmeta", "PK\x03\x04", "<script"];

/** The pixels of all frames as a browser shows them, with the times of the frames. */
async function shown(bytes: Uint8Array, isTurned = true) {
  const picture = sharp(bytes, { animated: true, failOn: "error" });
  const { delay, loop } = await picture.metadata();
  const { data, info } = await (isTurned ? picture.autoOrient() : picture)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { delay, loop, width: info.width, height: info.height, pixels: data.toString("base64") };
}

test("the alpha channel of a WebP goes where its header says that it has none: decoders don't show it", async () => {
  const transparent = await bareSample("a transparent WebP");
  const written = Buffer.from(transparent);
  // The flag in the header of the first chunk.
  written.writeUInt8(transparent.readUInt8(20) & ~0x10, 20);
  const clean = await cleanBytes(written, await accepted(written));
  expect([written.includes("ALPH"), clean.includes("ALPH")]).toEqual([true, false]);
  expect((await sharp(clean).metadata()).hasAlpha).toBe(false);
});

describe.each(SAMPLES)("$name", ({ name, type, bare, dressed }) => {
  test("that holds nothing private stays as it is, to the byte", async () => {
    const original = await bare();
    const inspected = await accepted(original);
    expect(await cleanBytes(original, inspected)).toEqual(original);
    expect(inspected).toMatchObject({
      type,
      width: WIDTH,
      height: HEIGHT,
      length: original.length,
      isAnimated: name.startsWith("an animated"),
      proposed: {},
    });
  });

  test("loses all that is private and keeps its pixels", async () => {
    const original = await dressed();
    expect(original.includes(SECRET)).toBe(true);
    const inspected = await accepted(original);
    const clean = await cleanBytes(original, inspected);
    expect(PRIVATE.filter((secret) => clean.includes(secret))).toEqual([]);
    expect(clean).toHaveLength(inspected.length);
    expect(await shown(clean)).toEqual(await shown(await bare()));
    expect(inspected).toMatchObject({ type, width: WIDTH, height: HEIGHT });
    expect(await sharp(clean).metadata()).not.toHaveProperty("exif");
  });

  test("is the same when it is cleaned twice", async () => {
    const original = await dressed(6);
    const clean = await cleanBytes(original, await accepted(original));
    expect(await cleanBytes(clean, await accepted(clean))).toEqual(clean);
  });

  test("is inspected alike in chunks of every size", async () => {
    const original = await dressed(6);
    const whole = await accepted(original, () => original.length);
    const clean = await cleanBytes(original, whole);
    for (const size of [1, 2, 3, 7, 64, 1000]) {
      const inspected = await inspect(original, () => size);
      expect(inspected).toEqual(whole);
      expect(await cleanBytes(original, whole, () => size)).toEqual(clean);
    }
  });

  test("is refused wherever it is cut off", async () => {
    const original = await bare();
    const taken: number[] = [];
    for (let length = 0; length < original.length; length += 1) {
      const inspection = await inspect(original.subarray(0, length));
      if (inspection.ok || !inspection.detail.endsWith(".")) taken.push(length);
    }
    expect(taken).toEqual([]);
  });
});

const TURNED = SAMPLES.filter(({ name }) => name !== "a JPEG in CMYK");

test.each(
  TURNED.filter(({ type }) => type === "image/jpeg" || type === "image/png" || type === "image/avif"),
)("$name that is turned by its metadata looks the same without them", async ({ dressed }) => {
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const original = await dressed(orientation);
    const inspected = await accepted(original);
    const clean = await cleanBytes(original, inspected);
    const { width, height, ...rest } = await shown(clean);
    expect({ width, height, ...rest }).toEqual(await shown(original));
    expect(inspected).toMatchObject({ width, height });
  }
});

test("a WebP isn't turned by its EXIF, as browsers don't", async () => {
  for (const { dressed, bare } of SAMPLES.filter(({ type }) => type === "image/webp")) {
    const original = await dressed(6);
    const inspected = await accepted(original);
    const clean = await cleanBytes(original, inspected);
    expect(inspected).toMatchObject({ width: WIDTH, height: HEIGHT });
    expect(await shown(clean)).toEqual(await shown(await bare(), false));
  }
});
