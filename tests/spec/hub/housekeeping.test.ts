/** Housekeeping of the hub: once an hour, however often the hub starts anew. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, test } from "vitest";
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
