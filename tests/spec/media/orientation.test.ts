/** Photos of a camera that was turned: sizes look as the original does. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { uploaded } from "../../support/media.ts";
import { get } from "../../support/newsroom.ts";
import { TURNED } from "../../support/pictures.ts";

/** The colours of the left and the right half of a picture, as a browser shows it: red, green, blue. */
async function halvesOf(address: string): Promise<number[][]> {
  const { body } = await get(new URL(address).pathname);
  if (body === null) throw new Error("There is no body");
  const made = await env.IMAGES.input(body)
    .transform({ width: 2, height: 1, fit: "squeeze" })
    .output({ format: "image/png" });
  const png = new Uint8Array(await made.response().arrayBuffer());
  const isWithAlpha = png[25] === 6;
  return pixelsOf(await rowOf(png), isWithAlpha ? 4 : 3);
}

/** The first row of a PNG picture, still filtered. */
async function rowOf(png: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const at = new TextDecoder("latin1").decode(png).indexOf("IDAT");
  const length = new DataView(png.buffer).getUint32(at - 4);
  const data = new Blob([png.slice(at + 4, at + 4 + length)]);
  const inflated = data.stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}

/** Two pixels of a first row (PNG Specification, section 9): what is above counts as zero. */
function pixelsOf([filter = 0, ...bytes]: Uint8Array, size: number): number[][] {
  const first = bytes.slice(0, size);
  const second = bytes.slice(size, 2 * size).map((byte, index) => {
    const left = first[index] ?? 0;
    if (filter === 1 || filter === 4) return (byte + left) % 256;
    return filter === 3 ? (byte + Math.floor(left / 2)) % 256 : byte;
  });
  return [first, second];
}

test("a turned photo has the measures that it is shown with, and so have its sizes", async () => {
  const { width, height, sizes } = await uploaded(TURNED);
  expect([width, height]).toEqual([500, 300]);
  expect(sizes.map((size) => [size.type, size.width, size.height])).toEqual([["image/jpeg", 400, 240]]);
});

test("red stays left and blue stays right in a size", async () => {
  const { sizes } = await uploaded(TURNED);
  const [[left = [], right = []] = []] = await Promise.all(sizes.map(({ url }) => halvesOf(url)));
  const [leftRed = 0, , leftBlue = 0] = left;
  const [rightRed = 0, , rightBlue = 0] = right;
  expect(leftRed).toBeGreaterThan(leftBlue);
  expect(rightBlue).toBeGreaterThan(rightRed);
});
