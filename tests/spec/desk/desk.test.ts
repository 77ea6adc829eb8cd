import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { type Fault, faults } from "../../support/faulty-kv.ts";
import { at, desk, edit, get, pending, put, settle, until, withdraw } from "../../support/newsroom.ts";
import { sized } from "../../support/size.ts";
import { prose } from "../../support/stories/prose.ts";
import { publishAll, series } from "../../support/stories/stories.ts";
import { wire } from "../../support/stories/wire.ts";
import { layout } from "../../support/worker.ts";

type JsonFeed = { items: { id: string; title: string; url: string }[] };

async function titles(path: string): Promise<string[]> {
  return (await (await get(path)).json<JsonFeed>()).items.map(({ title }) => title);
}

/** The fault for the first `times` writes of each key, then none. */
function failing(fault: Fault, times: number): (key: string) => Fault {
  const left = new Map<string, number>();
  return (key) => {
    const remaining = left.get(key) ?? times;
    left.set(key, remaining - 1);
    return remaining > 0 ? fault : "none";
  };
}

describe("while KV misbehaves", () => {
  for (const fault of ["fails", "answers-429", "succeeds-but-reports-failure"] as const) {
    test(`an upload is accepted when every write ${fault}, and is visible once that is over`, async () => {
      vi.spyOn(console, "error").mockReturnValue();
      faults.onWrite = failing(fault, 3);
      expect((await put("bridge", wire())).status).toBe(201);
      expect(await pending()).toBe(8);
      await settle();
      for (const path of ["/feed.json", "/sections/politics/feed.json"]) {
        expect(await titles(path)).toEqual(["Harbour bridge reopens"]);
      }
      expect((await get("/articles/bridge")).status).toBe(200);
    });
  }

  test("a write that reported failure but succeeded is repeated with the same bytes and validators", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    faults.onWrite = failing("succeeds-but-reports-failure", 2);
    await put("bridge", wire());
    const first = await env.ARTICLES.getWithMetadata("window:all");
    expect(first.value).not.toBeNull();
    await settle();
    expect(faults.writes.filter(({ key }) => key === "window:all").length).toBeGreaterThan(1);
    expect(await env.ARTICLES.getWithMetadata("window:all")).toEqual(first);
  });

  test("one log line for each failed write names the key and the reason, and no text of the article", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    faults.onWrite = (key) => (key === "window:all" ? "fails" : "none");
    await put("bridge", wire());
    expect(log.mock.calls).toEqual([
      [
        JSON.stringify({
          event: "kv-write-failed",
          key: "window:all",
          attempts: 1,
          reason: "Error: KV PUT failed: 500 Internal Server Error",
        }),
      ],
    ]);
  });

  test("the distance between two attempts grows with each failure", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const attempts: number[] = [];
    faults.onWrite = (key) => {
      if (key === "window:all") attempts.push(Date.now());
      return "fails";
    };
    await put("bridge", wire());
    while (attempts.length < 6) {
      await runDurableObjectAlarm(desk());
      vi.setSystemTime(Date.now() + 500);
    }
    const distances = attempts.slice(1).map((attempt, index) => attempt - (attempts[index] ?? 0));
    expect(distances).toEqual([1000, 2000, 4000, 8000, 16_000]);
  });
});

describe("when the Desk vanishes", () => {
  test("between the commit and the writes, the next Desk brings the article to its readers", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    faults.onWrite = () => "fails";
    await put("bridge", wire());
    await evictDurableObject(desk());
    faults.onWrite = () => "none";
    await settle();
    expect(await titles("/sections/politics/feed.json")).toEqual(["Harbour bridge reopens"]);
  });

  test("in the middle of its writes, no accepted article is lost, and the next Desk continues by itself", async () => {
    // The platform's own alarm has to fire, and it knows only the real clock.
    vi.useRealTimers();
    vi.spyOn(console, "error").mockReturnValue();
    faults.onWrite = (key) => (key === "article:bridge" ? "outlives-the-desk" : "none");
    expect((await put("bridge", wire())).status).toBe(500);
    expect(faults.writes.map(({ key }) => key)).toEqual(["article:bridge"]);
    faults.onWrite = () => "none";
    expect((await edit("GET", "/api/articles/bridge")).status).toBe(200);
    await vi.waitUntil(
      async () => (await (await get("/rss.xml")).text()).includes("Harbour bridge reopens"),
      { timeout: 10_000, interval: 50 },
    );
  });
});

describe("the alarm", () => {
  test("doesn't throw when the ledger can't make a value, and sets itself again", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    faults.onWrite = () => "fails";
    await put("bridge", wire());
    await runInDurableObject(desk(), (_instance, { storage }) => storage.sql.exec("DROP TABLE entry"));
    vi.setSystemTime(Date.now() + 5000);
    expect(await runDurableObjectAlarm(desk())).toBe(true);
    expect(await runInDurableObject(desk(), (_instance, { storage }) => storage.getAlarm())).not.toBeNull();
  });

  test("isn't set while nothing waits", async () => {
    await put("bridge", wire());
    await settle();
    expect(await runDurableObjectAlarm(desk())).toBe(false);
  });
});

describe("under load", () => {
  test("none of hundreds of simultaneous uploads is lost, and each is visible exactly once in each of its feeds", async () => {
    const sections = Array.from({ length: 20 }, (_, index) => `Ward${index}`);
    const articles = Array.from({ length: sized(100, 500) }, (_, index) => ({
      id: `report-${index}`,
      headline: `Report ${index}`,
      section: sections[index % 20] ?? "",
      time: new Date(Date.parse("2026-10-01T00:00:00Z") + index * 1000).toISOString(),
    }));
    const statuses = await Promise.all(
      articles.map(
        async ({ id, headline, section, time }) =>
          (await put(id, wire({ headline, time, sections: section }))).status,
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([201]));
    await settle();
    const newestFirst = articles.toReversed();
    const newest = newestFirst.slice(0, 50).map(({ headline }) => headline);
    await until("/feed.json", (body) => JSON.parse(body).items.length === 50);
    expect(await titles("/feed.json")).toEqual(newest);
    for (const section of sections) {
      const expected = newestFirst
        .filter((article) => article.section === section)
        .map(({ headline }) => headline);
      expect(await titles(`/sections/${section.toLowerCase()}/feed.json`)).toEqual(expected);
    }
  }, 120_000);

  test("no key is written twice within a second, and an import renders each window far fewer times than it has articles", async () => {
    for (let index = 0; index < 40; index++) {
      await put(`report-${index}`, wire({ headline: `Report ${index}` }));
    }
    await settle();
    const times = new Map<string, number[]>();
    for (const write of faults.writes) times.set(write.key, [...(times.get(write.key) ?? []), write.at]);
    for (const written of times.values()) {
      const distances = written.slice(1).map((time, index) => time - (written[index] ?? 0));
      expect(distances.filter((distance) => distance < 1000)).toEqual([]);
    }
    expect(times.get("window:all")?.length).toBeLessThan(10);
  });
});

test("one of two editors who revise the same revision at once gets 412", async () => {
  await put("bridge", wire());
  const both = await Promise.all([
    put("bridge", wire({ headline: "Bridge shut" }), { "If-Match": '"1"' }),
    put("bridge", wire({ headline: "Bridge open" }), { "If-Match": '"1"' }),
  ]);
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  const stored = await (await edit("GET", "/api/articles/bridge")).json<{ revision: number }>();
  expect(stored.revision).toBe(2);
});

describe("a window", () => {
  test("has the newest articles, newest first, and no more than its limit", async () => {
    layout.itemsPerFeed = 3;
    for (const day of ["03", "05", "01", "04", "02"]) {
      await put(`day-${day}`, wire({ headline: `Day ${day}`, time: `2026-10-${day}T00:00:00Z` }));
    }
    await settle();
    expect(await titles("/feed.json")).toEqual(["Day 05", "Day 04", "Day 03"]);
  });

  test("keeps its edition when an article too old for it is published or revised", async () => {
    layout.itemsPerFeed = 2;
    for (const day of ["03", "04"])
      await put(`day-${day}`, wire({ headline: `Day ${day}`, time: `2026-10-${day}T00:00:00Z` }));
    await settle();
    const before = (await get("/rss.xml")).headers.get("ETag");
    await put("day-01", wire({ headline: "Day 01", time: "2026-10-01T00:00:00Z" }));
    await put("day-01", wire({ headline: "Day One", time: "2026-10-01T00:00:00Z" }));
    await settle();
    expect((await get("/rss.xml")).headers.get("ETag")).toBe(before);
  });

  test("stays below a megabyte by showing fewer articles", async () => {
    const body = "word ".repeat(38_000);
    for (const day of ["01", "02", "03", "04", "05", "06"]) {
      await put(`day-${day}`, wire({ headline: `Day ${day}`, time: `2026-10-${day}T00:00:00Z`, body }));
    }
    await settle();
    expect(await titles("/feed.json")).toEqual(["Day 06", "Day 05", "Day 04", "Day 03", "Day 02"]);
    expect((await env.ARTICLES.get("window:all"))?.length).toBeLessThan(1_000_000);
  });

  test("has fifty articles of fifteen kilobytes, whose texts are shorter in it", async () => {
    await publishAll(series("s", 50, { content_text: prose(1, 170) }));
    await settle();
    const feed = await (await get("/rss.xml")).text();
    expect(feed.match(/<item>/g)).toHaveLength(50);
    expect(feed.length).toBeGreaterThan(50 * 15_000);
    expect((await env.ARTICLES.get("window:all"))?.length).toBeLessThan(feed.length);
  });

  test("never has the Last-Modified of its predecessor, however fast it follows", async () => {
    const seen = new Set<string | null>();
    for (let index = 0; index < 5; index++) {
      await put("bridge", wire({ headline: `Bridge ${index}` }));
      await settle();
      seen.add((await get("/rss.xml")).headers.get("Last-Modified"));
    }
    expect(seen.size).toBe(5);
  });
});

test("an article that moves to another section leaves the feed of its former section", async () => {
  await put("bridge", wire({ sections: "Politics Events" }));
  await put("bridge", wire({ sections: "Events Culture" }));
  await settle();
  expect(await titles("/sections/politics/feed.json")).toEqual([]);
  expect(await titles("/sections/events/feed.json")).toEqual(["Harbour bridge reopens"]);
  expect(await titles("/sections/culture/feed.json")).toEqual(["Harbour bridge reopens"]);
});

test("a withdrawn article leaves every feed, its page answers 410, and its id is not used again", async () => {
  await put("bridge", wire());
  await withdraw("bridge");
  await settle();
  expect(await titles("/feed.json")).toEqual([]);
  expect(await titles("/sections/politics/feed.json")).toEqual([]);
  expect((await get("/articles/bridge")).status).toBe(410);
  expect((await put("bridge", wire())).status).toBe(410);
});

test("a revision keeps id, guid and time, and changes the fields in which readers' software sees a change", async () => {
  at(Date.parse("2026-11-20T10:00:00Z"));
  const first = await (await put("bridge", wire())).json<{ article: Record<string, unknown> }>();
  vi.setSystemTime(Date.parse("2026-11-20T11:00:00Z"));
  const second = await (await put("bridge", wire({ headline: "Bridge shut again" }))).json<typeof first>();
  expect({ ...second.article, headline: undefined }).toEqual({
    ...first.article,
    headline: undefined,
    revision: 2,
    updated: "2026-11-20T11:00:00.000Z",
    changed: "2026-11-20T11:00:00.000Z",
  });
});

test("no two articles share the instant of their last update, so that no feed has two entries of one", async () => {
  const articles: { updated: string }[] = [];
  for (let index = 0; index < 5; index++) {
    const response = await put(`report-${index}`, wire({ headline: `Report ${index}` }));
    articles.push((await response.json<{ article: { updated: string } }>()).article);
  }
  expect(articles.map(({ updated }) => updated)).toEqual(
    [0, 1, 2, 3, 4].map((millisecond) => `2026-11-04T07:07:06.00${millisecond}Z`),
  );
});

test("a successful withdrawal is answered as one even when no alarm can be set", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  await put("bridge", wire());
  await settle();
  // KV accepts one write a second of a key.
  vi.setSystemTime(Date.now() + 5000);
  await runInDurableObject(desk(), (_instance, { storage }) => {
    vi.spyOn(storage, "setAlarm").mockRejectedValue(new Error("Storage is down"));
  });
  expect((await withdraw("bridge")).status).toBe(200);
  expect((await get("/articles/bridge")).status).toBe(410);
});
