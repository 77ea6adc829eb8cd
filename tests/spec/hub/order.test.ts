/** The order of editions that are due together: recalls, then the topics with the most subscribers. */
import { runInDurableObject } from "cloudflare:test";
import { expect, test, vi } from "vitest";
import { createTables } from "../../../src/hub/tables/tables.ts";
import { topicsOf } from "../../../src/public/topics.ts";
import { hubFaults } from "../../support/faulty-hub.ts";
import { advance, DAY, hub, publish, SECOND, untilCalm } from "../../support/hub.ts";
import { withdraw } from "../../support/newsroom.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { subscriber } from "../../support/subscribers/control.ts";

const POPULAR = "/sections/politics/feed.json";
const RECALLED = "/sections/business/rss.xml";
/** Variants, of which each has a subscriber of its own. */
const OTHERS = ["rss", "atom"].flatMap((form) =>
  Array.from({ length: 30 }, (_, index) => `/sections/politics/${form}.xml?limit=${index + 1}`),
);

/** Adds subscriptions of these topics. @returns the paths of the topics by their ids */
async function subscribeTo(paths: readonly string[]): Promise<Map<number, string>> {
  const { callback } = await subscriber();
  const topics = topicsOf(site);
  return runInDurableObject(hub(), (_instance, { storage }) => {
    const tables = createTables(storage.sql);
    const ids = new Map<number, string>();
    for (const [number, path] of paths.entries()) {
      const topic = topics.find(`${ORIGIN}${path}`);
      if (topic === undefined) throw new Error(path);
      const { id } = tables.topics.open(topic);
      ids.set(id, path);
      tables.subscriptions.put({
        topic: id,
        sentTopic: topic.url,
        callback: `${callback}?number=${number}`,
        host: "localhost",
        secret: undefined,
        refetches: false,
        created: Date.now(),
        expires: Date.now() + DAY,
        delivered: 0,
      });
    }
    return ids;
  });
}

test("of many topics those from which an article was taken away come first, then the one with the most subscribers, then the others as they are due", async () => {
  await publish("First");
  await publish("A slander", { sections: "Business" });
  await publish("A bargain", { sections: "Business" });
  await advance(5 * SECOND);
  const paths = await subscribeTo([...OTHERS, POPULAR, POPULAR, POPULAR, RECALLED]);
  await withdraw("a-slander");
  await untilCalm();
  await publish("Second");
  await untilCalm();
  // All are due at the next alarm.
  vi.setSystemTime(Date.now() + 10 * SECOND);
  await advance(5 * SECOND);
  const order = hubFaults.messages.flatMap((message) =>
    "topic" in message ? [paths.get(message.topic)] : [],
  );
  expect(order).toEqual([RECALLED, POPULAR, ...OTHERS]);
});
