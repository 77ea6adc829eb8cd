import { describe, expect, test } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import { anArticle } from "../../support/stories/article.ts";
import { importBody, importLines, ndjson } from "../../support/stories/copies.ts";
import { edit, get, put, settle } from "../../support/newsroom.ts";
import { listenToLog } from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

/** A copied revision of the harbour bridge. */
function line(changes: Partial<Article>): object {
  return { revision: { digest: null, article: anArticle(changes) } };
}

/** The outcome of each line: its change, or the status and the type of its problem. */
async function outcomesOf(lines: readonly object[]): Promise<unknown[]> {
  const { answers } = await importLines(lines);
  return answers.map(({ change, problem }) => change ?? [problem?.status, problem?.type]);
}

describe("a copy in an installation that isn’t empty", () => {
  const CONFLICT = [409, "https://news.example/problems/revision-conflict"];

  test("changes nothing when it brings the same revisions, even if the clock has changed their status", async () => {
    const lines = [line({}), line({ revision: 2, html: "<p>Two.</p>" })];
    expect(await outcomesOf(lines)).toEqual(["imported", "imported"]);
    expect(
      await outcomesOf([...lines, line({ revision: 2, html: "<p>Two.</p>", changed: 5, status: "expired" })]),
    ).toEqual(["unchanged", "unchanged", "unchanged"]);
  });

  test.each<[string, Partial<Article>, unknown]>([
    ["another text under the same revision", { html: "<p>Other.</p>" }, CONFLICT],
    ["a revision whose predecessor isn’t here", { revision: 3 }, CONFLICT],
    ["another article’s guid", { id: "other" }, [409, "https://news.example/problems/guid-taken"]],
    [
      "another guid of the same article",
      { revision: 2, guid: "tag:a.example,2026-01-01:x" },
      [409, "https://news.example/problems/guid-taken"],
    ],
  ])("is refused when it brings %s", async (_, changes, expected) => {
    await importLines([line({})]);
    expect(await outcomesOf([line(changes)])).toEqual([expected]);
    const article = await (await edit("GET", "/api/articles/harbour-bridge")).json();
    expect(article).toMatchObject({ revision: 1, html: "<p>Cars crossed the bridge at noon.</p>" });
  });

  test.each([
    ["an invalid id", { id: "Harbour Bridge" }],
    ["an invalid section’s id", { sections: [{ id: "../x", title: "X" }] }],
    ["revision 0", { revision: 0 }],
    ["half a revision", { revision: 1.5 }],
  ])("is refused when it brings %s", async (_, changes) => {
    expect(await outcomesOf([line(changes)])).toEqual([
      [expect.any(Number), expect.stringContaining("/problems/")],
    ]);
    expect((await (await edit("GET", "/api/articles")).json<{ articles: [] }>()).articles).toEqual([]);
  });

  test("gets another `updated` when an article has it already, since no two entries of a feed share one", async () => {
    await importLines([line({}), line({ id: "other", guid: "urn:other" })]);
    await settle();
    const feed = await (await get("/feed.json")).json<{ items: { date_modified: string }[] }>();
    expect(new Set(feed.items.map(({ date_modified: date }) => date)).size).toBe(2);
  });

  test("is sanitised: a record may come from anywhere", async () => {
    listenToLog();
    const html =
      '<p onclick="x()">Hi <script>alert(1)</script><a href="javascript:x">a</a></p><iframe src="data:x"></iframe>';
    const { answers } = await importLines([line({ html })]);
    await settle();
    const feed = await (await get("/feed.json")).json<{ items: { content_html: string }[] }>();
    const page = await (await get("/articles/harbour-bridge")).text();
    expect(answers[0]).toMatchObject({
      change: "imported",
      warnings: expect.arrayContaining([expect.anything()]),
    });
    expect(feed.items[0]?.content_html).toBe("<p>Hi a</p>");
    expect(page).not.toMatch(/onclick|alert\(1\)|javascript:x|data:x/);
  });

  test("is refused when sanitising leaves nothing of it", async () => {
    const { answers } = await importLines([line({ html: "<script>alert(1)</script>" })]);
    expect(answers[0]?.problem).toMatchObject({ status: 422, issues: [{ reason: "missing-body" }] });
  });

  test("doesn't date a feed that shows something else here", async () => {
    await put("bridge", wire());
    await settle();
    const before = (await get("/rss.xml")).headers.get("Last-Modified");
    const feed = {
      id: "all",
      title: "",
      changed: Date.parse("2020-01-01T00:00:00Z"),
      shows: ["bridge 2"],
      withdrawn: [],
    };
    const { answers } = await importBody(ndjson([{ feed }]));
    await settle();
    expect(answers[0]?.change).toBe("unchanged");
    expect((await get("/rss.xml")).headers.get("Last-Modified")).toBe(before);
  });
});
