/** The frames of a PNG: those that decoders show stay, all others go or are refused. */
import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { big, pngAnimation, pngChunk, pngFrame, pngPixels, text } from "./bytes.ts";
import { accepted, cleanBytes, inspect } from "./inspection.ts";

const WIDTH = 8;
const HEIGHT = 8;
const HIDDEN = Buffer.from("hidden in a frame that nobody shows");
const HEADER = Buffer.concat([
  text("\x89PNG\r\n\x1a\n"),
  pngChunk("IHDR", Buffer.concat([big(WIDTH, 4), big(HEIGHT, 4), Buffer.of(8, 2, 0, 0, 0)])),
]);
const STILL = pngChunk("IDAT", Buffer.alloc(9));
const END = pngChunk("IEND", Buffer.alloc(0));

const png = (...chunks: Buffer[]) => Buffer.concat([HEADER, ...chunks, END]);
const frame = (sequence: number) => pngFrame(sequence, WIDTH, HEIGHT);
const pixels = (sequence: number) => pngPixels(sequence, HIDDEN);

test.each([
  ["whose still picture is its first frame", png(pngAnimation(2), frame(0), STILL, frame(1), pixels(2))],
  [
    "whose still picture is none of its frames",
    png(pngAnimation(2), STILL, frame(0), pixels(1), pixels(2), frame(3), pixels(4)),
  ],
])("an animation %s stays as it is", async (_, animation) => {
  expect(await cleanBytes(animation, await accepted(animation))).toEqual(animation);
});

test.each([
  ["isn't announced", png(frame(0), STILL, frame(1), pixels(2))],
  ["is announced after the still picture", png(STILL, pngAnimation(1), frame(0), pixels(1))],
  ["is announced without a frame", png(pngAnimation(0), frame(0), STILL, frame(1), pixels(2))],
  ["has pixels alone", png(STILL, pixels(0))],
])("an animation that %s goes", async (_, animation) => {
  expect(await cleanBytes(animation, await accepted(animation))).toEqual(png(STILL));
});

test.each([
  ["more frames than it announces", [pngAnimation(1), frame(0), STILL, frame(1), pixels(2)]],
  ["pixels before its first frame", [pngAnimation(1), STILL, pixels(0), frame(1), pixels(2)]],
  ["pixels beside the still picture's", [pngAnimation(1), frame(0), STILL, pixels(1)]],
  ["pixels before the still picture's", [pngAnimation(1), frame(0), pixels(1), STILL]],
  ["a frame without pixels", [pngAnimation(2), STILL, frame(0), frame(1), pixels(2)]],
  ["frames out of order", [pngAnimation(1), STILL, frame(0), pixels(2)]],
  ["a frame beyond the picture", [pngAnimation(1), STILL, pngFrame(0, WIDTH, HEIGHT, 1), pixels(1)]],
  ["a frame of no width", [pngAnimation(1), STILL, pngFrame(0, 0, HEIGHT), pixels(1)]],
  ["a first frame that is smaller than the still picture", [pngAnimation(1), pngFrame(0, 4, 4), STILL]],
])("a PNG with %s is refused", async (_, chunks) => {
  expect(await inspect(png(...chunks))).toMatchObject({ ok: false, reason: "damaged" });
});
