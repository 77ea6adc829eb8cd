/** Fill level of the ledger: reports to editors and to the log, and the writes that a nearly full ledger accepts. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { importLines } from "../../support/stories/copies.ts";
import { expectDescribed } from "../../support/description.ts";
import { faults } from "../../support/faulty-kv.ts";
import {
  act,
  at,
  desk,
  edit,
  get,
  put,
  request,
  settle,
  sweep,
  tokenOf,
  withdraw,
} from "../../support/newsroom.ts";
import { feedTitles } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";
import { storage as setting } from "../../support/worker.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const HOUR = 3_600_000;

type Health = {
  ledger: { version: number; bytes: number; limit: number; percent: number };
  outbox: { waiting: number; since?: string };
  nextDue?: string;
};

async function health(): Promise<Health> {
  return (await edit("GET", "/api/health")).json<Health>();
}

/** Restarts the Desk with a storage limit of which its data take this many per cent. */
async function fillTo(percent: number): Promise<void> {
  const bytes = await runInDurableObject(desk(), (_instance, { storage }) => storage.sql.databaseSize);
  setting.limit = (bytes * 100) / percent;
  await evictDurableObject(desk());
}

beforeEach(() => at(NOON));

describe("the health", () => {
  test("tells how full the ledger is, its version and its limit", async () => {
    await put("bridge", wire());
    await fillTo(40);
    const { ledger } = await health();
    expect(ledger).toEqual({
      version: 7,
      bytes: expect.any(Number),
      limit: setting.limit,
      percent: Math.floor((ledger.bytes * 100) / setting.limit),
    });
    expect(ledger.percent).toBeGreaterThanOrEqual(40);
  });

  test("tells what waits for readers, and what is due next", async () => {
    await put("bridge", wire());
    await settle();
    expect(await health()).toMatchObject({ outbox: { waiting: 0 } });
    await put("fall", wire({ time: "2031-11-24T13:00:00Z", headline: "Fall" }));
    faults.onWrite = () => "fails";
    await put("bridge", wire({ body: "Closed." }));
    const { outbox, nextDue } = await health();
    expect(outbox.waiting).toBeGreaterThan(0);
    expect(outbox.since).toMatch(/^2031-11-24T12:/);
    expect(nextDue).toBe("2031-11-24T13:00:00.000Z");
  });

  test("is for every editor, and for nobody else", async () => {
    const jane = await tokenOf("Jane Roe", ["withdraw"]);
    const answer = await request("/api/health", { headers: jane });
    expect(answer.status).toBe(200);
    await expectDescribed("showHealth", answer);
    expect((await get("/api/health")).status).toBe(401);
    expect((await get("/health")).status).toBe(200);
  });
});

describe("the log", () => {
  test.each([
    [49, undefined],
    [51, 50],
    [79, 50],
    [81, 80],
  ])("has a line at %i per cent for passing %s, once an hour", async (percent, passed) => {
    await put("bridge", wire());
    await settle();
    await fillTo(percent);
    const { calls } = vi.spyOn(console, "error").mockImplementation(() => undefined).mock;
    const warnings = () =>
      calls.flatMap(([line]): { event: string; passed: number }[] => [JSON.parse(String(line))]);
    await sweep();
    await sweep();
    await evictDurableObject(desk());
    await sweep();
    expect(warnings().map((warning) => [warning.event, warning.passed])).toEqual(
      passed === undefined ? [] : [["ledger-fills", passed]],
    );
    at(NOON + 2 * HOUR);
    await sweep();
    expect(warnings()).toHaveLength(passed === undefined ? 0 : 2);
  });
});

describe("a ledger that is nearly full", () => {
  let jane: { Authorization: string };
  let ann: { Authorization: string };

  beforeEach(async () => {
    ann = await tokenOf("Ann Lee", ["publish"], ["events"]);
    jane = await tokenOf("Jane Roe", ["publish"]);
    await put("bridge", wire());
    await put("tunnel", wire({ headline: "Tunnel", body: "A tunnel." }));
    await put("ferry", wire({ headline: "Ferry", body: "A ferry." }));
    await settle();
    await fillTo(96);
  });

  test("still withdraws, expires and revokes", async () => {
    const answers = [
      await withdraw("bridge"),
      await act("tunnel", "expire", { expires: "2031-11-24T12:01:00Z" }),
      await edit("POST", "/api/tokens/jane-roe/rotate"),
      await edit("DELETE", "/api/tokens/jane-roe"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await withdraw("ferry")).status).toBe(200);
    at(NOON + HOUR);
    await settle();
    expect(await feedTitles()).toEqual([]);
    expect((await get("/articles/bridge")).status).toBe(410);
  });

  test("refuses every write that would add to it with one problem, and every dry run of one too", async () => {
    const answers = [
      ["uploadArticle", await put("new", wire({ headline: "New" }), jane)],
      ["uploadArticle", await put("new?dry-run", wire({ headline: "New" }))],
      ["correctArticle", await act("bridge", "correct", { correction: "It was open." })],
      ["makeToken", await edit("POST", "/api/tokens", JSON.stringify({ name: "New", rights: ["publish"] }))],
    ] as const;
    for (const [, answer] of answers) {
      expect([answer.status, await answer.json()]).toMatchObject([
        507,
        { type: expect.stringMatching(/storage-full$/) },
      ]);
    }
    const { answers: lines } = await importLines([{ id: "new", wire: wire() }]);
    expect(lines[0]?.problem?.status).toBe(507);
    expect((await edit("GET", "/api/articles/new")).status).toBe(404);
  });

  test("answers 403 to an editor without the right, and reveals nothing of the space that is left", async () => {
    const { answers } = await importLines([{ id: "new", wire: wire() }], ann);
    const statuses = [
      (await put("new", wire(), ann)).status,
      (await put("new?dry-run", wire(), ann)).status,
      answers[0]?.problem?.status,
    ];
    expect(statuses).toEqual([403, 403, 403]);
  });
});
