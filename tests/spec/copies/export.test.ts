import { beforeEach, describe, expect, test, vi } from "vitest";
import { clear } from "../../support/clear.ts";
import { exported, importBody, importLines } from "../../support/stories/copies.ts";
import { at, edit, get, post, put, settle, withdraw } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

type Line = {
  revision?: { digest: string | null; past: boolean; article: Record<string, unknown> };
  feed?: { id: string; shows: string[]; withdrawn: string[] };
  end?: { articles: number; lines: number };
};

const NOON = Date.parse("2031-11-25T12:00:00Z");

beforeEach(() => {
  at(NOON);
});

async function copied(): Promise<Line[]> {
  return (await exported())
    .trimEnd()
    .split("\n")
    .map((line): Line => JSON.parse(line));
}

/** A fresh installation: no ledger, no KV, no isolate cache. */
async function startAnew(): Promise<void> {
  await clear();
  startAnotherIsolate();
}

/** Status, date and body of each document that readers ask for. */
function see(paths: readonly string[]): Promise<unknown[][]> {
  return Promise.all(
    paths.map(async (path) => {
      const response = await get(path);
      return [response.status, response.headers.get("Last-Modified"), await response.text()];
    }),
  );
}

/** Moves everything to a fresh installation. @returns the copy, and the readers' documents before and after */
async function moved(paths: readonly string[]) {
  await settle();
  const copy = await exported();
  const before = await see(paths);
  await startAnew();
  await importBody(copy);
  await settle();
  return { copy, before, after: await see(paths) };
}

describe("an export", () => {
  test("holds every revision of every article in order, then every feed, then its end", async () => {
    await put("bridge", wire());
    await put("ash", wire({ sections: "Sport", headline: "Ash", time: "2026-11-03T00:00:00Z" }));
    await put("bridge", wire({ body: "Again." }));
    await put("embargo", wire({ headline: "Later", time: "2099-01-01T00:00:00Z" }));
    await withdraw("ash");
    await settle();
    const lines = await copied();
    const gist = lines.map(({ revision, feed, end }) => {
      if (revision !== undefined)
        return [revision.article["id"], revision.article["revision"], revision.past];
      return feed === undefined ? end : [feed.id, feed.shows, feed.withdrawn.length];
    });
    expect(gist).toEqual([
      ["ash", 1, true],
      ["ash", 2, false],
      ["bridge", 1, true],
      ["bridge", 2, false],
      ["embargo", 1, false],
      ["all", ["bridge 2"], 1],
      ["section:politics", ["bridge 2"], 0],
      ["section:sport", [], 1],
      { articles: 3, lines: 8 },
    ]);
  });

  test("of an empty newsroom is only its end", async () => {
    expect(await copied()).toEqual([{ end: { articles: 0, lines: 0 } }]);
  });

  test("comes as a file of NDJSON that no cache stores", async () => {
    const response = await edit("GET", "/api/export");
    await response.arrayBuffer();
    expect([
      response.headers.get("Content-Type"),
      response.headers.get("Content-Disposition"),
      response.headers.get("Cache-Control"),
    ]).toEqual([
      "application/x-ndjson; charset=utf-8",
      'attachment; filename="dateline.ndjson"',
      "private, no-store, no-transform",
    ]);
  });

  test("of several megabytes loses nothing, and comes back whole", async () => {
    const filler = "The ferry was late again. ".repeat(7000);
    const ids = Array.from({ length: 14 }, (_, index) => `story-${index}`);
    for (const id of ids) {
      await put(id, wire({ headline: id, body: `${id} ${filler}` }));
      await put(id, wire({ headline: id, body: `${id} ${filler} Again.` }));
    }
    await settle();
    const copy = await exported();
    expect(copy.length).toBeGreaterThan(5_000_000);
    await startAnew();
    const { summary } = await importBody(copy);
    await settle();
    expect(summary).toMatchObject({ refused: 0, imported: 2 * ids.length + 2 });
    expect((await exported()) === copy).toBe(true);
  }, 120_000);
});

test("an export of the longest article, full of characters that JSON and HTML escape, comes back", async () => {
  // These four characters take seventeen bytes in the record.
  expect((await put("quotes", wire({ body: '"<""'.repeat(23_000) }))).status).toBe(201);
  const copy = await exported();
  await startAnew();
  expect(await importBody(copy)).toMatchObject({ summary: { refused: 0 } });
  expect((await exported()) === copy).toBe(true);
}, 120_000);

describe("a copy in a fresh installation", () => {
  test("keeps `updated` of articles that share a second, in any order of their creation", async () => {
    await put("birch", wire({ headline: "Birch", time: "2031-11-25T08:00:00Z" }));
    await put("ash", wire({ headline: "Ash", time: "2031-11-25T08:00:00Z" }));
    await put("alder", wire({ headline: "Alder", time: "2031-11-25T08:00:00.700Z" }));
    const { before, after } = await moved(["/atom.xml", "/feed.json"]);
    expect(after).toEqual(before);
  });

  test("keeps `updated` of a past revision that another article has now", async () => {
    await put("birch", wire({ headline: "Birch" }));
    await put("birch", wire({ headline: "Birch falls" }));
    await put("ash", wire({ headline: "Ash" }));
    const { copy } = await moved([]);
    expect(await exported()).toBe(copy);
  });

  test("keeps the feed of a section whose only article has expired", async () => {
    await put("fair", wire({ sections: "Harvest", headline: "Fair" }));
    await edit("POST", "/api/articles/fair/expire", '{"expires":"2031-11-25T12:01:00Z"}');
    await settle();
    vi.setSystemTime(NOON + 120_000);
    // Only the last revision is left of the article's public time.
    await settle();
    const paths = ["/sections/harvest/atom.xml", "/rss.xml", "/", "/articles/fair"];
    const { before, after } = await moved(paths);
    expect(after).toEqual(before);
    expect(after.map(([status]) => status)).toEqual([200, 200, 200, 200]);
  });

  test("keeps the feed of a section in which nothing was published before its first article expired", async () => {
    const expiring = {
      id: "fair",
      title: "Fair",
      sections: ["Harvest"],
      date_published: "2031-11-25T11:00:00Z",
      expires: "2031-11-25T12:01:00Z",
      content_text: "Fair.",
    };
    await importLines([expiring]);
    await settle();
    vi.setSystemTime(NOON + 120_000);
    await edit("GET", "/api/articles");
    await settle();
    const { before, after } = await moved(["/sections/harvest/atom.xml", "/", "/atom.xml"]);
    expect(after).toEqual(before);
    expect(after.map(([status]) => status)).toEqual([200, 200, 200]);
  });

  test("keeps the title under which a section was last named", async () => {
    await put("birch", wire({ sections: "HARVEST", headline: "Birch" }));
    await put("ash", wire({ sections: "Harvest", headline: "Ash" }));
    const { before, after } = await moved(["/"]);
    expect(before[0]?.[2]).toContain(">Harvest<");
    expect(after).toEqual(before);
  });

  test("keeps that title when the revisions were written long before the feeds", async () => {
    await put("birch", wire({ sections: "HARVEST", headline: "Birch" }));
    await put("ash", wire({ sections: "Harvest", headline: "Ash" }));
    await settle();
    const lines = (await exported()).split("\n");
    const titles = (await (await get("/")).text()).match(/harvest/gi);
    await startAnew();
    await importBody(lines.filter((line) => line.startsWith('{"revision"')).join("\n"));
    await settle();
    await importBody(lines.filter((line) => !line.startsWith('{"revision"')).join("\n"));
    await settle();
    startAnotherIsolate();
    expect((await (await get("/")).text()).match(/harvest/gi)).toEqual(titles);
  });

  test("recognises the documents that its articles came from: the same again changes nothing", async () => {
    await post(wire());
    await moved([]);
    const again = await (await post(wire())).json();
    expect(again).toMatchObject({ change: "unchanged", article: { revision: 1 } });
  });

  test("continues the newsroom: an article is revised, withdrawn and restored", async () => {
    await put("bridge", wire());
    await put("bridge", wire({ body: "Again." }));
    await moved([]);
    const revised = await put("bridge", wire({ body: "A third time." }), { "If-Match": '"2"' });
    const restored = await edit("POST", "/api/articles/bridge/revisions/1/restore");
    const gone = await withdraw("bridge");
    await settle();
    expect([revised, restored, gone].map((response) => response.headers.get("ETag"))).toEqual([
      '"3"',
      '"4"',
      '"5"',
    ]);
    expect((await get("/articles/bridge")).status).toBe(410);
  });

  test("releases an article under embargo when its time comes", async () => {
    await put("later", wire({ headline: "Later", time: "2031-11-25T13:00:00Z" }));
    const { after } = await moved(["/articles/later"]);
    vi.setSystemTime(Date.parse("2031-11-25T13:00:00Z"));
    await settle();
    expect([after[0]?.[0], (await get("/articles/later")).status]).toEqual([404, 200]);
  });
});
