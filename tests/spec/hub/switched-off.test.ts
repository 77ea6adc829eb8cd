/** A hub that is switched off and on again: what was hidden meanwhile stays hidden, and what was published is delivered. */
import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { HubLimits } from "../../../src/article/site.ts";
import { hubFaults } from "../../support/faulty-hub.ts";
import {
  advance,
  change,
  DAY,
  deliveries,
  HOUR,
  hub,
  isUpToDate,
  MINUTE,
  newestChanges,
  publish,
  SECOND,
  subscribe,
} from "../../support/hub.ts";
import { desk, sweep, withdraw } from "../../support/newsroom.ts";
import { site } from "../../support/site.ts";
import { layout } from "../../support/worker.ts";

const TOPIC = "/rss.xml";

beforeEach(async () => {
  vi.spyOn(console, "error").mockReturnValue();
  await publish("First");
  await advance(5 * SECOND);
});

/** Deploys the site with the hub or without it: the Desk and the hub start anew, when something asks them. */
async function deploy(limits: HubLimits | undefined): Promise<void> {
  layout.hub = limits;
  for (const stub of [desk(), hub()]) await evictDurableObject(stub);
}

describe("a hub that is switched off and on again", () => {
  test.each([
    ["a retry", [500, 200], "none", 1],
    ["the search", [200], "lost", 0],
  ] as const)(
    "sends by %s nothing that was withdrawn meanwhile",
    async (_, [answer, ...answers], job, first) => {
      const one = await subscribe(TOPIC, { delivery: [answer, ...answers] });
      hubFaults.onJob = () => job;
      await publish("A slander");
      await advance(10 * SECOND);
      hubFaults.onJob = () => "none";
      await deploy(undefined);
      await withdraw("a-slander");
      await advance(30 * SECOND);
      expect(await deliveries(one)).toHaveLength(first);
      await deploy(site.hub);
      await sweep();
      await advance(HOUR);
      const since = (await deliveries(one)).slice(first).map(({ body }) => body.text.includes("A slander"));
      expect([since, await isUpToDate(one, TOPIC)]).toEqual([[false], true]);
    },
  );

  test("sends nothing that was withdrawn meanwhile before the Desk tells what is left", async () => {
    const one = await subscribe(TOPIC, { delivery: [500, 200] });
    await publish("A slander");
    await advance(10 * SECOND);
    await deploy(undefined);
    await withdraw("a-slander");
    await advance(30 * SECOND);
    hubFaults.isDeskDown = () => true;
    await deploy(site.hub);
    await sweep();
    await advance(HOUR);
    expect(await deliveries(one)).toHaveLength(1);
    hubFaults.isDeskDown = () => false;
    await advance(MINUTE);
    expect(await isUpToDate(one, TOPIC)).toBe(true);
  });

  test("delivers what was published meanwhile, once", async () => {
    const one = await subscribe(TOPIC);
    await change(1);
    await advance(10 * SECOND);
    await deploy(undefined);
    await change(2);
    await advance(HOUR);
    expect(await newestChanges(one)).toEqual([1]);
    await deploy(site.hub);
    await sweep();
    await advance(DAY);
    expect([await newestChanges(one), await isUpToDate(one, TOPIC)]).toEqual([[1, 2], true]);
  });

  test("delivers nothing where nothing has changed", async () => {
    const one = await subscribe(TOPIC);
    await change(1);
    await advance(10 * SECOND);
    await deploy(undefined);
    await sweep();
    await advance(HOUR);
    await deploy(site.hub);
    await sweep();
    await advance(DAY);
    expect(await newestChanges(one)).toEqual([1]);
  });
});
