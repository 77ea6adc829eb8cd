/** The order of editions that are due together: nobody delays news, or a recall, by topics of their own. */
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, test, vi } from "vitest";
import { hubFaults } from "../../support/faulty-hub.ts";
import {
  advance,
  begin,
  deliveries,
  gate,
  hub,
  publish,
  SECOND,
  subscribe,
  untilCalm,
} from "../../support/hub.ts";
import { subscribeMany } from "../../support/many-subscribers.ts";
import { ORIGIN } from "../../support/site.ts";
import { putStory, story } from "../../support/stories/stories.ts";

// A variant each, with one subscriber.
const LONELY = Array.from(
  { length: 60 },
  (_, index) => `/${index < 30 ? "rss.xml" : "feed.json"}?limit=${(index % 30) + 1}`,
);
const POPULAR = "/sections/politics/atom.xml";
const RECALLED = "/sections/business/rss.xml";

type Row = { id: number; url: string; made: number };

beforeEach(async () => {
  await publish("First");
  await publish("Trade fair", { sections: "Business" });
  await advance(10 * SECOND);
});

/** The topics by their ids. */
async function topics(): Promise<Map<number, Row>> {
  const rows = await runInDurableObject(hub(), (_instance, { storage }) =>
    storage.sql.exec<Row>("SELECT id, url, made FROM topic").toArray(),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The paths of the topics in the order in which their jobs came to couriers. */
async function inOrder(): Promise<string[]> {
  const known = await topics();
  const ids = hubFaults.messages.flatMap((message) => ("topic" in message ? [message.topic] : []));
  return [...new Set(ids)].map((id) => known.get(id)?.url.slice(ORIGIN.length) ?? "");
}

/** Lets time pass without an alarm: all that is noted till then is due at once. */
async function fallDue(): Promise<void> {
  await untilCalm();
  vi.setSystemTime(Date.now() + 5 * SECOND);
  await advance(0);
}

test("of 61 topics that change together the one with the most subscribers comes first", async () => {
  for (const topic of LONELY) await subscribeMany(topic, 1);
  const many = await subscribeMany(POPULAR, 3);
  await publish("Second");
  await fallDue();
  const order = await inOrder();
  expect([order[0], order.length]).toEqual([POPULAR, LONELY.length + 1]);
  for (const one of many) expect(await deliveries(one)).toHaveLength(1);
});

test("61 topics that change together are made in one go, though no courier has reported yet", async () => {
  for (const topic of [...LONELY, POPULAR]) await subscribeMany(topic, 1);
  await publish("Second");
  await untilCalm();
  vi.setSystemTime(Date.now() + 5 * SECOND);
  const { pass, open } = gate();
  hubFaults.onJob = () => pass().then(() => "none");
  const now = Date.now();
  await begin(0);
  expect(new Set([...(await topics()).values()].map(({ made }) => made))).toEqual(new Set([now]));
  open();
  await untilCalm();
});

test("a topic from which an article was taken away comes before all, however few subscribe to it", async () => {
  for (const topic of LONELY) await subscribeMany(topic, 1);
  await subscribeMany(POPULAR, 3);
  const one = await subscribe(RECALLED);
  await hub().changed([{ feed: "section:business", isRecall: true }]);
  await publish("Second", { sections: "Business, Politics" });
  await fallDue();
  expect((await inOrder()).slice(0, 2)).toEqual([RECALLED, POPULAR]);
  expect(await deliveries(one)).toHaveLength(1);
});

test("unions of as many sections as there may be are made, and hold no other topic up", async () => {
  const groups = [10, 20].map((first) =>
    Array.from({ length: 10 }, (_, index) => `Village ${first + index}`),
  );
  for (const [index, sections] of groups.entries()) await putStory(story(`one-${index}`, { sections }));
  await advance(10 * SECOND);
  const unions = groups.map(
    (sections) =>
      `/sections/${sections.map((name) => name.toLowerCase().replace(" ", "-")).join("+")}/rss.xml`,
  );
  const all = [];
  for (const topic of [...unions, POPULAR]) all.push(...(await subscribeMany(topic, 1)));
  for (const [index, sections] of groups.entries()) await putStory(story(`two-${index}`, { sections }));
  await publish("Second");
  await fallDue();
  expect(await Promise.all(all.map(async (one) => (await deliveries(one)).length))).toEqual([1, 1, 1]);
});
