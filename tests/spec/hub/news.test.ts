/** Embargo, correction, expiry, withdrawal: each reaches subscribers as any change does, and what is hidden never does. */
import { beforeEach, describe, expect, test } from "vitest";
import {
  advance,
  DAY,
  deliveries,
  deliveryTimes,
  HOUR,
  isUpToDate,
  publish,
  SECOND,
  subscribe,
} from "../../support/hub.ts";
import { act, put, withdraw } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";
import type { RemoteSubscriber } from "../../support/subscribers/control.ts";

const TOPICS = [
  "/rss.xml",
  "/sections/politics/atom.xml",
  "/feed.json",
  "/sections/business+politics/rss.xml?content=summary",
];
const HEADLINE = "The ministry falls";

beforeEach(async () => {
  await publish("First");
  await advance(5 * SECOND);
});

/** The time that many milliseconds from now, as a dateline and JSON have it. */
function inTime(milliseconds: number): string {
  return new Date(Date.now() + milliseconds).toISOString();
}

/** Whether each delivery has a text. */
async function have(one: RemoteSubscriber, text: string): Promise<boolean[]> {
  return (await deliveries(one)).map(({ body }) => body.text.includes(text));
}

describe.each(TOPICS)("a subscriber of %s", (topic) => {
  test("gets an embargoed article within seconds of its minute, and nothing of it before", async () => {
    const one = await subscribe(topic);
    await publish(HEADLINE, { time: inTime(HOUR) });
    expect(await deliveryTimes(one, HOUR - 1)).toEqual([]);
    const [time = Infinity, ...more] = await deliveryTimes(one, HOUR);
    expect([time <= 5 * SECOND, more, await have(one, HEADLINE), await isUpToDate(one, topic)]).toEqual([
      true,
      [],
      [true],
      true,
    ]);
  });

  test("gets a correction, and a silent fix", async () => {
    const one = await subscribe(topic);
    await act("first", "correct", { correction: "We named the wrong bridge." });
    expect(await deliveryTimes(one, HOUR)).toEqual([2 * SECOND]);
    expect(await isUpToDate(one, topic)).toBe(true);
    const fixed = wire({ headline: "First", summary: "The bridge over the harbor is open again." });
    expect((await put("first?silent", fixed)).status).toBe(200);
    expect(await deliveryTimes(one, HOUR)).toEqual([2 * SECOND]);
    expect(await isUpToDate(one, topic)).toBe(true);
  });

  test("gets the feed without an article that expires, within seconds", async () => {
    const one = await subscribe(topic);
    await publish(HEADLINE);
    await advance(10 * SECOND);
    await act("the-ministry-falls", "expire", { expires: inTime(HOUR) });
    await advance(HOUR - 1);
    const [time = Infinity, ...more] = await deliveryTimes(one, HOUR);
    expect([
      time <= 5 * SECOND,
      more,
      (await have(one, HEADLINE)).at(-1),
      await isUpToDate(one, topic),
    ]).toEqual([true, [], false, true]);
  });

  test("gets the feed without an article that is withdrawn, once, and with it when it is reinstated", async () => {
    const one = await subscribe(topic);
    await publish(HEADLINE);
    await advance(10 * SECOND);
    await withdraw("the-ministry-falls");
    const [time = Infinity, ...more] = await deliveryTimes(one, HOUR);
    expect([time <= 2 * SECOND, more, await have(one, HEADLINE), await isUpToDate(one, topic)]).toEqual([
      true,
      [],
      [true, false],
      true,
    ]);
    await act("the-ministry-falls", "reinstate");
    expect(await deliveryTimes(one, HOUR)).toHaveLength(1);
    expect([(await have(one, HEADLINE)).at(-1), await isUpToDate(one, topic)]).toEqual([true, true]);
  });

  test("gets nothing of a draft until it is published", async () => {
    const one = await subscribe(topic);
    await put("fall?draft", wire({ headline: HEADLINE }));
    await put("fall?draft", wire({ headline: HEADLINE, body: "It fell at noon." }));
    expect(await deliveryTimes(one, DAY)).toEqual([]);
    await act("fall", "publish");
    expect(await deliveryTimes(one, HOUR)).toHaveLength(1);
    expect([await have(one, HEADLINE), await isUpToDate(one, topic)]).toEqual([[true], true]);
  });
});
