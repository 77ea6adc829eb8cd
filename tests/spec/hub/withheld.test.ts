/** Recipients of a topic whose newest edition may have what was taken away: they wait for the next one, whatever was due to them. */
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type CallFault, hubFaults } from "../../support/faulty-hub.ts";
import {
  advance,
  begin,
  change,
  deliveries,
  deliveryTimes,
  gate,
  hub,
  isUpToDate,
  MINUTE,
  type Parameters,
  publish,
  SECOND,
  slandered,
  subscribe,
  untilCalm,
} from "../../support/hub.ts";
import { withdraw } from "../../support/newsroom.ts";
import { putStory, story } from "../../support/stories/stories.ts";

const TOPIC = "/rss.xml";
const TOKEN: Parameters = [["hub.verify_token", "subscribe"]];
// The Desk is asked again so long after it gave no windows.
const LATER = 10 * SECOND;

beforeEach(async () => {
  vi.spyOn(console, "error").mockReturnValue();
  // Those who failed together come back together.
  vi.spyOn(Math, "random").mockReturnValue(0);
  await publish("First");
  await advance(5 * SECOND);
});

/** Withdraws the slander while the Desk gives no windows, and lets time pass. @returns how many jobs began meanwhile */
async function withhold(milliseconds: number): Promise<number> {
  hubFaults.isDeskDown = () => true;
  await withdraw("a-slander");
  await untilCalm();
  hubFaults.messages.length = 0;
  await advance(milliseconds);
  hubFaults.isDeskDown = () => false;
  return hubFaults.messages.length;
}

describe("while the newest edition is recalled", () => {
  test("a retry in the slow lane that is due begins with the next edition", async () => {
    const one = await subscribe(TOPIC, { delivery: [500, 500, 200] });
    await publish("A slander");
    await advance(90 * SECOND);
    expect(await withhold(10 * MINUTE)).toBe(0);
    expect(await deliveryTimes(one, MINUTE)).toHaveLength(1);
    expect([await slandered(one), await isUpToDate(one, TOPIC)]).toEqual([[true, true, false], true]);
  });

  test("an echo that is due begins with the next edition", async () => {
    const one = await subscribe(TOPIC, {}, TOKEN);
    await publish("A slander");
    await advance(30 * SECOND);
    expect(await withhold(10 * MINUTE)).toBe(0);
    expect((await deliveryTimes(one, LATER)).length).toBeGreaterThan(0);
    expect(new Set((await slandered(one)).slice(1))).toEqual(new Set([false]));
    expect(await isUpToDate(one, TOPIC)).toBe(true);
  });

  test("a failure that is reported then has its next attempt in its time, with the next edition", async () => {
    const one = await subscribe(TOPIC, { delivery: [500, 500, 200] });
    await publish("A slander");
    await advance(5 * SECOND);
    const { pass, reached, open } = gate();
    hubFaults.onReport = () => pass().then((): CallFault => "none");
    await begin(MINUTE);
    await reached();
    hubFaults.isDeskDown = () => true;
    await withdraw("a-slander");
    await vi.waitUntil(() => hubFaults.count("notice") === 0, { interval: 0 });
    open();
    await untilCalm();
    hubFaults.isDeskDown = () => false;
    expect(await deliveryTimes(one, 10 * MINUTE)).toEqual([2 * MINUTE]);
    expect(await slandered(one)).toEqual([true, true, false]);
  });

  test("a courier that is late sends nothing", async () => {
    const one = await subscribe(TOPIC);
    const { pass, reached, open } = gate();
    hubFaults.onJob = () => pass().then(() => "none");
    await publish("A slander");
    await begin(5 * SECOND);
    await reached();
    hubFaults.isDeskDown = () => true;
    hubFaults.onJob = () => "none";
    await withdraw("a-slander");
    await vi.waitUntil(() => hubFaults.count("notice") === 0, { interval: 0 });
    open();
    await untilCalm();
    expect(await deliveries(one)).toEqual([]);
  });
});

/** The only article of a section. */
function plan(draft: boolean, text: string): Promise<Response> {
  return putStory(story("plan", { sections: ["Harbour"], draft, content_text: text }));
}

const REPORTS: readonly [string, number[], Parameters][] = [
  ["first failure", [500], []],
  ["second failure, which moves it to the slow lane", [500, 500], []],
  ["success", [200], TOKEN],
];

describe("a report that comes in after its feed has nothing to show any more", () => {
  test.each(REPORTS)("leaves nothing due to the subscriber, of its %s", async (_, statuses, more) => {
    const topic = "/sections/harbour/rss.xml";
    await plan(false, "One.");
    await advance(5 * SECOND);
    const [first = 200, ...others] = statuses;
    const one = await subscribe(topic, { delivery: [first, ...others, 200] }, more);
    await plan(false, "Two.");
    for (let attempt = 1; attempt < statuses.length; attempt++) await advance(5 * SECOND);
    const { pass, reached, open } = gate();
    hubFaults.onReport = () => pass().then((): CallFault => "none");
    await begin(2 * MINUTE);
    await reached();
    await plan(true, "Two.");
    await begin(MINUTE);
    open();
    await untilCalm();
    const [left] = await runInDurableObject(hub(), (_hub, { storage }) =>
      storage.sql.exec("SELECT due, echo_due, echo FROM subscription").toArray(),
    );
    expect(left).toEqual({ due: null, echo_due: null, echo: 0 });
    await change(1);
    await plan(false, "Three.");
    expect((await deliveryTimes(one, 10 * SECOND)).length).toBeGreaterThan(0);
    expect(await isUpToDate(one, topic)).toBe(true);
  });
});
