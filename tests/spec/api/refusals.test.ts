/** The list of refusals: counted by minute, bounded, and without a word that a client chose. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { MAX_ROWS } from "../../../src/desk/ledger/refusals.ts";
import { importLines } from "../../support/stories/copies.ts";
import { act, at, desk, edit, put, request, tokenOf, withdraw } from "../../support/newsroom.ts";
import { sized } from "../../support/size.ts";
import { wire } from "../../support/stories/wire.ts";
import { send } from "../../support/tokens.ts";
import { hub } from "../../support/webhooks.ts";
import { backgroundTasks } from "../../support/worker.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const MINUTE = 60_000;
const FOREIGN = "chosen-by-a-client";

type Row = {
  number: number;
  time: string;
  actor: string;
  action: string;
  subject?: string;
  result: string;
  count: number;
};
type Page = { refusals: Row[]; next?: string };

async function page(query = ""): Promise<Page> {
  return (await edit("GET", `/api/audit/refusals${query}`)).json<Page>();
}

/** The rows of the list in short, the oldest first. */
async function summaries(query = ""): Promise<string[]> {
  const { refusals } = await page(query);
  return refusals
    .toReversed()
    .map(({ actor, action, subject = "–", result, count }) =>
      [actor, action, subject, result, count].join(" "),
    );
}

/** Waits until the background work of requests is done. */
async function noted(): Promise<void> {
  await vi.waitUntil(() => backgroundTasks() === 0, { timeout: 5000, interval: 10 });
}

beforeEach(() => at(NOON));

describe("a refusal", () => {
  test("is noted with its reason", async () => {
    const jane = await tokenOf("Jane Roe", ["publish"], ["sport"]);
    await put("bridge", wire());
    await put("bridge", wire({ body: "Closed." }), { "If-Match": '"7"' });
    await put("bridge", wire({ body: "Closed." }), jane);
    await withdraw("bridge", jane);
    await noted();
    await act("bridge", "expire", { expires: "2026-01-01T00:00:00Z" });
    await act("bridge", "revisions/9/restore");
    await act("tunnel", "reinstate");
    await withdraw("bridge");
    await put("bridge", wire());
    await act("bridge", "correct", { correction: "It was open." });
    expect(await summaries()).toEqual([
      "EDITOR_TOKEN publish bridge expectation-failed 1",
      "token:jane-roe publish bridge forbidden 1",
      "token:jane-roe withdraw bridge forbidden 1",
      "EDITOR_TOKEN expire bridge expires-before-published 1",
      "EDITOR_TOKEN restore bridge no-such-revision 1",
      "EDITOR_TOKEN reinstate – not-found 1",
      "EDITOR_TOKEN publish bridge withdrawn 1",
      "EDITOR_TOKEN correct bridge withdrawn 1",
    ]);
  });

  test("of an administrator's action is noted too", async () => {
    const jane = await tokenOf("Jane Roe", ["publish", "withdraw"]);
    await edit("POST", "/api/tokens", JSON.stringify({ name: "Mine", rights: ["admin"] }), jane);
    await edit("DELETE", "/api/tokens/jane-roe", undefined, jane);
    await noted();
    expect(await summaries()).toEqual([
      "token:jane-roe make-token – forbidden 1",
      "token:jane-roe revoke-token token:jane-roe forbidden 1",
    ]);
  });

  // The second of three requests names what there is; the others name nothing.
  test.each([
    ["article", "bridge", "withdraw", "DELETE", "/api/articles/"],
    ["token", "jane-roe", "revoke-token", "DELETE", "/api/tokens/"],
    ["webhook", "partner", "remove-webhook", "DELETE", "/api/webhooks/"],
    ["host", "push.example.org", "unblock-host", "DELETE", "/api/blocked-hosts/"],
    ["host", "push.example.org", "block-host", "PUT", "/api/blocked-hosts/"],
    ["subscription", "7", "end-subscription", "DELETE", "/api/subscriptions/"],
  ])("has its subject, and is found by it: a %s", async (kind, name, action, method, path) => {
    const jane = await tokenOf("Jane Roe", ["publish"]);
    await put("bridge", wire());
    await send("POST", "/api/webhooks", { name: "Partner", url: "https://partner.example.org/" });
    await edit("PUT", "/api/blocked-hosts/push.example.org");
    await runDurableObjectAlarm(hub());
    const spelled = kind === "host" ? name.toUpperCase() : name;
    for (const subject of [`${FOREIGN}.example.org`, spelled, `${FOREIGN}.example.org`]) {
      await edit(method, `${path}${subject}`, undefined, jane);
      await noted();
      at(Date.now() + MINUTE);
    }
    const subject = kind === "article" ? name : `${kind}:${name}`;
    const gist = `token:jane-roe ${action}`;
    expect(await summaries()).toEqual([
      `${gist} – forbidden 1`,
      `${gist} ${subject} forbidden 1`,
      `${gist} – forbidden 1`,
    ]);
    expect(await summaries(`?${kind}=${spelled}`)).toEqual([`${gist} ${subject} forbidden 1`]);
  });

  test.each([
    ["/api/audit", "read-audit"],
    ["/api/audit/refusals", "read-audit"],
    ["/api/tokens", "list-tokens"],
    ["/api/export", "export"],
  ])("to read %s is noted", async (path, action) => {
    const jane = await tokenOf("Jane Roe", ["publish"]);
    expect((await request(path, { headers: jane })).status).toBe(403);
    await noted();
    expect(await summaries()).toEqual([`token:jane-roe ${action} – forbidden 1`]);
  });

  test("of a dry run is noted, and leaves nothing else", async () => {
    const jane = await tokenOf("Jane Roe", ["withdraw"]);
    await put("bridge", wire());
    await put("bridge?dry-run", wire({ body: "Closed." }), jane);
    expect(await summaries()).toEqual(["token:jane-roe publish bridge forbidden 1"]);
  });

  test("of somebody who shows no valid token leaves nothing", async () => {
    await put("bridge", wire(), { Authorization: "Bearer wrong" });
    await put("bridge", wire(), { Authorization: "" });
    await request("/api/audit", { headers: { Authorization: "Bearer wrong" } });
    const jane = await tokenOf("Jane Roe", ["publish"]);
    await edit("DELETE", "/api/tokens/jane-roe");
    expect((await put("bridge", wire(), jane)).status).toBe(401);
    await noted();
    expect(await summaries()).toEqual([]);
  });

  test("that repeats within a minute is counted in one row, and starts another row in the next minute", async () => {
    await put("bridge", wire());
    for (let index = 0; index < 3; index++) await withdraw("bridge", { "If-Match": '"7"' });
    at(NOON + MINUTE);
    await withdraw("bridge", { "If-Match": '"7"' });
    const { refusals } = await page();
    expect(refusals.map(({ time, count }) => [time, count])).toEqual([
      ["2031-11-24T12:01:00.000Z", 1],
      ["2031-11-24T12:00:00.000Z", 3],
    ]);
  });
});

describe("a flood of refusals", () => {
  test("of thousands of import lines makes a few rows, with no word that the client chose", async () => {
    const jane = await tokenOf("Jane Roe", ["withdraw"]);
    const lines = Array.from({ length: sized(400, 3000) }, (_, index) =>
      index % 2 === 0
        ? { id: `${FOREIGN}-${index}`, wire: wire() }
        : {
            id: `urn:${FOREIGN}:${index}`,
            title: FOREIGN,
            sections: ["Politics"],
            content_text: "Text.",
            date_published: "2031-11-24T10:00:00Z",
          },
    );
    await importLines(lines, jane);
    await noted();
    const { refusals } = await page();
    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals.length).toBeLessThan(10);
    const rows = await runInDurableObject(desk(), (_instance, { storage }) =>
      JSON.stringify([
        storage.sql.exec("SELECT * FROM refusal").toArray(),
        storage.sql.exec("SELECT * FROM audit").toArray(),
      ]),
    );
    expect(rows).not.toContain(FOREIGN);
  }, 120_000);

  test("of reads is counted completely, and calls the Desk only a few times", async () => {
    const jane = await tokenOf("Jane Roe", ["publish"]);
    for (let index = 0; index < 100; index++) await request("/api/tokens", { headers: jane });
    await noted();
    expect(await summaries()).toEqual(["token:jane-roe list-tokens – forbidden 100"]);
  });

  test("drops the oldest rows", async () => {
    await runInDurableObject(desk(), (instance, { storage }) => {
      const notes = Array.from({ length: MAX_ROWS + 20 }, (_, index) => ({
        actor: `token:${index}`,
        action: "publish",
        reason: "forbidden" as const,
        count: 1,
      }));
      instance.noteRefusals(notes);
      const [bound] = storage.sql
        .exec<{ rows: number; oldest: string }>(
          "SELECT count(*) AS rows, (SELECT actor FROM refusal ORDER BY number LIMIT 1) AS oldest FROM refusal",
        )
        .toArray();
      expect(bound).toEqual({ rows: MAX_ROWS, oldest: "token:20" });
    });
  });
});

describe("the list of refusals", () => {
  beforeEach(async () => {
    const jane = await tokenOf("Jane Roe", ["publish"], ["sport"]);
    await put("bridge", wire());
    await withdraw("bridge", jane);
    await noted();
    at(NOON + MINUTE);
    await put("bridge", wire({ body: "Closed." }), jane);
    at(NOON + 2 * MINUTE);
    await withdraw("bridge", { "If-Match": '"7"' });
    await edit("DELETE", "/api/tokens/jane-roe", undefined, jane);
    await noted();
  });

  test.each([
    ["article=bridge", ["withdraw", "publish", "withdraw"]],
    ["token=jane-roe", ["revoke-token"]],
    ["actor=token:jane-roe", ["withdraw", "publish", "revoke-token"]],
    ["action=publish", ["publish"]],
    ["result=expectation-failed", ["withdraw"]],
    ["from=2031-11-24T12:02:00Z", ["withdraw", "revoke-token"]],
    ["until=2031-11-24T12:01:00Z", ["withdraw"]],
    ["article=none", []],
  ])("keeps to the filter %s", async (query, expected) => {
    const { refusals } = await page(`?${query}`);
    expect(refusals.toReversed().map(({ action }) => action)).toEqual(expected);
  });

  test("is read a page at a time, the newest first", async () => {
    const first = await page("?limit=3");
    const rest = await page(`?limit=3&cursor=${first.next}`);
    const numbers = [first, rest].map(({ refusals }) => refusals.map(({ number }) => number));
    expect([...numbers, rest.next]).toEqual([[4, 3, 2], [1], undefined]);
  });
});
