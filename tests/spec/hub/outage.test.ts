/** Outages: requests while a rate limit is down, and the cron trigger while the hub or the Desk is. */
import { createScheduledController, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { askIsolate } from "../../support/ask-isolate.ts";
import { formOf, post, publish, untilCalm, verifications } from "../../support/hub.ts";
import { startFrom } from "../../support/ledgers/earlier-releases.ts";
import { desk } from "../../support/newsroom.ts";
import { readerRows } from "../../support/reading/readers.ts";
import { subscriber } from "../../support/subscribers/control.ts";
import worker, { freshIsolate } from "../../support/worker.ts";

const READER = ["all", "rss", "Feedly", 400, Date.parse("2031-11-24T11:00:00Z"), 700, 600];

/** A binding that throws whatever is asked of it. */
function down<Binding extends object>(binding: Binding): Binding {
  return new Proxy(binding, {
    get: () => () => {
      throw new Error("Down");
    },
  });
}

/** Lets the cron trigger go off. @returns what it leaves in the log */
async function swept(changes: Partial<Env>): Promise<unknown[]> {
  const lines = vi.spyOn(console, "error").mockReturnValue();
  await worker.scheduled(createScheduledController(), { ...env, ...changes });
  await untilCalm();
  return lines.mock.calls.map(([line]) => line);
}

/** The answer to a good request, and the lines that it leaves in the log. */
async function asked(changes: Partial<Env>): Promise<unknown> {
  const lines = vi.spyOn(console, "error").mockReturnValue();
  const form = formOf("subscribe", "/rss.xml", "https://reader.example.org/callback");
  const body = new URLSearchParams(form.map(([name, value]) => [name, value]));
  const init = { method: "POST", body };
  const response = await askIsolate(freshIsolate(), "/hub", init, { ...env, ...changes });
  return {
    status: response.status,
    fields: ["Content-Type", "Retry-After"].map((name) => response.headers.get(name)),
    text: await response.text(),
    log: lines.mock.calls.map(([line]) => line),
  };
}

describe("the hub's endpoint", () => {
  beforeEach(() => publish("First"));

  test.each(["HUB_REQUESTS", "HUB_CALLBACKS"] as const)(
    "a request is taken while the rate limit %s is down, which the log has",
    async (name) => {
      expect(await asked({ [name]: down(env[name]) })).toEqual({
        status: 202,
        fields: [null, null],
        text: "",
        log: [JSON.stringify({ event: "rate-limit-down", reason: "Error: Down" })],
      });
    },
  );
});

describe("the cron trigger", () => {
  test("hands readers of an earlier release over while the hub is down, which the log has", async () => {
    await startFrom(3, (sql) => sql.exec("INSERT INTO reader VALUES (?, ?, ?, ?, ?, ?, ?)", ...READER));
    expect(await swept({ HUB: down(env.HUB) })).toEqual([
      JSON.stringify({ event: "sweep-failed", of: "hub", reason: "Error: Down" }),
    ]);
    const left = await runInDurableObject(desk(), (_instance, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'reader'").toArray(),
    );
    expect([(await readerRows()).length, left]).toEqual([1, []]);
  });

  test("has the hub do what is due while the Desk is down, which the log has", async () => {
    await publish("First");
    const one = await subscriber();
    await post(formOf("subscribe", "/rss.xml", one.callback));
    expect(await swept({ DESK: down(env.DESK) })).toEqual([
      JSON.stringify({ event: "sweep-failed", of: "desk", reason: "Error: Down" }),
      JSON.stringify({ event: "readers-not-handed-over", reason: "Error: Down" }),
    ]);
    expect(await verifications(one)).toHaveLength(1);
  });
});
