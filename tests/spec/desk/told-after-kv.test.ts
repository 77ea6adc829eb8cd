/** What the Desk tells the hub, and when: what is taken away before KV has it, all else after. */
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { faults } from "../../support/faulty-kv.ts";
import { hubFaults } from "../../support/faulty-hub.ts";
import { advance, gate, hub, MINUTE, publish, SECOND, subscribe, untilCalm } from "../../support/hub.ts";
import { alarm, desk, pending, put, withdraw } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";
import { makeWebhook } from "../../support/webhooks.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockReturnValue();
});

/** The articles of which the hub is told while KV doesn't have them. */
function toldTooEarly(): string[] {
  const found: string[] = [];
  hubFaults.onEvents = (events) => {
    for (const { record } of events)
      if (!faults.writes.some(({ key }) => key === `article:${record.id}`)) found.push(record.id);
  };
  return found;
}

/** How many events the Desk keeps for the hub. */
function untold(): Promise<number> {
  return runInDurableObject(
    desk(),
    (_desk, { storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM event").one().n,
  );
}

describe("webhooks are told of an article", () => {
  test("after KV has it, however long KV takes nothing, and of others meanwhile", async () => {
    const webhook = await makeWebhook();
    const early = toldTooEarly();
    faults.onWrite = (key) => (key === "article:bridge" ? "fails" : "none");
    await put("bridge", wire({ headline: "Bridge" }));
    await put("tunnel", wire({ headline: "Tunnel" }));
    await advance(5 * MINUTE);
    await put("bridge", wire({ headline: "Bridge", body: "More." }));
    await advance(5 * MINUTE);
    expect([await webhook.gist(), await untold()]).toEqual([["published tunnel 1"], 2]);
    // Nothing wakes the Desk but the next attempt to write to KV.
    expect(((await alarm()) ?? 0) - Date.now()).toBeGreaterThan(2 * SECOND);
    faults.onWrite = () => "none";
    await advance(2 * MINUTE);
    expect([await webhook.gist(), await untold(), early]).toEqual([
      ["published tunnel 1", "published bridge 1", "revised bridge 2"],
      0,
      [],
    ]);
  });

  test("after KV has it, where hundreds are released in one second", async () => {
    const webhook = await makeWebhook();
    const time = new Date(Date.now() + MINUTE).toISOString();
    for (let number = 0; number < 100; number++)
      await put(`story-${number}`, wire({ headline: `Story ${number}`, time }));
    const early = toldTooEarly();
    await advance(5 * MINUTE);
    expect([(await webhook.gist()).length, early]).toEqual([100, []]);
  });

  test("whose revision only waits for its key's pace in KV, at once", async () => {
    const webhook = await makeWebhook();
    await put("bridge", wire({ headline: "Bridge" }));
    await put("bridge", wire({ headline: "Bridge", body: "More." }));
    await untilCalm();
    expect([await pending(), await untold()]).toEqual([expect.any(Number), 0]);
    await advance(0);
    expect(await webhook.gist()).toEqual(["published bridge 1", "revised bridge 2"]);
  });

  test("whose revision KV doesn't take, after it does", async () => {
    const webhook = await makeWebhook();
    await put("bridge", wire({ headline: "Bridge" }));
    await untilCalm();
    vi.setSystemTime(Date.now() + SECOND);
    faults.onWrite = () => "fails";
    await put("bridge", wire({ headline: "Bridge", body: "More." }));
    await untilCalm();
    expect(await untold()).toBe(1);
    faults.onWrite = () => "none";
    await advance(MINUTE);
    expect(await webhook.gist()).toEqual(["published bridge 1", "revised bridge 2"]);
  });

  test("whose revision is long on its way to KV, after it has come, and of others meanwhile", async () => {
    const webhook = await makeWebhook();
    await put("bridge", wire({ headline: "Bridge" }));
    await untilCalm();
    vi.setSystemTime(Date.now() + MINUTE);
    const { pass, reached, open } = gate();
    faults.onWrite = (key) => (key === "article:bridge" ? pass().then(() => "none") : "none");
    const revising = put("bridge", wire({ headline: "Bridge", body: "More." }));
    await reached();
    vi.setSystemTime(Date.now() + 2 * SECOND);
    await put("tunnel", wire({ headline: "Tunnel" }));
    await vi.waitUntil(() => hubFaults.count("notice") === 0, { interval: 0 });
    expect(await untold()).toBe(1);
    open();
    await revising;
    await advance(MINUTE);
    expect(await webhook.gist()).toEqual(["published bridge 1", "published tunnel 1", "revised bridge 2"]);
  });

  test("that is withdrawn while KV takes nothing, without its words", async () => {
    const webhook = await makeWebhook();
    faults.onWrite = () => "fails";
    await put("bridge", wire({ headline: "Bridge", body: "The secret text." }));
    await withdraw("bridge");
    await advance(10 * SECOND);
    expect(await webhook.gist()).toEqual(["published bridge 2", "withdrawn bridge 2"]);
    expect((await webhook.posts()).filter(({ body }) => body.text.includes("secret text"))).toEqual([]);
  });
});

test("the hub is told of a recall while the withdrawal is still on its way to KV", async () => {
  await publish("First");
  await publish("A slander");
  await advance(5 * SECOND);
  await subscribe("/rss.xml");
  const { pass, reached, open } = gate();
  faults.onWrite = () => pass().then(() => "none");
  hubFaults.isDeskDown = () => true;
  const withdrawing = withdraw("a-slander");
  await reached();
  await vi.waitUntil(() => hubFaults.count("notice") === 0, { interval: 0 });
  const told = await runInDurableObject(hub(), (_hub, { storage }) =>
    storage.sql.exec("SELECT recalled FROM topic").toArray(),
  );
  open();
  await withdrawing;
  expect(told).toEqual([{ recalled: 1 }]);
});
