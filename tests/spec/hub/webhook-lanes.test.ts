/** The lanes of webhooks: what waits for one keeps no other recipient waiting, and one that is well again isn't overrun. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ArticleEvent } from "../../../src/desk/messages.ts";
import { deliver } from "../../../src/hub/delivery/deliver.ts";
import type { Message } from "../../../src/hub/messages.ts";
import { hubFaults, type JobFault } from "../../support/faulty-hub.ts";
import {
  advance,
  begin,
  change,
  deliveries,
  gate,
  HOUR,
  hub,
  MINUTE,
  newestChanges,
  publish,
  SECOND,
  subscribe,
  untilCalm,
} from "../../support/hub.ts";
import { anArticle } from "../../support/stories/article.ts";
import { listWebhooks, makeWebhook, type TestWebhook } from "../../support/webhooks.ts";

const TOPIC = "/rss.xml";
// Two failures in a row move a recipient into the slow lane; the third attempt comes two minutes later.
const FAILS_TWICE = [500, 500, 204] as const;

beforeEach(async () => {
  // Those who failed together come back together.
  vi.spyOn(Math, "random").mockReturnValue(0);
  await publish("First");
  await advance(5 * SECOND);
});

/** Events of many articles about sport: each is published and then revised. */
function happenings(articles: number): ArticleEvent[] {
  const instant = Date.now();
  const kinds = [
    ["published", 1],
    ["revised", 2],
  ] as const;
  return kinds.flatMap(([kind, revision]) =>
    Array.from({ length: articles }, (_, number) => ({
      id: `happening-${revision}-${number}`,
      instant,
      kind,
      sections: ["sport"],
      record: anArticle({ id: `match-${number}`, revision }),
    })),
  );
}

/** Whether a message is one to a webhook. */
function isTo(message: Message, { id }: Pick<TestWebhook, "id">): boolean {
  return "webhook" in message && message.webhook === id;
}

/** Waits for a condition. No clock moves meanwhile. */
function until(isReached: () => boolean | Promise<boolean>): Promise<boolean> {
  return vi.waitUntil(isReached, { timeout: 10_000, interval: 0 });
}

describe("webhooks that never answer, for which hundreds of events wait", () => {
  test("keep neither a slow subscriber nor another slow webhook from its delivery", async () => {
    const reader = await subscribe(TOPIC, { delivery: [...FAILS_TWICE] });
    const silent = await makeWebhook({ name: "Silent" }, { delivery: 500 });
    const partner = await makeWebhook(
      { name: "Partner", sections: ["politics"] },
      { delivery: [...FAILS_TWICE] },
    );
    await change(1);
    await advance(90 * SECOND);
    expect((await listWebhooks()).map(({ lane }) => lane)).toEqual(["slow", "slow"]);
    const { pass, reached, open } = gate();
    hubFaults.onJob = async (message): Promise<JobFault> => {
      if (!isTo(message, silent)) return "none";
      await pass();
      return "lost";
    };
    await hub().happened(happenings(150));
    await begin(10 * MINUTE);
    await reached();
    await until(async () => (await deliveries(reader)).length === 3 && (await partner.posts()).length === 3);
    expect(await newestChanges(reader)).toEqual([1, 1, 1]);
    hubFaults.onJob = () => "none";
    open();
    await untilCalm();
  });

  test("have one job each in the slow lane's line, however long it is full", async () => {
    const all = await Promise.all(
      [1, 2, 3, 4].map((number) => makeWebhook({ name: `Webhook ${number}` }, { delivery: 500 })),
    );
    await change(1);
    await advance(90 * SECOND);
    const { pass, reached, open } = gate();
    hubFaults.messages.length = 0;
    hubFaults.onJob = () => pass().then(() => "none");
    await begin(5 * HOUR);
    await reached();
    hubFaults.onJob = () => "none";
    open();
    await untilCalm();
    for (const webhook of all) {
      const count = hubFaults.messages.filter((message) => isTo(message, webhook)).length;
      expect(count).toBeLessThanOrEqual(2);
    }
  });
});

test("a webhook that is well again gets all that waits, thirty under way at a time, in order for each article", async () => {
  const webhook = await makeWebhook({}, { delivery: 500 });
  await hub().happened(happenings(100));
  await advance(90 * SECOND);
  expect(await listWebhooks()).toMatchObject([{ lane: "slow", waiting: 200 }]);
  await webhook.behave({ delivery: 204 });
  const before = (await webhook.posts()).length;
  const { pass, open } = gate();
  const held: Message[] = [];
  let isFirst = true;
  hubFaults.onJob = async (message): Promise<JobFault> => {
    const isProbe = isFirst;
    isFirst = false;
    if (!isProbe) {
      held.push(message);
      await pass();
    }
    return "none";
  };
  await begin(MINUTE);
  await until(async () => {
    await begin(0);
    return held.length > 0 && hubFaults.count("job") === held.length;
  });
  await begin(10 * SECOND);
  expect(held.flatMap(({ ids }) => ids)).toHaveLength(30);
  open();
  await advance(10 * SECOND);
  expect(await listWebhooks()).toMatchObject([{ lane: "healthy", waiting: 0 }]);
  const lines = (await webhook.gist()).slice(before);
  expect(lines).toHaveLength(200);
  for (let number = 0; number < 100; number++) {
    expect(lines.filter((line) => line.includes(` match-${number} `))).toEqual([
      `published match-${number} 1`,
      `revised match-${number} 2`,
    ]);
  }
});

test("a message to a webhook that comes again after its delivery failed sends nothing before the next attempt", async () => {
  const webhook = await makeWebhook({}, { delivery: [500, 204] });
  await hub().happened(happenings(1).slice(0, 1));
  await advance(SECOND);
  for (const message of hubFaults.messages) await deliver(message, hub());
  expect(await webhook.posts()).toHaveLength(1);
  await advance(2 * MINUTE);
  expect(await webhook.posts()).toHaveLength(2);
});

test("what is under way to a webhook begins no second time when another delivery comes through", async () => {
  const webhook = await makeWebhook({}, { delivery: 500 });
  const all = happenings(3).slice(0, 3);
  await hub().happened(all.slice(0, 2));
  await advance(90 * SECOND);
  await webhook.behave({ delivery: 204 });
  hubFaults.messages.length = 0;
  const { pass, reached, open } = gate();
  hubFaults.onJob = () => pass().then(() => "none");
  await begin(2 * MINUTE);
  await reached();
  hubFaults.onJob = () => "none";
  await hub().happened(all.slice(2));
  await begin(MINUTE);
  await until(async () => (await listWebhooks()).every(({ lane }) => lane === "healthy"));
  await begin(SECOND);
  const begun = hubFaults.messages.flatMap(({ ids }) => ids);
  open();
  await untilCalm();
  expect([begun, await listWebhooks()]).toEqual([[1, 2, 3], [expect.objectContaining({ waiting: 0 })]]);
});
