/** Webhooks' signatures: the package `standardwebhooks`, which receivers use, and ours agree. */
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeSecret, webhookFields } from "../../../src/hub/webhooks/standard-webhooks.ts";

const NOW = Date.parse("2026-11-25T12:00:00.750Z");
const MINUTE = 60_000;
const ID = "event_1";
const BODY = '{"headline":"Straße über die Brücke 🌊"}';
const [OLD, NEW] = [makeSecret(), makeSecret()];

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

function received(secret: string, body: string, fields: Record<string, string>): unknown {
  return new Webhook(secret).verify(body, fields);
}

test("a secret is 32 bytes in base64 with the standard's prefix, and never the same", () => {
  expect(OLD).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(OLD).not.toBe(NEW);
});

test("the signature is the package's own", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.stringMatching(/^[\w-]{1,40}$/),
      fc.date({ min: new Date(0), max: new Date("9999-01-01"), noInvalidDate: true }),
      fc.string({ unit: "binary", maxLength: 300 }).map((text) => text.toWellFormed()),
      async (id, time, body) => {
        expect(await webhookFields([NEW], id, time.getTime(), body)).toEqual({
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(time.getTime() / 1000)),
          "webhook-signature": new Webhook(NEW).sign(id, time, body),
        });
      },
    ),
  );
});

test("bytes are signed as the text that they are in UTF-8", async () => {
  const bytes = new TextEncoder().encode(BODY);
  expect(await webhookFields([NEW], ID, NOW, bytes)).toEqual(await webhookFields([NEW], ID, NOW, BODY));
});

test.each([
  ["the old secret", OLD],
  ["the new secret", NEW],
])("a receiver that has %s takes a webhook that is signed with both", async (_which, secret) => {
  const fields = await webhookFields([OLD, NEW], ID, NOW, BODY);
  expect(received(secret, BODY, fields)).toEqual(JSON.parse(BODY));
});

test("there is a signature for each secret, in their order", async () => {
  const [both, old, fresh] = await Promise.all(
    [[OLD, NEW], [OLD], [NEW]].map((secrets) => webhookFields(secrets, ID, NOW, BODY)),
  );
  expect(both?.["webhook-signature"]).toBe(`${old?.["webhook-signature"]} ${fresh?.["webhook-signature"]}`);
});

test("a receiver refuses a webhook with another secret, body, id, time or signature", async () => {
  const fields = await webhookFields([OLD, NEW], ID, NOW, BODY);
  const later = String(Math.floor(NOW / 1000) + 1);
  expect(() => received(makeSecret(), BODY, fields)).toThrow("No matching signature found");
  expect(() => received(NEW, `${BODY} `, fields)).toThrow("No matching signature found");
  expect(() => received(NEW, BODY, { ...fields, "webhook-id": "event_2" })).toThrow("No matching");
  expect(() => received(NEW, BODY, { ...fields, "webhook-timestamp": later })).toThrow("No matching");
  expect(() => received(NEW, BODY, { ...fields, "webhook-signature": "v1,AAAA" })).toThrow("No matching");
});

test("a receiver takes a webhook for five minutes after its time, and no longer", async () => {
  const [old, tooOld] = await Promise.all(
    [NOW - 5 * MINUTE, NOW - 5 * MINUTE - 1000].map((time) => webhookFields([NEW], ID, time, BODY)),
  );
  expect(received(NEW, BODY, old ?? {})).toEqual(JSON.parse(BODY));
  expect(() => received(NEW, BODY, tooOld ?? {})).toThrow("Message timestamp too old");
});
