/** Reports of couriers: what the hub doesn't get comes with the next one, and nobody's outcome waits for another's letter. */
import { expect, test } from "vitest";
import { type CouriersHub, deliver, verifyAll } from "../../../src/hub/delivery/deliver.ts";
import type { Letter, Outcome, Verification } from "../../../src/hub/messages.ts";
import { subscriber } from "../../support/subscribers/control.ts";

const MESSAGE = { version: 1 as const, topic: 1, sequence: 1, ids: [1, 2, 3, 4, 5, 6, 7, 8] };

/** The courier's side of a hub that has these letters. @param isFailing whether a report, by its number from 1, is lost */
function hubOf(waiting: Letter[], isFailing: (number: number) => boolean) {
  const known: Outcome[] = [];
  const results: { id: number; isVerified: boolean }[] = [];
  let reports = 0;
  let hasEnded = false;
  const count = (): void => {
    reports += 1;
    if (isFailing(reports)) throw new Error("The hub is down");
  };
  const hub: CouriersHub = {
    take: async () => ({
      edition: { sequence: 1, fields: {}, body: new Uint8Array([60]) },
      letters: waiting,
    }),
    report: async (_message, _courier, outcomes, isLast) => {
      count();
      known.push(...outcomes);
      hasEnded = isLast;
    },
    takeVerifications: async () => [],
    reportVerifications: async (some) => {
      count();
      results.push(...some);
    },
  };
  return {
    hub,
    results,
    ids: () => known.map(({ id }) => id).toSorted((one, other) => one - other),
    statuses: () => new Set(known.map(({ result }) => result.status)),
    hasEnded: () => hasEnded,
  };
}

/** Letters to one subscriber, which answers them one after the other. */
async function letters(): Promise<Letter[]> {
  const { callback } = await subscriber({
    delivery: [200, { answer: 200, delayMilliseconds: 50 }, { answer: 200, delayMilliseconds: 100 }],
  });
  return MESSAGE.ids.map((id) => ({ id, url: callback, version: 1, settled: 0, secrets: [] }));
}

test.each([1, 2])("a report that is lost once (the %d.) comes whole with the next", async (lost) => {
  const { hub, ids, statuses, hasEnded } = hubOf(await letters(), (number) => number === lost);
  await deliver(MESSAGE, hub);
  expect([ids(), statuses(), hasEnded()]).toEqual([MESSAGE.ids, new Set([200]), true]);
});

test("a letter that can't be made keeps no other's outcome back, and the courier fails", async () => {
  const [first, ...others] = await letters();
  // Its secret is no secret of a webhook.
  const event = { id: "event", fields: {}, body: "{}" };
  const broken = { id: 1, url: first?.url ?? "", version: 1, settled: 0, secrets: ["whsec_%"], event };
  const { hub, ids, hasEnded } = hubOf([broken, ...others], () => false);
  await expect(deliver(MESSAGE, hub)).rejects.toThrow("base64");
  expect([ids(), hasEnded()]).toEqual([MESSAGE.ids.slice(1), true]);
});

test("a report of verifications that is lost once comes whole with the next", async () => {
  const { callback } = await subscriber({
    verification: ["echo", { answer: "echo", delayMilliseconds: 50 }],
  });
  const ids = [1, 2, 3];
  const verification: Omit<Verification, "id"> = {
    mode: "subscribe",
    topic: "https://news.example/rss.xml",
    callback,
    lease: 3600,
    userAgent: "Dateline-Hub/1",
  };
  const { hub, results } = hubOf([], (number) => number === 1);
  const takeVerifications = async () => ids.map((id) => ({ ...verification, id }));
  await verifyAll(ids, { ...hub, takeVerifications });
  expect(results.toSorted((one, other) => one.id - other.id)).toEqual(
    ids.map((id) => ({ id, isVerified: true })),
  );
});
