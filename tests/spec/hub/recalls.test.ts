/** Recalls: what is taken away from readers is held back at once from everybody who hasn't got it. */
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { faults } from "../../support/faulty-kv.ts";
import { hubFaults } from "../../support/faulty-hub.ts";
import {
  advance,
  deliveries,
  HOUR,
  hub,
  isUpToDate,
  MINUTE,
  publish,
  SECOND,
  slandered,
  subscribe,
  untilCalm,
} from "../../support/hub.ts";
import { act, put, withdraw } from "../../support/newsroom.ts";
import { ORIGIN } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";
import type { RemoteSubscriber } from "../../support/subscribers/control.ts";

const POLITICS = "/sections/politics/rss.xml";

beforeEach(async () => {
  vi.spyOn(console, "error").mockReturnValue();
  // Those who failed together come back together.
  vi.spyOn(Math, "random").mockReturnValue(0);
  await publish("First");
  await advance(5 * SECOND);
});

/** A subscriber whose first delivery, with the slander, has failed: it is tried again in a minute. */
async function failed(topic: string): Promise<RemoteSubscriber> {
  const one = await subscribe(topic, { delivery: [500, 200] });
  await publish("A slander");
  await advance(10 * SECOND);
  expect(await slandered(one)).toEqual([true]);
  return one;
}

/** The topics whose newest edition nobody gets any more. */
function recalled(): Promise<string[]> {
  return runInDurableObject(hub(), (_instance, { storage }) =>
    storage.sql
      .exec<{ url: string }>("SELECT url FROM topic WHERE recalled = 1 ORDER BY url")
      .toArray()
      .map(({ url }) => url.slice(ORIGIN.length)),
  );
}

/** Keeps windows from KV, or only the next editions from the hub, while something is done; then lets all go on. */
async function whileHeld(holder: "KV" | "Desk", hide: () => Promise<void>): Promise<void> {
  if (holder === "KV") faults.onWrite = (key) => (key.startsWith("window:") ? "fails" : "none");
  hubFaults.isDeskDown = () => true;
  await hide();
  await untilCalm();
  expect(await recalled()).toContain(POLITICS);
  await advance(10 * MINUTE);
}

/** Lets all go on. @returns whether the subscriber got the slander again, and what is up to date in the end */
async function afterwards(one: RemoteSubscriber, topic: string): Promise<unknown> {
  const before = await slandered(one);
  faults.onWrite = () => "none";
  hubFaults.isDeskDown = () => false;
  await advance(HOUR);
  return [before, await slandered(one), await isUpToDate(one, topic)];
}

const KEPT = [[true], [true, false], true];

describe.each(["KV", "Desk"] as const)("while the %s is late, an article", (holder) => {
  test("that was moved to another section a moment before it is hidden is not sent to the first one's subscribers", async () => {
    const one = await failed(POLITICS);
    await whileHeld(holder, async () => {
      await put("a-slander", wire({ headline: "A slander", sections: "Business" }));
      await untilCalm();
      await put("a-slander?draft", wire({ headline: "A slander", sections: "Business" }));
    });
    expect(await afterwards(one, POLITICS)).toEqual(KEPT);
  });

  test("that expired a moment before it is withdrawn is sent to nobody", async () => {
    const one = await failed(POLITICS);
    await whileHeld(holder, async () => {
      await act("a-slander", "expire", { expires: new Date(Date.now() + SECOND).toISOString() });
      await advance(SECOND);
      await withdraw("a-slander");
    });
    expect(await afterwards(one, POLITICS)).toEqual(KEPT);
  });
});

describe("a recall is told at once", () => {
  test("of a withdrawal in the same second as another one", async () => {
    const [one, other] = [await failed(POLITICS), await subscribe("/sections/business/rss.xml")];
    await publish("A third slander", { sections: "Business" });
    await advance(10 * SECOND);
    hubFaults.isDeskDown = () => true;
    await withdraw("a-third-slander");
    await untilCalm();
    await withdraw("a-slander");
    await untilCalm();
    expect(await recalled()).toEqual(["/sections/business/rss.xml", POLITICS]);
    await advance(2 * MINUTE);
    expect([await slandered(one), await deliveries(other)]).toEqual([[true], [expect.anything()]]);
  });

  test("while the Desk makes a pause because the hub has failed", async () => {
    const one = await failed(POLITICS);
    hubFaults.isDeskDown = () => true;
    hubFaults.isHubDown = () => true;
    await publish("Second");
    await untilCalm();
    hubFaults.isHubDown = () => false;
    await withdraw("a-slander");
    await untilCalm();
    expect(await recalled()).toEqual([POLITICS]);
    await advance(2 * MINUTE);
    expect(await slandered(one)).toEqual([true]);
  });
});
