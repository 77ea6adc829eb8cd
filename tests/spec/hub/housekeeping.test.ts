/** Housekeeping of the hub: once an hour, however often the hub starts anew, and whatever fails. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, test, vi } from "vitest";
import { TopicsTable } from "../../../src/hub/tables/topics.ts";
import { counted } from "../../support/counted-sql.ts";
import { advance, formOf, HOUR, hub, MINUTE, post, publish, subscribe } from "../../support/hub.ts";

beforeEach(async () => {
  await publish("First");
  await advance(HOUR);
});

/** In how many milliseconds the hub's alarm goes off. */
async function untilAlarm(): Promise<number> {
  const at = await runInDurableObject(hub(), (_instance, { storage }) => storage.getAlarm());
  return (at ?? Infinity) - Date.now();
}

/** How many subscriptions the hub keeps, also of those whose lease has ended. */
function subscriptionRows(): Promise<number> {
  return runInDurableObject(
    hub(),
    (_hub, { storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM subscription").one().n,
  );
}

test("a hub that starts anew does not tidy up before an hour has passed since the last time", async () => {
  await subscribe("/rss.xml");
  await advance(20 * MINUTE);
  expect(await untilAlarm()).toBe(40 * MINUTE);
  await evictDurableObject(hub());
  await post(formOf("unsubscribe", "/rss.xml", "https://reader.example.org/callback"));
  expect(await untilAlarm()).toBe(40 * MINUTE);
  await advance(40 * MINUTE);
  expect(await untilAlarm()).toBe(HOUR);
});

test("housekeeping that fails leaves all as it was, and is tried again after an hour", async () => {
  const log = vi.spyOn(console, "error").mockReturnValue();
  await subscribe("/rss.xml", {}, [["hub.lease_seconds", "3600"]]);
  await runInDurableObject(hub(), (_hub, { storage }) =>
    storage.sql.exec(
      "CREATE TRIGGER broken BEFORE DELETE ON topic BEGIN SELECT RAISE(ABORT, 'The disk is full'); END",
    ),
  );
  await advance(HOUR);
  expect(await untilAlarm()).toBe(HOUR);
  expect(log.mock.calls).toEqual([[expect.stringContaining("hub-duty-failed")]]);
  expect(await subscriptionRows()).toBe(1);
  await runInDurableObject(hub(), (_hub, { storage }) => storage.sql.exec("DROP TRIGGER broken"));
  await advance(HOUR);
  expect(await subscriptionRows()).toBe(0);
});

test("topics are counted once, and the count goes with those that come and go", async () => {
  const seen = await runInDurableObject(hub(), (_hub, { storage }) => {
    const { sql, rowsRead } = counted(storage.sql);
    const topics = new TopicsTable(sql);
    const open = (number: number): unknown =>
      topics.open({ url: `https://news.example/${number}`, feed: "all", feeds: ["all"], contentType: "" });
    for (let number = 0; number < 100; number++) open(number);
    rowsRead();
    const first = [topics.count(), rowsRead()];
    for (let number = 99; number < 110; number++) open(number);
    rowsRead();
    const then = [topics.count(), rowsRead()];
    topics.prune();
    return [first, then, topics.count()];
  });
  expect(seen).toEqual([[100, 100], [110, 0], 0]);
});
