/** Reports that a courier repeats because the answer was lost: each outcome counts once, whatever became of the hub meanwhile. */
import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import type { Message, Outcome } from "../../../src/hub/messages.ts";
import { hubFaults } from "../../support/faulty-hub.ts";
import { advance, change, deliveries, hub, MINUTE, publish, SECOND, subscribe } from "../../support/hub.ts";
import { at, desk, edit, put } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";
import { send } from "../../support/tokens.ts";
import { deliverAll, listWebhooks, logOf, makeWebhook } from "../../support/webhooks.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const TOPIC = "/rss.xml";
const COURIER = "courier";
const OTHER = "another courier";

type Shown = { lane: string; lastFailure?: object; nextAttempt?: string };

const shown = async (): Promise<Shown | undefined> =>
  (await (await edit("GET", "/api/subscriptions")).json<{ subscriptions: Shown[] }>()).subscriptions[0];

/** Gets a message's letters, as a courier does. @returns what became of them if each is answered with this status */
async function outcomesOf(message: Message, status: number, courier = COURIER): Promise<Outcome[]> {
  const { edition, letters } = await hub().take(message, courier, undefined);
  return letters.map(({ id, version, settled }) => ({
    id,
    version,
    settled,
    sequence: edition?.sequence,
    result: { status, milliseconds: 1 },
  }));
}

/** The newest message of which nobody has reported. */
function newest(): Message {
  const message = hubFaults.messages.at(-1);
  if (message === undefined) throw new Error("There is a message");
  return message;
}

beforeEach(() => at(NOON));

describe("a report to the hub whose answer is lost comes again, and counts once", () => {
  beforeEach(() => {
    let left = 1;
    hubFaults.onReport = () => (left-- > 0 ? "unanswered" : "none");
  });

  test.each([204, 500])("of a webhook that answered %i", async (status) => {
    const { id, posts } = await makeWebhook({}, { delivery: status });
    await put("bridge", wire());
    await deliverAll();
    expect([(await posts()).length, (await logOf(id)).length]).toEqual([1, 1]);
    expect(await listWebhooks()).toMatchObject([{ lane: "healthy", waiting: status === 500 ? 1 : 0 }]);
  });

  test("of a subscriber that failed", async () => {
    const one = await subscribe(TOPIC, { delivery: 500 });
    await change(1);
    await advance(10 * SECOND);
    expect([(await deliveries(one)).length, (await shown())?.lane]).toEqual([1, "healthy"]);
  });
});

const MOMENTS = ["never", "before the first report", "before the repeated one"] as const;

describe.each(MOMENTS)("with a hub that is evicted %s, a report that comes twice counts once", (moment) => {
  async function reportTwice(message: Message, outcomes: Outcome[]): Promise<void> {
    if (moment === "before the first report") await evictDurableObject(hub());
    await hub().report(message, COURIER, outcomes, false);
    if (moment === "before the repeated one") await evictDurableObject(hub());
    await hub().report(message, COURIER, outcomes, true);
  }

  beforeEach(async () => {
    await publish("First");
    await advance(5 * SECOND);
    hubFaults.onJob = () => "lost";
  });

  test.each([204, 500])("of a webhook that answered %i", async (status) => {
    const { id } = await makeWebhook();
    await put("bridge", wire());
    await runDurableObjectAlarm(desk());
    await runDurableObjectAlarm(hub());
    const message = newest();
    await reportTwice(message, await outcomesOf(message, status));
    expect(await logOf(id)).toMatchObject([{ attempt: 1, status }]);
    expect(await listWebhooks()).toMatchObject([{ lane: "healthy", waiting: status === 500 ? 1 : 0 }]);
  });

  test("of a webhook, though the event is to be sent again meanwhile", async () => {
    const { id, gist } = await makeWebhook();
    await put("bridge", wire());
    await runDurableObjectAlarm(desk());
    await runDurableObjectAlarm(hub());
    const message = newest();
    const outcomes = await outcomesOf(message, 204);
    await hub().report(message, COURIER, outcomes, false);
    hubFaults.onJob = () => "none";
    await send("POST", `/api/webhooks/${id}/redeliver`, { since: "2031-11-24T00:00:00Z" });
    await deliverAll();
    await reportTwice(message, outcomes);
    await deliverAll();
    expect([await gist(), (await logOf(id)).length]).toEqual([["published bridge 1"], 2]);
  });

  test("of a subscriber that failed", async () => {
    await subscribe(TOPIC);
    await change(1);
    await advance(5 * SECOND);
    const message = newest();
    await reportTwice(message, await outcomesOf(message, 500));
    expect(await shown()).toMatchObject({ lane: "healthy", lastFailure: { status: 500 } });
  });

  test("of a subscriber that failed and took a later edition before the repetition", async () => {
    const one = await subscribe(TOPIC);
    await change(1);
    await advance(5 * SECOND);
    const message = newest();
    const outcomes = await outcomesOf(message, 500);
    await hub().report(message, COURIER, outcomes, false);
    hubFaults.onJob = () => "none";
    await change(2);
    await advance(10 * MINUTE);
    expect(await deliveries(one)).toHaveLength(1);
    await reportTwice(message, outcomes);
    expect(await shown()).not.toHaveProperty("nextAttempt");
  });
});

/** A webhook's event in the hands of two couriers, the second of which took it after an eviction. */
async function takenTwice(): Promise<{
  id: string;
  message: Message;
  failed: Outcome[];
  delivered: Outcome[];
}> {
  const { id } = await makeWebhook();
  await put("bridge", wire());
  hubFaults.onJob = () => "lost";
  await runDurableObjectAlarm(desk());
  await runDurableObjectAlarm(hub());
  const message = newest();
  const failed = await outcomesOf(message, 500);
  await evictDurableObject(hub());
  return { id, message, failed, delivered: await outcomesOf(message, 204, OTHER) };
}

test("a failure of a letter that another courier has brought since doesn't count", async () => {
  const { id, message, failed, delivered } = await takenTwice();
  await hub().report(message, OTHER, delivered, true);
  await hub().report(message, COURIER, failed, true);
  expect(await logOf(id)).toMatchObject([{ result: "delivered" }]);
  expect(await listWebhooks()).toMatchObject([{ waiting: 0 }]);
});

test("a success of a letter counts, though another courier's failure came first", async () => {
  const { id, message, failed, delivered } = await takenTwice();
  await hub().report(message, COURIER, failed, true);
  await hub().report(message, OTHER, delivered, true);
  await hub().report(message, OTHER, delivered, true);
  expect(await logOf(id)).toMatchObject([{ result: "delivered" }, { result: "failed" }]);
  expect(await listWebhooks()).toMatchObject([{ waiting: 0 }]);
});

test.each([204, 500])(
  "a success with a later edition counts, though another courier's %i of an earlier one came first",
  async (status) => {
    const one = await subscribe(TOPIC);
    hubFaults.onJob = () => "lost";
    await change(1);
    await advance(5 * SECOND);
    const message = newest();
    const early = await outcomesOf(message, status);
    await evictDurableObject(hub());
    await change(2);
    await advance(5 * SECOND);
    const late = await outcomesOf(newest(), 204, OTHER);
    await hub().report(message, COURIER, early, true);
    await hub().report(newest(), OTHER, late, true);
    hubFaults.onJob = () => "none";
    await advance(10 * MINUTE);
    expect([await deliveries(one), await shown()]).toEqual([
      [],
      expect.not.objectContaining({ nextAttempt: expect.anything() }),
    ]);
  },
);
