/** Damaged files of every format: whatever bytes come, the inspector ends, and what it accepts is clean. */
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_LITERAL_BYTES, MAX_PIECES } from "../../../src/media/limits.ts";
import { accepted, cleanBytes, inspect } from "./inspection.ts";
import { SAMPLES } from "./pictures.ts";

type Edit = {
  kind: "set" | "cut" | "repeat" | "insert" | "number";
  at: number;
  length: number;
  value: number;
};

const EDIT: fc.Arbitrary<Edit> = fc.record({
  // Most edits change one byte: formats with lengths accept hardly anything else.
  kind: fc.constantFrom("set", "set", "set", "set", "cut", "repeat", "insert", "number"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)),
});

/** Most edits hit the beginning, where headers are. */
function edited(bytes: Buffer, { kind, at, length, value }: Edit): Buffer {
  const from = Math.floor(at ** 2 * bytes.length);
  const before = bytes.subarray(0, from);
  const part = bytes.subarray(from, from + length);
  const after = bytes.subarray(from + length);
  switch (kind) {
    case "set":
      return Buffer.concat([before, Buffer.of(value), bytes.subarray(from + 1)]);
    case "cut":
      return Buffer.concat([before, after]);
    case "repeat":
      return Buffer.concat([before, part, part, after]);
    case "insert":
      return Buffer.concat([before, Buffer.alloc(length, value), part, after]);
    case "number":
      return Buffer.concat([before, Buffer.of(value, value, value, value), bytes.subarray(from + 4)]);
  }
}

test.each(SAMPLES)("$name with random damage", { timeout: 120_000 }, async ({ bare, dressed }) => {
  const originals = [await bare(), await dressed(6)];
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...originals),
      fc.array(EDIT, { minLength: 1, maxLength: 2 }),
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 8 }),
      async (original, edits, sizes) => {
        const bytes = edits.reduce(edited, original);
        let turn = 0;
        const inspection = await inspect(bytes, () => sizes[(turn += 1) % sizes.length] ?? 1);
        expect(inspection).toEqual(await inspect(bytes));
        if (!inspection.ok) return;
        kept += 1;
        const clean = await cleanBytes(bytes, inspection);
        expect(clean).toHaveLength(inspection.length);
        expect(inspection.pieces.length).toBeLessThanOrEqual(MAX_PIECES);
        const own = inspection.pieces.reduce(
          (sum, piece) => sum + ("bytes" in piece ? piece.bytes.length : 0),
          0,
        );
        expect(own).toBeLessThanOrEqual(MAX_LITERAL_BYTES);
        // What is clean is taken, proposes nothing, and stays as it is.
        const again = await accepted(clean);
        expect(again).toMatchObject({
          type: inspection.type,
          width: inspection.width,
          height: inspection.height,
        });
        expect(again.proposed).toEqual({});
        expect(await cleanBytes(clean, again)).toEqual(clean);
      },
    ),
    { numRuns: 600 },
  );
  // Damage that nobody accepts would test nothing of the above.
  expect(kept).toBeGreaterThan(5);
});

test("random bytes behind a signature", async () => {
  const signature = fc.constantFrom(
    "\xff\xd8\xff",
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x08\x08\x02\0\0\0\0\0\0\0",
    "RIFF\0\x01\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x07\0\0\x07\0\0",
    "GIF89a\x08\0\x08\0\0\0\0",
    "\0\0\0\x14ftypavif\0\0\0\0avif\0\0\x01\0meta\0\0\0\0",
  );
  await fc.assert(
    fc.asyncProperty(signature, fc.uint8Array({ maxLength: 400 }), async (head, rest) => {
      const bytes = Buffer.concat([Buffer.from(head, "latin1"), rest]);
      expect(await inspect(bytes, () => 5)).toEqual(await inspect(bytes));
    }),
    { numRuns: 1000 },
  );
});
