/** Calls between Desk and hub that never end: they are given up after a minute, and made again. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { inTime } from "../../../src/in-time.ts";
import { type EndlessCall, hubFaults } from "../../support/faulty-hub.ts";
import { advance, begin, change, publish, SECOND, subscribe } from "../../support/hub.ts";
import { audit } from "../../support/audit.ts";
import { makeWebhook } from "../../support/webhooks.ts";

const MINUTE = 60_000;
const TOPIC = "/rss.xml";
const wait = scheduler.wait.bind(scheduler);

const never = (): Promise<never> => new Promise(() => undefined);

/** Lets calls of a kind hang, and their minute pass at once. @returns ends that */
function hang(which: EndlessCall): () => void {
  let isHanging = true;
  hubFaults.isCallEndless = (call) => isHanging && call === which;
  vi.spyOn(scheduler, "wait").mockImplementation((milliseconds, options) =>
    wait(milliseconds === MINUTE && isHanging ? 0 : milliseconds, options),
  );
  return () => {
    isHanging = false;
  };
}

/** The lines of the log. */
const log: string[] = [];

/** Waits until the log has an event. */
async function logged(event: string): Promise<void> {
  const isThere = (): boolean => log.some((line) => line.includes(`"${event}"`));
  await vi.waitUntil(isThere, { timeout: 10_000, interval: 0 });
}

beforeEach(async () => {
  log.length = 0;
  vi.spyOn(console, "error").mockImplementation((line) => void log.push(String(line)));
  await publish("First");
  await advance(5 * SECOND);
});

describe("a call in time", () => {
  test("has the outcome of the call", async () => {
    await expect(inTime(Promise.resolve("news"), 10_000)).resolves.toBe("news");
    await expect(inTime(Promise.reject(new Error("Down")), 10_000)).rejects.toThrow("Down");
  });

  test("fails where the call never ends", async () => {
    await expect(inTime(never(), 1)).rejects.toThrow("The call took too long");
  });
});

describe("a call that never ends", { timeout: 20_000 }, () => {
  test.each(["changed", "happened"] as const)(
    "of the hub (%s) keeps neither subscribers nor webhooks from their news",
    async (call) => {
      const one = await subscribe(TOPIC);
      const webhook = await makeWebhook();
      await advance(0);
      const end = hang(call);
      await change(1);
      await logged("hub-not-notified");
      end();
      await begin(10 * SECOND);
      await one.until((received) => received.length === 2);
      await vi.waitUntil(async () => (await webhook.posts()).length === 1, { timeout: 10_000, interval: 0 });
      expect(await webhook.gist()).toEqual(["published change-1 1"]);
    },
  );

  test("of the Desk for windows keeps no edition back", async () => {
    const one = await subscribe(TOPIC);
    await change(1);
    await begin(0);
    const end = hang("desk");
    await begin(3 * SECOND);
    await logged("windows-not-read");
    end();
    await begin(15 * SECOND);
    expect((await one.until((received) => received.length === 2)).at(-1)?.body.text).toContain("Change 1");
  });

  test("of the Desk for the audit keeps no entry back", async () => {
    const end = hang("desk");
    await makeWebhook();
    await begin(SECOND);
    await logged("hub-duty-failed");
    end();
    await begin(MINUTE);
    expect((await audit("?webhook=partner")).entries).toHaveLength(1);
  });
});
