/** The slow lane: those who don't answer are tried by their schedule, however long a courier is away, and keep no one else waiting. */
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { deliver } from "../../../src/hub/delivery/deliver.ts";
import type { Message } from "../../../src/hub/messages.ts";
import { hubFaults, type JobFault } from "../../support/faulty-hub.ts";
import {
  advance,
  begin,
  change,
  DAY,
  deliveries,
  formOf,
  gate,
  HOUR,
  hub,
  MINUTE,
  post,
  publish,
  SECOND,
  subscribe,
  untilCalm,
} from "../../support/hub.ts";
import { isDelivery } from "../../support/subscribers/received.ts";
import { type RemoteSubscriber, subscriber } from "../../support/subscribers/control.ts";

const TOPIC = "/rss.xml";
// More than are tried at once.
const COUNT = 120;
const FEW = 30;
const PAUSES = [MINUTE, 2 * MINUTE, 6 * MINUTE, 24 * MINUTE, 2 * HOUR, 12 * HOUR, 24 * HOUR];

beforeEach(async () => {
  await publish("First");
  await advance(5 * SECOND);
});

/** Many subscriptions of one server that always answers 500, each with a callback of its own. */
async function failing(count = COUNT): Promise<RemoteSubscriber> {
  const one = await subscriber({ delivery: 500 });
  // Opens the topic.
  await subscribe(TOPIC);
  await runInDurableObject(hub(), (_instance, { storage }) => {
    for (let number = 0; number < count; number++) {
      storage.sql.exec(
        `INSERT INTO subscription (topic, sent_topic, callback, host, refetches, created, expires, delivered)
         SELECT id, url, ?, 'localhost', 0, ?, ?, sequence FROM topic`,
        `${one.callback}?number=${number}`,
        Date.now(),
        Date.now() + 30 * DAY,
      );
    }
  });
  return one;
}

type State = { id: number; failures: number; failed: number };

/** Notes when each subscription was tried, whenever it is asked: a state that has more failures had an attempt since. */
function attempts() {
  const times = new Map<number, number[]>();
  return {
    look: async (): Promise<void> => {
      const states = await runInDurableObject(hub(), (_instance, { storage }) =>
        storage.sql.exec<State>("SELECT id, failures, failed FROM subscription WHERE failures > 0").toArray(),
      );
      for (const { id, failures, failed } of states) {
        const known = times.get(id) ?? [];
        while (known.length < failures) known.push(failed);
        times.set(id, known);
      }
    },
    of: (): number[][] => [...times.values()],
  };
}

/** Those pauses between attempts that are shorter than the schedule has them, or longer than its jitter and some slack allow. */
function wrongPauses(all: readonly number[][], slack: number): string[] {
  return all.flatMap((times) =>
    times.slice(1).flatMap((time, index) => {
      const pause = time - (times[index] ?? 0);
      const due = PAUSES[index] ?? Infinity;
      return pause >= due && pause <= due * 1.6 + slack ? [] : [`${index}: ${pause}`];
    }),
  );
}

describe("of many subscribers that always fail", () => {
  test("each is tried by the schedule, and then no more", async () => {
    const one = await failing();
    const { look, of } = attempts();
    await change(1);
    await advance(3 * DAY, async () => {
      await untilCalm();
      await look();
    });
    expect([of().length, new Set(of().map(({ length }) => length)), wrongPauses(of(), MINUTE)]).toEqual([
      COUNT,
      new Set([PAUSES.length + 1]),
      [],
    ]);
    expect(await deliveries(one)).toHaveLength(COUNT * (PAUSES.length + 1));
  });

  test("none is tried sooner where couriers are away for long", async () => {
    const one = await failing();
    const { look, of } = attempts();
    let held = 0;
    hubFaults.onJob = async (): Promise<JobFault> => {
      const end = Date.now() + 10 * MINUTE;
      held += 1;
      while (Date.now() < end) await scheduler.wait(1);
      held -= 1;
      return "none";
    };
    await change(1);
    for (let minute = 0; minute < 8 * 60; minute++) {
      await begin(MINUTE);
      await vi.waitUntil(() => hubFaults.count("job") === held, { timeout: 10_000, interval: 0 });
      await look();
    }
    expect([of().length, wrongPauses(of(), Infinity)]).toEqual([COUNT, []]);
    const total = of().reduce((sum, { length }) => sum + length, 0);
    expect(await deliveries(one)).toHaveLength(total);
    expect(total).toBeGreaterThan(3 * COUNT);
    hubFaults.onJob = () => "none";
    vi.setSystemTime(Date.now() + 10 * MINUTE);
    await untilCalm();
  });

  test("none gets more by a message that comes again, at once or later", async () => {
    const one = await failing(FEW);
    const { look, of } = attempts();
    const messages: Message[] = [];
    hubFaults.onJob = (message) => {
      messages.push(message);
      return "doubled";
    };
    await change(1);
    await advance(3 * DAY, async () => {
      await untilCalm();
      for (const message of messages.splice(0)) await deliver(message, hub());
      await look();
    });
    await look();
    expect([new Set(of().map(({ length }) => length)), wrongPauses(of(), MINUTE)]).toEqual([
      new Set([PAUSES.length + 1]),
      [],
    ]);
    expect(await deliveries(one)).toHaveLength(FEW * (PAUSES.length + 1));
  });
});

test("a full slow lane keeps no healthy subscriber waiting", async () => {
  // They come back together.
  vi.spyOn(Math, "random").mockReturnValue(0);
  await failing();
  await change(1);
  // All are in the slow lane after two attempts.
  await advance(2 * MINUTE);
  const { pass, reached, open } = gate();
  hubFaults.onJob = async ({ ids }): Promise<JobFault> => {
    if (ids.length > 2) await pass();
    return "none";
  };
  await begin(4 * MINUTE);
  await reached();
  const one = await subscriber({ delivery: [500, 200] });
  await post(formOf("subscribe", TOPIC, one.callback));
  await begin(0);
  await one.until((received) => received.length === 1);
  await begin(SECOND);
  await change(2);
  await begin(5 * SECOND);
  await one.until((received) => received.filter(isDelivery).length === 1);
  await begin(2 * MINUTE);
  const received = await one.until((all) => all.filter(isDelivery).length === 2);
  expect(received.at(-1)?.body.text).toContain("Change 2");
  open();
  await untilCalm();
});
