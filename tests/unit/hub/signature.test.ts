/** The signature of a delivery: what a subscriber computes in Node is what the hub sends. */
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hubSignature } from "../../../src/hub/delivery/signature.ts";

test("a delivery's signature is the HMAC-SHA256 of its bytes with the secret's UTF-8 bytes, in hexadecimal", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 199 }),
      fc.uint8Array({ maxLength: 300 }),
      async (secret, body) => {
        const expected = createHmac("sha256", Buffer.from(secret, "utf8")).update(body).digest("hex");
        expect(await hubSignature(secret, body)).toBe(`sha256=${expected}`);
      },
    ),
  );
});

test("a signature is that of RFC 4231's second case", async () => {
  expect(await hubSignature("Jefe", new TextEncoder().encode("what do ya want for nothing?"))).toBe(
    "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});
