/** A courier: it sends what the hub gives it, of whatever type, six at a time. */
import { expect, test, vi } from "vitest";
import { type CouriersHub, deliver, SLOTS } from "../../../src/hub/delivery/deliver.ts";
import type { Letter, Outcome, Taken } from "../../../src/hub/messages.ts";
import { hurry, signedWith } from "../../support/hub.ts";
import { type RemoteSubscriber, subscriber } from "../../support/subscribers/control.ts";

const MESSAGE = { version: 1, topic: 1, sequence: 1, ids: [1] } as const;
const LINK = '<https://news.example/hub>; rel="hub", <https://news.example/names.txt>; rel="self"';
const FIELDS = { "Content-Type": "text/plain; charset=utf-8", Link: LINK };
const EDITION = {
  sequence: 1,
  fields: FIELDS,
  body: new TextEncoder().encode("Möwe\r\nno newline at the end"),
};

function letter(id: number, { callback }: RemoteSubscriber, secrets: string[] = []): Letter {
  return { id, url: callback, version: 1, settled: 0, secrets };
}

/** A hub that gives the same letters whenever a courier asks, and keeps what it reports. */
function hubWith(letters: Letter[], edition: NonNullable<Taken["edition"]> = EDITION) {
  const outcomes: Outcome[] = [];
  const ends: boolean[] = [];
  const hub: CouriersHub = {
    take: (_message, _courier, known) =>
      Promise.resolve(known === edition.sequence ? { letters } : { edition, letters }),
    report: (_message, _courier, some, isLast) => {
      outcomes.push(...some);
      ends.push(isLast);
      return Promise.resolve();
    },
    takeVerifications: () => Promise.resolve([]),
    reportVerifications: () => Promise.resolve(),
  };
  return { hub, outcomes, ends };
}

// Test 105 of the conformance suite: the site has no topic in plain text.
test("a topic of any type is delivered as it is: 105, plain text", async () => {
  const one = await subscriber();
  const { hub, outcomes } = hubWith([letter(1, one, ["old"])]);
  await deliver({ ...MESSAGE, ids: [1] }, hub);
  const [delivery, ...more] = await one.received();
  const fields = new Headers(delivery?.headers);
  expect([delivery?.body.text, fields.get("Content-Type"), fields.get("Link"), more]).toEqual([
    "Möwe\r\nno newline at the end",
    "text/plain; charset=utf-8",
    LINK,
    [],
  ]);
  expect(await signedWith(delivery)).toBe("old");
  expect(outcomes).toEqual([
    {
      id: 1,
      version: 1,
      settled: 0,
      sequence: 1,
      result: { status: 204, milliseconds: expect.any(Number), retryAfter: undefined },
    },
  ]);
});

test("bytes that are no text are delivered as they are", async () => {
  const one = await subscriber();
  const body = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const { hub } = hubWith([letter(1, one)], { sequence: 1, fields: { "Content-Type": "image/x-any" }, body });
  await deliver({ ...MESSAGE, ids: [1] }, hub);
  const [delivery] = await one.received();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body)).toHex();
  expect([delivery?.body.bytes, delivery?.body.sha256]).toEqual([256, digest]);
});

test("six deliveries at most wait at a time, and the time of each begins when it has its slot", async () => {
  const all = await Promise.all(
    Array.from({ length: 15 }, () => subscriber({ delivery: { answer: 200, delayMilliseconds: 60 } })),
  );
  const { hub, outcomes, ends } = hubWith(all.map((one, index) => letter(index + 1, one)));
  const limits = hurry(10_000);
  const real = globalThis.fetch.bind(globalThis);
  const waiting: number[] = [];
  let underWay = 0;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (...given) => {
    underWay += 1;
    // No timer runs for one that has no slot.
    waiting.push(underWay, limits().length - waiting.length / 2 - 1);
    const response = await real(...given);
    underWay -= 1;
    return response;
  });
  await deliver({ ...MESSAGE, ids: all.map((_, index) => index + 1) }, hub);
  spy.mockRestore();
  const counts = waiting.filter((_, index) => index % 2 === 0);
  const early = waiting.filter((_, index) => index % 2 === 1);
  expect([Math.max(...counts), new Set(early)]).toEqual([SLOTS, new Set([0])]);
  expect(outcomes.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(all.map((_, index) => index + 1));
  expect([ends.at(-1), ends.filter(Boolean).length]).toEqual([true, 1]);
});

test("one that doesn't answer keeps no other's outcome back", async () => {
  hurry(2000);
  const [dead, good] = [await subscriber({ delivery: "never" }), await subscriber()];
  const { hub, outcomes } = hubWith([letter(1, dead), letter(2, good)]);
  const done = deliver({ ...MESSAGE, ids: [1, 2] }, hub);
  await vi.waitUntil(() => outcomes.length === 1, { timeout: 10_000, interval: 0 });
  expect(outcomes.map(({ id }) => id)).toEqual([2]);
  await done;
  expect(outcomes.map(({ id, result }) => [id, result.reason])).toEqual([
    [2, undefined],
    [1, "timed-out"],
  ]);
});

test("what was taken a second ago is asked for again, as far as it isn't sent: a letter that the hub has no more never is", async () => {
  const all = await Promise.all(Array.from({ length: SLOTS + 1 }, () => subscriber()));
  const letters = all.map((one, index) => letter(index + 1, one));
  const { hub } = hubWith(letters);
  const taken: number[][] = [];
  const later: CouriersHub = {
    ...hub,
    take: (message, ...given) => {
      taken.push(message.ids);
      return hub.take(message, ...given);
    },
  };
  const real = globalThis.fetch.bind(globalThis);
  let sent = 0;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation((...given) => {
    sent += 1;
    if (sent === SLOTS) {
      vi.setSystemTime(Date.now() + 1001);
      letters.pop();
    }
    return real(...given);
  });
  const ids = letters.map(({ id }) => id);
  await deliver({ ...MESSAGE, ids }, later);
  spy.mockRestore();
  const counts = await Promise.all(all.map(async ({ received }) => (await received()).length));
  expect([counts, taken]).toEqual([
    [1, 1, 1, 1, 1, 1, 0],
    [ids, [SLOTS + 1]],
  ]);
});

test("where the hub has nothing to send, nothing is sent", async () => {
  const one = await subscriber();
  const { hub, ends } = hubWith([]);
  await deliver({ ...MESSAGE, ids: [1] }, hub);
  expect([await one.received(), ends]).toEqual([[], [true]]);
});
