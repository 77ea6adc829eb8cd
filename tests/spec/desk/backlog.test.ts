import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import type { WriteRequest } from "../../../src/desk/messages.ts";
import { RIGHTS } from "../../../src/desk/principal.ts";
import { importBody, ndjson } from "../../support/stories/copies.ts";
import { faults } from "../../support/faulty-kv.ts";
import { at, desk, edit, get, pending, put, settle, withdraw } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const SECOND = 1000;
// The most values that a step of the alarm writes before it looks at the clock again.
const STEP = 30;

/** Imports stories while KV takes none of them. */
async function leaveBacklog(count: number): Promise<void> {
  vi.spyOn(console, "error").mockReturnValue();
  faults.onWrite = (key) => (key.startsWith("article:old-") ? "fails" : "none");
  const stories = Array.from({ length: count }, (_, n) => ({
    id: `old-${n}`,
    wire: wire({
      sections: "Archive",
      headline: `Old story ${n}`,
      time: new Date(Date.UTC(2020, 0, 1) + n * SECOND).toISOString(),
    }),
  }));
  await importBody(ndjson(stories));
  faults.onWrite = () => "none";
}

/** The keys that were written since then, in order. */
function writes(): string[] {
  return faults.writes.splice(0).map(({ key }) => key);
}

describe("beside a backlog", { timeout: 20_000 }, () => {
  test("a second change within a second is written first, as soon as the key's pace allows", async () => {
    at(NOON);
    await put("bridge", wire());
    await settle();
    await leaveBacklog(120);
    at(NOON + 60 * SECOND);
    await put("bridge", wire({ headline: "Bridge shut" }));
    await put("bridge", wire({ headline: "Bridge open" }));
    writes();
    at(NOON + 61 * SECOND);
    await runDurableObjectAlarm(desk());
    const written = writes();
    expect(written.slice(0, STEP)).toEqual(
      expect.arrayContaining(["article:bridge", "window:all", "window:section:politics"]),
    );
    expect(written.length).toBeGreaterThan(2 * STEP);
    expect(await (await get("/rss.xml")).text()).toContain("Bridge open");
  });

  test("an embargo that ends while a sweep is under way is released during it, and written before the rest", async () => {
    at(NOON - 60 * SECOND);
    await put(
      "fall",
      wire({ sections: "Harvest", time: "2031-11-24T12:00:00Z", headline: "Ministry falls" }),
    );
    await leaveBacklog(120);
    at(NOON - SECOND);
    faults.onWrite = () => {
      if (faults.writes.length === 50) vi.setSystemTime(NOON);
      return "none";
    };
    writes();
    await runDurableObjectAlarm(desk());
    const written = writes();
    expect(written.slice(0, 50 + STEP)).toEqual(
      expect.arrayContaining(["article:fall", "window:section:harvest"]),
    );
    expect(written.length).toBeGreaterThan(50 + 2 * STEP);
  });

  test("a withdrawal that an import brings is written before the stories that it brings", async () => {
    at(NOON);
    await put("bridge", wire());
    await settle();
    const { guid } = await (await edit("GET", "/api/articles/bridge")).json<{ guid: string }>();
    await leaveBacklog(120);
    await importBody(ndjson([{ uri: guid, pubstatus: "canceled", versioncreated: "2031-11-24T12:00:00Z" }]));
    expect(writes()).toContain("article:bridge");
    at(NOON + 60 * SECOND);
    await runDurableObjectAlarm(desk());
    expect(writes().slice(0, STEP)).toContain("window:section:politics");
  });

  test("the articles of an import are with readers when it ends, before any feed leads to them", async () => {
    at(NOON);
    await importBody(
      ndjson([1, 2, 3].map((n) => ({ id: `new-${n}`, wire: wire({ headline: `New story ${n}` }) }))),
    );
    await vi.waitUntil(() => faults.writes.length === 3);
    expect(writes().toSorted()).toEqual(["article:new-1", "article:new-2", "article:new-3"]);
    expect(await (await get("/rss.xml")).text()).not.toContain("New story");
    await settle();
    expect(await (await get("/rss.xml")).text()).toContain("New story 3");
  });

  test("no feed that an editor changes links to an article of the backlog before the article is there", async () => {
    at(NOON);
    await leaveBacklog(70);
    at(NOON + 60 * SECOND);
    writes();
    await put("bridge", wire());
    const written = writes();
    const feed = written.indexOf("window:all");
    expect(feed).toBeGreaterThan(-1);
    for (let n = 69; n > 20; n--) {
      expect([n, written.slice(0, feed).includes(`article:old-${n}`)]).toEqual([n, true]);
    }
    expect(written).not.toContain("article:old-0");
  });

  test("a withdrawn article leaves the feeds at once, and the rest of the backlog follows", async () => {
    at(NOON);
    await put("bridge", wire());
    await settle();
    await leaveBacklog(120);
    at(NOON + 60 * SECOND);
    writes();
    await withdraw("bridge");
    expect(await (await get("/sections/politics/rss.xml")).text()).not.toContain("Harbour bridge reopens");
    expect(await pending()).toBeGreaterThan(0);
    await settle();
    expect((await get("/articles/old-0")).status).toBe(200);
  });
});

test("embargoes of one second are released together, each feed is written once, and a broken one delays no other", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  at(NOON - 60 * SECOND);
  const stories = Array.from({ length: 60 }, (_, n) => ({
    id: `story-${n}`,
    wire: wire({ headline: `Story ${n}`, time: "2031-11-24T12:00:00Z" }),
  }));
  await importBody(ndjson(stories));
  await settle();
  await runInDurableObject(desk(), (_instance, { storage }) =>
    storage.sql.exec("UPDATE revision SET record = '{}' WHERE article = 'story-0'"),
  );
  at(NOON);
  writes();
  await runDurableObjectAlarm(desk());
  const written = writes();
  const count = (prefix: string): number => written.filter((key) => key.startsWith(prefix)).length;
  expect([count("window:all"), count("window:section:politics")]).toEqual([1, 1]);
  expect([count("article:"), count("article:story-0")]).toEqual([59, 0]);
});

const draft = (n: number) => ({
  sections: [{ id: "politics", title: "Politics" }],
  headline: `Story ${n}`,
  html: `<p>What happened in story ${n}.</p>`,
  text: `What happened in story ${n}.`,
  authors: [],
  tags: [],
  language: "en",
  attachments: [],
  published: NOON + n,
});
const submission = (n: number) => ({
  draft: draft(n),
  id: `story-${n}`,
  isDraft: false,
  isSilent: false,
  authority: "courier.example",
});

test("an editor's change gets its turn between the lines that an import sends to the Desk", async () => {
  const order: WriteRequest = {
    actor: { name: "EDITOR_TOKEN", rights: RIGHTS },
    preconditions: {},
    isDryRun: false,
  };
  const items = Array.from({ length: 100 }, (_, n) => ({
    kind: "upload" as const,
    submission: submission(n),
  }));
  const importing = desk().import(items, order);
  await Promise.all([importing, desk().publish(submission(1000), order)]);
  const subjects = (await desk().audit({}, undefined, 200)).map(({ subject }) => subject).toReversed();
  const turn = subjects.indexOf("story-1000");
  expect(turn).toBeGreaterThan(-1);
  expect(turn).toBeLessThan(90);
});
