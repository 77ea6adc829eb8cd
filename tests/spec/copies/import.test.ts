import { describe, expect, test, vi } from "vitest";
import { importBody, importLines, textOf } from "../../support/stories/copies.ts";
import { edit, get, put, request, settle, withdraw } from "../../support/newsroom.ts";
import { by, makeToken, problem } from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

/** An article in the fields of JSON Feed. */
function item(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "ferry",
    title: "Ferry late",
    sections: ["Politics"],
    date_published: "2026-11-04T08:00:00Z",
    content_text: "The ferry was late.",
    ...differences,
  };
}

const statusOf = async (id: string): Promise<string | undefined> =>
  (await (await edit("GET", `/api/articles/${id}`)).json<{ status?: string }>()).status;

describe("an import", () => {
  test("answers each line with its number and its outcome, and sums up at the end", async () => {
    const { status, answers, summary } = await importLines([
      item(),
      { id: "bridge", wire: wire({ sections: "Politcs" }) },
      "",
      item({ id: "ferry-2", title: "Ferry is late", content_text: "The ferry was late." }),
      item(),
      { wire: wire({ headline: "No id", body: "Its id is made." }) },
    ]);
    expect({ status, answers, summary }).toEqual({
      status: 200,
      answers: [
        { line: 1, change: "created", id: "ferry", revision: 1 },
        {
          line: 2,
          change: "created",
          id: "bridge",
          revision: 1,
          warnings: [expect.objectContaining({ reason: "new-section", found: "Politcs" })],
        },
        { line: 4, change: "created", id: "ferry-2", revision: 1, resembles: "ferry" },
        { line: 5, change: "unchanged", id: "ferry", revision: 1 },
        { line: 6, change: "created", id: "2026-11-04-no-id", revision: 1 },
      ],
      summary: { lines: 5, created: 4, unchanged: 1, refused: 0 },
    });
  });

  test("shows what was imported in every feed that it belongs to", async () => {
    await importLines([item(), { id: "match", wire: wire({ sections: "Sport", headline: "Rovers win" }) }]);
    await settle();
    const [all, sport] = await Promise.all(
      ["/rss.xml", "/sections/sport/rss.xml"].map(async (path) => (await get(path)).text()),
    );
    expect(
      [all, sport].map((feed) => ["Ferry late", "Rovers win"].map((title) => feed?.includes(title))),
    ).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  test("continues after wrong lines, and names the error of each", async () => {
    await put("gone", wire({ headline: "Gone" }));
    await withdraw("gone");
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const encoder = new TextEncoder();
    const line = (value: unknown): Uint8Array => encoder.encode(`${JSON.stringify(value)}\n`);
    const parts = [
      encoder.encode("{\n"),
      new Uint8Array([0x22, 0xff, 0x22, 0x0a]),
      line({ title: "Ferry late" }),
      line([]),
      line({ id: "Bridge!", wire: wire() }),
      line({ id: "gone", wire: wire({ body: "It is back." }) }),
      line({ id: "a", wire: "Politics" }),
      line(item({ id: "long", content_text: "x".repeat(8 * 1024 * 1024) })),
      line({ revision: { digest: null, article: { version: 2 } } }),
      line({ feed: { id: "section:Not An Id", title: "", changed: 0, shows: [], withdrawn: [] } }),
      line(item()),
    ];
    const { answers, summary } = await importBody(new Blob(parts).stream());
    const outcomes = answers.map(({ line: number, change, problem: refusal }) => [
      number,
      change ?? refusal?.status,
      refusal?.issues?.map(({ path, reason }) => path ?? reason),
    ]);
    expect(outcomes).toEqual([
      [1, 422, [expect.any(String)]],
      [2, 400, ["not-utf-8"]],
      [3, 422, expect.arrayContaining(["/sections", "/date_published", "/content_html"])],
      [4, 422, [expect.any(String)]],
      [5, 422, ["invalid-id"]],
      [6, 410, undefined],
      [7, 422, expect.arrayContaining(["missing-time"])],
      [8, 413, undefined],
      [9, 422, expect.arrayContaining(["/revision/article/version", "/revision/article/guid"])],
      [10, 422, ["invalid-feed"]],
      [11, "created", undefined],
    ]);
    expect(summary).toEqual({ lines: 11, refused: 10, created: 1 });
  });

  test.each<[string, string, number[]]>([
    ["without a last newline", JSON.stringify(item()), [1]],
    [
      "with CRLF line ends",
      `${JSON.stringify(item())}\r\n\r\n${JSON.stringify(item({ id: "b" }))}\r\n`,
      [1, 3],
    ],
    ["with blank lines", `\n \n\t\n${JSON.stringify(item())}\n\n`, [4]],
    ["behind a byte order mark", `\uFEFF${JSON.stringify(item())}\n`, [1]],
    ["of nothing", "", []],
  ])("may be a body %s", async (_, body, numbers) => {
    const { answers, summary } = await importBody(body);
    expect(answers.map(({ line, change }) => [line, change])).toEqual(
      numbers.map((line) => [line, "created"]),
    );
    expect(summary?.["lines"]).toBe(numbers.length);
  });

  test.each([
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "Application/X-NDJSON; charset=utf-8",
  ])("comes as %s", async (type) => {
    const { status } = await importLines([item()], { "Content-Type": type });
    expect([status, await statusOf("ferry")]).toEqual([200, "published"]);
  });

  test.each<[string, Record<string, string>]>([
    ["application/json", { "Content-Type": "application/json" }],
    ["text/plain", { "Content-Type": "text/plain" }],
    ["no type", { "Content-Type": "" }],
    ["a compressed body", { "Content-Type": "application/x-ndjson", "Content-Encoding": "gzip" }],
  ])("is refused as %s", async (_, headers) => {
    const response = await edit("POST", "/api/import", JSON.stringify(item()), headers);
    expect([response.status, response.headers.get("Accept-Post")]).toEqual([
      415,
      "application/x-ndjson, application/ndjson, application/jsonl",
    ]);
    expect((await edit("GET", "/api/articles/ferry")).status).toBe(404);
  });

  test("is refused with an unknown query parameter", async () => {
    const response = await edit("POST", "/api/import?dry-run", JSON.stringify(item()), {
      "Content-Type": "application/x-ndjson",
    });
    expect([response.status, (await problem(response))["type"]]).toEqual([
      400,
      "https://news.example/problems/invalid-query",
    ]);
    expect((await edit("GET", "/api/articles/ferry")).status).toBe(404);
  });

  test("answers NDJSON that no cache stores", async () => {
    const response = await edit("POST", "/api/import", JSON.stringify(item()), {
      "Content-Type": "application/x-ndjson",
    });
    await textOf(response);
    expect([response.headers.get("Content-Type"), response.headers.get("Cache-Control")]).toEqual([
      "application/x-ndjson; charset=utf-8",
      "private, no-store, no-transform",
    ]);
  });

  test("hides drafts and articles under embargo from every reader", async () => {
    const far = "2099-01-01T00:00:00Z";
    const { answers } = await importLines([
      item({ id: "draft", title: "Secret draft", draft: true, sections: ["Harvest"] }),
      item({ id: "embargo", title: "Secret embargo", date_published: far, sections: ["Harvest"] }),
      { id: "wire-embargo", wire: wire({ headline: "Secret wire", time: far, sections: "Harvest" }) },
    ]);
    await settle();
    expect(answers.map(({ change }) => change)).toEqual(["created", "created", "created"]);
    expect(await Promise.all(["draft", "embargo", "wire-embargo"].map(statusOf))).toEqual([
      "draft",
      "scheduled",
      "scheduled",
    ]);
    const paths = [
      "/",
      "/rss.xml",
      "/feed.json",
      "/feeds.opml",
      "/sections/harvest",
      "/sections/harvest/rss.xml",
    ];
    const pages = ["draft", "embargo", "wire-embargo"].map((id) => `/articles/${id}`);
    for (const path of [...paths, ...pages]) {
      const text = await (await get(path)).text();
      expect(text).not.toMatch(/secret|harvest/i);
    }
    const statuses = await Promise.all(pages.map(async (path) => (await request(path)).status));
    expect(statuses).toEqual([404, 404, 404]);
  });

  test("of articles needs no more than the right to publish", async () => {
    const { token } = await makeToken({ rights: ["publish"] });
    const { answers } = await importLines([item()], by(token));
    const { entries } = await (
      await edit("GET", "/api/audit?article=ferry")
    ).json<{ entries: { actor: string; action: string }[] }>();
    expect(answers.map(({ change }) => change)).toEqual(["created"]);
    expect(entries.map(({ actor, action }) => [actor, action])).toEqual([["token:desk", "created"]]);
  });
});
