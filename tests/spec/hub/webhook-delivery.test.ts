/** Deliveries to webhooks: their order, what fails and comes back, pauses, secrets that change, and events that are sent again. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { audit } from "../../support/audit.ts";
import { act, at, edit, put, sweep, withdraw } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";
import { send } from "../../support/tokens.ts";
import {
  beginDelivery,
  deliverAll,
  deliverUntil,
  listWebhooks,
  logOf,
  makeWebhook,
  type TestWebhook,
  verify,
} from "../../support/webhooks.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const revise = (id: string, body: string): Promise<Response> => put(id, wire({ headline: id, body }));
const resume = (id: string): Promise<Response> => edit("POST", `/api/webhooks/${id}/resume`);
const redeliver = async (id: string, of: object): Promise<unknown> =>
  (await send("POST", `/api/webhooks/${id}/redeliver`, of)).json();

/** The gist without what was sent more than once. */
async function distinct({ gist }: TestWebhook): Promise<string[]> {
  return [...new Set(await gist())];
}

beforeEach(() => at(NOON));

describe("the events of an article", () => {
  test("wait for the one before that fails, and come in their order", async () => {
    const webhook = await makeWebhook({}, { delivery: [500, 204] });
    await revise("bridge", "One.");
    await revise("bridge", "Two.");
    await revise("bridge", "Three.");
    await deliverAll();
    expect(await webhook.gist()).toEqual(["published bridge 1"]);
    await deliverUntil(NOON + 2 * MINUTE);
    expect(await webhook.gist()).toEqual([
      "published bridge 1",
      "published bridge 1",
      "revised bridge 2",
      "revised bridge 3",
    ]);
  });

  test("don't wait for those of another article", async () => {
    const webhook = await makeWebhook({}, { delivery: [500, 204] });
    await revise("bridge", "One.");
    await deliverAll();
    await revise("tunnel", "One.");
    await revise("tunnel", "Two.");
    await deliverAll();
    expect(await webhook.gist()).toEqual(["published bridge 1", "published tunnel 1", "revised tunnel 2"]);
  });

  test("don't wait for another webhook", async () => {
    const failing = await makeWebhook({ name: "Failing" }, { delivery: 500 });
    const well = await makeWebhook({ name: "Well" });
    await revise("bridge", "One.");
    await revise("bridge", "Two.");
    await deliverAll();
    expect([await failing.gist(), await well.gist()]).toEqual([
      ["published bridge 1"],
      ["published bridge 1", "revised bridge 2"],
    ]);
  });

  test("keep their order through any failures, and each comes through", async () => {
    const answers = [500, 204, 429, 204, 204, 503, 410, 204, 302, 204] as const;
    const webhook = await makeWebhook({}, { delivery: [...answers] });
    for (const body of ["One.", "Two.", "Three.", "Four."])
      for (const id of ["bridge", "tunnel", "quay"]) await revise(id, body);
    await deliverUntil(NOON + 6 * HOUR);
    const lines = await distinct(webhook);
    for (const id of ["bridge", "tunnel", "quay"]) {
      expect(lines.filter((line) => line.includes(id))).toEqual([
        `published ${id} 1`,
        ...[2, 3, 4].map((revision) => `revised ${id} ${revision}`),
      ]);
    }
    expect(await listWebhooks()).toMatchObject([{ waiting: 0, lane: "healthy" }]);
  });
});

describe("a delivery that fails", () => {
  test("is tried again after 1, 2, 6 and 24 minutes and up to 0.6 times more, with the same id, signed anew", async () => {
    const { id, secret, posts } = await makeWebhook({}, { delivery: 500 });
    await revise("bridge", "One.");
    await deliverUntil(NOON + HOUR);
    const all = await posts();
    const times = all.map(({ headers }) => Number(new Headers(headers).get("webhook-timestamp")) * 1000);
    const minutes = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / MINUTE);
    for (const [index, pause] of [1, 2, 6, 24].entries()) {
      expect(minutes[index]).toBeGreaterThan(pause - 0.1);
      expect(minutes[index]).toBeLessThan(pause * 1.6 + 0.1);
    }
    for (const [index, post] of all.entries()) {
      at(times[index] ?? 0);
      expect(verify(secret, post)).toMatchObject({ type: "article.published" });
    }
    const ids = all.map(({ headers }) => new Headers(headers).get("webhook-id"));
    expect(new Set(ids).size).toBe(1);
    expect((await logOf(id)).toReversed()).toMatchObject(
      all.map((_, index) => ({ attempt: index + 1, status: 500, result: "failed" })),
    );
  });

  test("waits for as long as Retry-After says", async () => {
    const answer = { answer: 429, headers: { "Retry-After": "1800" } };
    const webhook = await makeWebhook({}, { delivery: [answer, 204] });
    await revise("bridge", "One.");
    await deliverUntil(NOON + 30 * MINUTE - 1);
    expect(await webhook.gist()).toHaveLength(1);
    await deliverUntil(NOON + 30 * MINUTE);
    expect(await webhook.gist()).toHaveLength(2);
  });

  test("keeps the pause that Retry-After asks for, though another delivery comes through", async () => {
    const answer = { answer: 429, headers: { "Retry-After": "3600" } };
    const webhook = await makeWebhook({}, { delivery: [answer, answer, 204] });
    await revise("bridge", "One.");
    await revise("tunnel", "One.");
    await deliverAll();
    await deliverUntil(NOON + 2 * MINUTE);
    await revise("ferry", "One.");
    await deliverUntil(NOON + 59 * MINUTE);
    expect(await webhook.gist()).toEqual(["published bridge 1", "published tunnel 1", "published ferry 1"]);
    await deliverUntil(NOON + 61 * MINUTE);
    expect(await webhook.gist()).toHaveLength(5);
  });

  test("moves the webhook into the slow lane after two in a row, and one success moves it back", async () => {
    const webhook = await makeWebhook({}, { delivery: [500, 500, 204] });
    await revise("bridge", "One.");
    await deliverAll();
    const [once] = await listWebhooks();
    await deliverUntil(NOON + 2 * MINUTE);
    const [twice] = await listWebhooks();
    await deliverUntil(NOON + 6 * MINUTE);
    const [well] = await listWebhooks();
    expect([once, twice, well].map((shown) => [shown?.lane, shown?.waiting])).toEqual([
      ["healthy", 1],
      ["slow", 1],
      ["healthy", 0],
    ]);
    expect(well).toMatchObject({ lastSuccess: expect.any(String), lastFailure: expect.any(String) });
    expect(well).not.toHaveProperty("failingSince");
    expect((await logOf(webhook.id)).map(({ result }) => result)).toEqual(["delivered", "failed", "failed"]);
  });

  test("is not lost when the receiver is down for days: all comes as soon as one comes through", async () => {
    const webhook = await makeWebhook({}, { delivery: ["reset", 503] });
    const ids = Array.from({ length: 20 }, (_, index) => `story-${index}`);
    for (const id of ids) await revise(id, "One.");
    await deliverUntil(NOON + DAY);
    for (const id of ids) await revise(id, "Two.");
    await deliverUntil(NOON + 4 * DAY);
    await webhook.behave({ delivery: 204 });
    const before = (await webhook.gist()).length;
    await revise("news", "One.");
    await deliverUntil(NOON + 4 * DAY + 5 * MINUTE);
    const lines = (await webhook.gist()).slice(before);
    expect(lines.toSorted()).toEqual(
      ["news", ...ids]
        .map((id) => `published ${id} 1`)
        .concat(ids.map((id) => `revised ${id} 2`))
        .toSorted(),
    );
    for (const id of ids)
      expect(lines.indexOf(`published ${id} 1`)).toBeLessThan(lines.indexOf(`revised ${id} 2`));
    expect((await logOf(webhook.id)).filter(({ result }) => result === "given-up")).toEqual([]);
  });

  test("asks little of a receiver that is down, however much waits for it", async () => {
    const webhook = await makeWebhook({}, { delivery: 500 });
    for (let index = 0; index < 20; index++) await revise(`story-${index}`, "One.");
    await deliverAll();
    const first = (await webhook.posts()).length;
    for (let minute = 1; minute <= 10; minute++) {
      const before = (await webhook.posts()).length;
      await deliverUntil(NOON + minute * MINUTE);
      expect((await webhook.posts()).length - before).toBeLessThanOrEqual(6);
    }
    expect((await webhook.posts()).length).toBeGreaterThan(first);
  });
});

describe("a webhook that takes nothing for five days", () => {
  test("is paused, which the audit tells, and gets all that was kept for it when it is resumed", async () => {
    const webhook = await makeWebhook({}, { delivery: 410 });
    await revise("bridge", "One.");
    await deliverUntil(NOON + 5 * DAY - 1);
    expect(await listWebhooks()).toMatchObject([{ state: "active", lane: "slow", waiting: 1 }]);
    await deliverUntil(NOON + 5 * DAY + MINUTE);
    expect(await listWebhooks()).toMatchObject([
      { state: "paused", failingSince: "2031-11-24T12:00:00.000Z", waiting: 1 },
    ]);
    const tried = (await webhook.posts()).length;
    await webhook.behave({ delivery: 204 });
    await revise("bridge", "Two.");
    await revise("tunnel", "One.");
    await deliverUntil(NOON + 8 * DAY);
    expect(await webhook.posts()).toHaveLength(tried);
    expect((await resume(webhook.id)).status).toBe(200);
    await deliverAll();
    expect((await webhook.gist()).slice(tried).toSorted()).toEqual([
      "published bridge 1",
      "published tunnel 1",
      "revised bridge 2",
    ]);
    const { entries } = await audit(`?webhook=${webhook.id}`);
    expect(entries.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
      ["EDITOR_TOKEN", "webhook-resumed", "webhook:partner"],
      ["clock", "webhook-paused", "webhook:partner"],
      ["EDITOR_TOKEN", "webhook-made", "webhook:partner"],
    ]);
  });

  test("has five days again after it was resumed", async () => {
    const webhook = await makeWebhook({}, { delivery: 500 });
    await revise("bridge", "One.");
    await deliverUntil(NOON + 6 * DAY);
    await resume(webhook.id);
    await deliverUntil(NOON + 11 * DAY - HOUR);
    expect(await listWebhooks()).toMatchObject([{ state: "active", waiting: 1 }]);
    await deliverUntil(NOON + 11 * DAY + HOUR);
    expect(await listWebhooks()).toMatchObject([{ state: "paused", waiting: 1 }]);
    expect((await logOf(webhook.id)).filter(({ result }) => result === "given-up")).toEqual([]);
  });

  test("is not paused while others come through: what fails for five days is given up, and the article's later events go on", async () => {
    const webhook = await makeWebhook({}, { delivery: 500 });
    await revise("poison", "One.");
    await revise("poison", "Two.");
    await deliverAll();
    for (let day = 1; day <= 6; day++) {
      // The day's story comes through, and nothing else.
      await webhook.behave({ delivery: [204, 500] });
      await revise(`story-${day}`, "One.");
      await deliverUntil(NOON + day * DAY - HOUR);
    }
    await webhook.behave({ delivery: 204 });
    await deliverUntil(NOON + 8 * DAY);
    const log = (await logOf(webhook.id)).filter(({ article }) => article === "poison");
    const results = (type: string): string[] =>
      log.filter((entry) => entry.type === type).map(({ result }) => result);
    const [last, ...earlier] = results("article.published");
    expect([last, new Set(earlier)]).toEqual(["given-up", new Set(["failed"])]);
    expect(results("article.revised")[0]).toBe("delivered");
    expect(await listWebhooks()).toMatchObject([{ state: "active", waiting: 0 }]);
  });
});

describe("a secret that is rotated", () => {
  test("signs too for 24 hours, beside the new one, and then no more", async () => {
    const { id, secret, posts } = await makeWebhook();
    const response = await edit("POST", `/api/webhooks/${id}/rotate`);
    const { secret: fresh } = await response.json<{ secret: string }>();
    at(NOON + DAY - 1);
    await revise("bridge", "One.");
    await deliverAll();
    at(NOON + DAY);
    await revise("bridge", "Two.");
    await deliverAll();
    const [overlap, after] = await posts();
    if (overlap === undefined || after === undefined) throw new Error("Two are sent");
    at(NOON + DAY);
    expect([verify(secret, overlap), verify(fresh, overlap), verify(fresh, after)]).toHaveLength(3);
    expect(() => verify(secret, after)).toThrow("No matching signature");
    expect(new Headers(after.headers).get("webhook-signature")?.split(" ")).toHaveLength(1);
  });

  test("ends at once where two newer ones were replaced already", async () => {
    const { id, secret, posts } = await makeWebhook();
    const secrets = [secret];
    for (let minute = 1; minute <= 4; minute++) {
      at(NOON + minute * MINUTE);
      const response = await edit("POST", `/api/webhooks/${id}/rotate`);
      secrets.push((await response.json<{ secret: string }>()).secret);
    }
    await revise("bridge", "One.");
    await deliverAll();
    const [post] = await posts();
    if (post === undefined) throw new Error("It is sent");
    const isValid = (one: string): boolean => {
      try {
        return verify(one, post) !== undefined;
      } catch {
        return false;
      }
    };
    expect(secrets.map(isValid)).toEqual([false, false, true, true, true]);
    expect(new Headers(post.headers).get("webhook-signature")?.split(" ")).toHaveLength(3);
  });

  test("counts at once for what waits already", async () => {
    const { id, posts } = await makeWebhook({}, { delivery: [500, 204] });
    await revise("bridge", "One.");
    await deliverAll();
    const response = await edit("POST", `/api/webhooks/${id}/rotate`);
    const { secret: fresh } = await response.json<{ secret: string }>();
    await deliverUntil(NOON + 2 * MINUTE);
    const [, retried] = await posts();
    expect(retried && verify(fresh, retried)).toMatchObject({ type: "article.published" });
  });
});

describe("a redelivery", () => {
  test("sends one event again, with the id that it had", async () => {
    const { id, told } = await makeWebhook();
    await revise("bridge", "One.");
    await revise("bridge", "Two.");
    await deliverAll();
    const [first] = await told();
    expect(await redeliver(id, { event: first?.id })).toEqual({ events: 1 });
    await deliverAll();
    const { entries } = await audit(`?webhook=${id}&action=webhook-redelivered`);
    expect(entries).toMatchObject([{ actor: "EDITOR_TOKEN", note: `${first?.id}: 1 event` }]);
    expect(await told()).toEqual([first, expect.anything(), first]);
    expect((await logOf(id)).map(({ attempt, result }) => `${attempt} ${result}`)).toEqual([
      "1 delivered",
      "1 delivered",
      "1 delivered",
    ]);
  });

  test("sends all events since a time again, an article's in their order", async () => {
    const { id, gist } = await makeWebhook();
    await revise("early", "One.");
    at(NOON + HOUR);
    await revise("bridge", "One.");
    await revise("bridge", "Two.");
    await revise("tunnel", "One.");
    await deliverAll();
    expect(await redeliver(id, { since: "2031-11-24T14:00:00+01:00" })).toEqual({ events: 3 });
    await deliverAll();
    const again = (await gist()).slice(4);
    expect(again.toSorted()).toEqual(["published bridge 1", "published tunnel 1", "revised bridge 2"]);
    expect(again.indexOf("published bridge 1")).toBeLessThan(again.indexOf("revised bridge 2"));
  });

  test("comes before what waits of the article, and leaves the others' retries alone", async () => {
    const { id, behave, told, gist } = await makeWebhook();
    await revise("bridge", "One.");
    await revise("tunnel", "One.");
    await deliverAll();
    const first = (await told()).find(({ article }) => article === "bridge");
    await behave({ delivery: 500 });
    await revise("bridge", "Two.");
    await deliverAll();
    await revise("tunnel", "Two.");
    await deliverAll();
    await behave({ delivery: 204 });
    await redeliver(id, { event: first?.id });
    await deliverUntil(NOON + 3 * MINUTE);
    const again = (await gist()).slice(4).filter((line) => line.includes("bridge"));
    expect(again).toEqual(["published bridge 1", "revised bridge 2"]);
  });

  test("of an event that is under way is one more delivery, whatever the first brings", async () => {
    const slow = { answer: 204, delayMilliseconds: 300 };
    const webhook = await makeWebhook({}, { delivery: [slow, 204] });
    await revise("bridge", "One.");
    await beginDelivery(webhook, 1);
    const [first] = await webhook.told();
    await redeliver(webhook.id, { event: first?.id });
    await deliverAll();
    expect(await webhook.gist()).toEqual(["published bridge 1", "published bridge 1"]);
  });

  test("comes before a later event of the article that is under way and fails", async () => {
    const webhook = await makeWebhook();
    await revise("bridge", "One.");
    await deliverAll();
    const [first] = await webhook.told();
    const slow = { answer: 500, delayMilliseconds: 300 };
    const busy = { answer: 429, headers: { "Retry-After": "600" } };
    await webhook.behave({ delivery: [slow, busy, 204] });
    await revise("bridge", "Two.");
    await beginDelivery(webhook, 2);
    await redeliver(webhook.id, { event: first?.id });
    await deliverAll();
    await vi.waitUntil(async () => (await logOf(webhook.id)).some(({ status }) => status === 500), {
      interval: 0,
    });
    await deliverUntil(NOON + HOUR);
    expect((await webhook.gist()).slice(1)).toEqual([
      "revised bridge 2",
      "published bridge 1",
      "published bridge 1",
      "revised bridge 2",
    ]);
  });

  test("has nothing of an article's words that was withdrawn since", async () => {
    const { id, posts } = await makeWebhook();
    await revise("bridge", "The secret text.");
    await deliverAll();
    await withdraw("bridge");
    await deliverAll();
    expect(await redeliver(id, { since: "2031-11-24T00:00:00Z" })).toEqual({ events: 2 });
    await deliverAll();
    const again = (await posts()).slice(2);
    expect(again).toHaveLength(2);
    expect(again.filter(({ body }) => body.text.includes("secret text"))).toEqual([]);
  });

  test("waits while the webhook is paused", async () => {
    const { id, behave, gist } = await makeWebhook();
    await revise("bridge", "One.");
    await deliverAll();
    await behave({ delivery: 500 });
    await revise("tunnel", "One.");
    await deliverUntil(NOON + 6 * DAY);
    await behave({ delivery: 204 });
    const before = (await gist()).length;
    await redeliver(id, { since: "2031-11-24T00:00:00Z" });
    await deliverUntil(NOON + 7 * DAY);
    expect(await gist()).toHaveLength(before);
    await resume(id);
    await deliverAll();
    expect((await gist()).slice(before).toSorted()).toEqual(["published bridge 1", "published tunnel 1"]);
  });
});

describe("after thirty days", () => {
  test("events and the log are gone, and what waits is not sent", async () => {
    const { id, behave, told, posts } = await makeWebhook({}, { delivery: 500 });
    await revise("bridge", "One.");
    await deliverUntil(NOON + 6 * DAY);
    const [event] = await told();
    const before = (await posts()).length;
    await deliverUntil(NOON + 37 * DAY);
    await sweep();
    expect(await logOf(id)).toEqual([]);
    expect(await listWebhooks()).toMatchObject([{ state: "paused", waiting: 0 }]);
    expect(await redeliver(id, { event: event?.id })).toMatchObject({ status: 404 });
    await behave({ delivery: 204 });
    await resume(id);
    await deliverAll();
    expect(await posts()).toHaveLength(before);
  });
});

describe("a webhook that is removed", () => {
  test("gets nothing more, not even what waited for it", async () => {
    const { id, posts } = await makeWebhook({}, { delivery: [500, 204] });
    const other = await makeWebhook({ name: "Other" });
    await revise("bridge", "One.");
    await deliverAll();
    expect((await edit("DELETE", `/api/webhooks/${id}`)).status).toBe(200);
    await act("bridge", "correct", { correction: "No." });
    await deliverUntil(NOON + HOUR);
    expect(await posts()).toHaveLength(1);
    expect((await other.gist()).map((line) => line.split(" ")[0])).toEqual(["published", "corrected"]);
  });
});
