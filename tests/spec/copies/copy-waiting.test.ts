/** Past revisions of a copy, which wait for the last one of their article. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import { anArticle } from "../../support/stories/article.ts";
import { importLines, ndjson, textOf } from "../../support/stories/copies.ts";
import { at, desk, edit, get, listed, put, settle, sweep } from "../../support/newsroom.ts";
import { feedItems, tombstones } from "../../support/reading/public.ts";
import { ask } from "../../support/team.ts";
import { by } from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const DAY = 24 * 60 * 60 * 1000;
const DIFFERS = "https://news.example/problems/revision-conflict";
const TAKEN = "https://news.example/problems/guid-taken";

/** A line of a copy with the harbour bridge; an undefined `past` is left out. */
function line(past: boolean | undefined, changes: Partial<Article> = {}): object {
  return { revision: { digest: null, past, article: anArticle(changes) } };
}

/** A line of a copy whose last revision withdraws the harbour bridge. */
function gone(revision: number): object {
  return line(false, { revision, status: "withdrawn", changed: NOON - 1000, updated: NOON - 5000 });
}

/** The outcome of each line: its change, or the type of its problem. */
async function outcomesOf(lines: readonly unknown[]): Promise<unknown[]> {
  const { answers } = await importLines(lines);
  return answers.map(({ change, problem }) => change ?? problem?.type);
}

/** The number of revisions that wait. */
function waiting(): Promise<number> {
  return runInDurableObject(
    desk(),
    (_instance, { storage }) =>
      storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM copied_revision").one().n,
  );
}

async function statusOf(id: string): Promise<number> {
  await settle();
  return (await get(`/articles/${id}`)).status;
}

beforeEach(() => {
  at(NOON);
});

describe("a past revision", () => {
  test("is reported as imported, and makes no article", async () => {
    const { answers } = await importLines([line(true)]);
    expect(answers).toEqual([{ line: 1, change: "imported", id: "harbour-bridge", revision: 1 }]);
    expect([await statusOf("harbour-bridge"), await listed(), await waiting()]).toEqual([404, [], 1]);
    expect((await edit("GET", "/api/articles/harbour-bridge/revisions/1")).status).toBe(404);
  });

  test("enters together with the last one, and the audit has one entry for all", async () => {
    expect(await outcomesOf([line(true), line(true, { revision: 2 }), line(false, { revision: 3 })])).toEqual(
      ["imported", "imported", "imported"],
    );
    const { entries } = await (
      await edit("GET", "/api/audit?article=harbour-bridge")
    ).json<{ entries: { action: string; toRevision: number; note: string }[] }>();
    expect(entries.map(({ action, toRevision, note }) => [action, toRevision, note])).toEqual([
      ["imported", 3, "3 revisions"],
    ]);
    expect([await statusOf("harbour-bridge"), await waiting()]).toEqual([200, 0]);
    expect((await edit("GET", "/api/articles/harbour-bridge/revisions/1")).status).toBe(200);
  });

  test("that comes again changes nothing, and a different one in its place is refused", async () => {
    await importLines([line(true)]);
    expect(await outcomesOf([line(true), line(true, { html: "<p>Other.</p>" })])).toEqual([
      "unchanged",
      DIFFERS,
    ]);
  });

  test("becomes the last one when an earlier copy says so", async () => {
    await importLines([line(true), line(true, { revision: 2 })]);
    expect(await outcomesOf([line(false)])).toEqual(["imported"]);
    expect([await statusOf("harbour-bridge"), await waiting()]).toEqual([200, 0]);
    expect(await outcomesOf([line(true), line(true, { revision: 2 }), line(false, { revision: 3 })])).toEqual(
      ["unchanged", "imported", "imported"],
    );
  });

  test("gives way to an upload under its id, and the rest of the copy is refused", async () => {
    await importLines([line(true)]);
    expect((await put("harbour-bridge", wire())).status).toBe(201);
    expect(await outcomesOf([line(true), line(false, { revision: 2 })])).toEqual([DIFFERS, TAKEN]);
    expect([await statusOf("harbour-bridge"), await waiting()]).toEqual([200, 0]);
  });

  test("doesn't reserve its guid, and is refused if another article has it when the last revision comes", async () => {
    await importLines([line(true), line(true, { id: "other" })]);
    expect(
      await outcomesOf([line(false, { id: "other", revision: 2 }), line(false, { revision: 2 })]),
    ).toEqual(["imported", TAKEN]);
    expect(await listed()).toEqual(["other"]);
  });

  test("waits a day for the rest, and is deleted by a sweep after that", async () => {
    await importLines([line(true)]);
    vi.setSystemTime(NOON + DAY - 1000);
    await importLines([line(true)]);
    vi.setSystemTime(NOON + 2 * DAY - 2000);
    expect(await outcomesOf([line(true, { revision: 2 })])).toEqual(["imported"]);
    vi.setSystemTime(NOON + 4 * DAY);
    await sweep();
    expect([await waiting(), await outcomesOf([line(false, { revision: 3 })])]).toEqual([0, [DIFFERS]]);
  });
});

describe("a copied article that is withdrawn", () => {
  test("after readers could see it answers 410, and the last feeds that showed it announce that", async () => {
    const sport = [{ id: "sport", title: "Sport" }];
    await importLines([line(true), line(true, { revision: 2, sections: sport }), gone(3)]);
    expect(await statusOf("harbour-bridge")).toBe(410);
    const announced = await Promise.all(
      ["", "/sections/sport", "/sections/politics"].map(async (home) =>
        (await get(`${home}/atom.xml`)).status === 200 ? (await tombstones(home)).length : 0,
      ),
    );
    expect(announced).toEqual([1, 1, 0]);
    expect((await feedItems()).json).toEqual([]);
  });

  test("before any reader could see it leaves no trace", async () => {
    await importLines([line(true, { status: "draft" }), gone(2)]);
    expect([await statusOf("harbour-bridge"), await tombstones()]).toEqual([404, []]);
  });

  test("after it had left the feeds is not announced there", async () => {
    await importLines([line(true), line(true, { revision: 2, status: "draft" }), gone(3)]);
    expect([await statusOf("harbour-bridge"), await tombstones()]).toEqual([410, []]);
  });
});

describe("a line that doesn’t say whether another revision follows", () => {
  test("is past when the next line brings one, and the last one when it doesn’t", async () => {
    const other = { id: "other", guid: "urn:other" };
    expect(
      await outcomesOf([
        line(undefined),
        line(undefined, { revision: 2, status: "draft" }),
        line(undefined, { ...other, status: "draft" }),
        line(undefined, { ...other, revision: 2 }),
      ]),
    ).toEqual(["imported", "imported", "imported", "imported"]);
    expect([await statusOf("harbour-bridge"), await statusOf("other")]).toEqual([404, 200]);
    expect((await edit("GET", "/api/articles/harbour-bridge")).status).toBe(200);
  });

  test("is past when the next line can’t be read: that line may withdraw the article", async () => {
    expect((await outcomesOf([line(undefined), "{"]))[0]).toBe("imported");
    expect([await statusOf("harbour-bridge"), await waiting()]).toEqual([404, 1]);
  });

  test("changes nothing when the stream breaks off after it", async () => {
    const sent = [new TextEncoder().encode(ndjson([line(undefined)]))];
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const piece = sent.shift();
          if (piece === undefined) controller.error(new Error("The connection was lost"));
          else controller.enqueue(piece);
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { ...by(env.EDITOR_TOKEN), "Content-Type": "application/x-ndjson" };
    const response = await ask("/api/import", { method: "POST", headers, body }, undefined);
    await expect(textOf(response)).rejects.toThrow("The connection was lost");
    expect([await statusOf("harbour-bridge"), await listed()]).toEqual([404, []]);
  });
});
