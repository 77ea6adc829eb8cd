import { beforeEach, describe, expect, test } from "vitest";
import { importLines } from "../../support/stories/copies.ts";
import { edit, put, withdraw } from "../../support/newsroom.ts";
import { by, everyRow, makeToken, problem } from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

const sport = wire({ sections: "Sport", headline: "Rovers win", body: "Rovers came from behind." });

/** The attempts of a politics editor, and the foreign section that each one touches. */
const ATTEMPTS: [string, string, string, string | undefined, string][] = [
  ["publish into", "PUT", "/api/articles/new", sport, "sport"],
  ["publish, as one of two, into", "POST", "/api/articles", wire({ sections: "Politics Sport" }), "sport"],
  ["open", "POST", "/api/articles", wire({ sections: "Politics Harvest" }), "harvest"],
  ["move an article into", "PUT", "/api/articles/bridge", wire({ sections: "Sport" }), "sport"],
  ["add an article to", "PUT", "/api/articles/bridge", wire({ sections: "Politics Sport" }), "sport"],
  ["move an article out of", "PUT", "/api/articles/match", wire(), "sport"],
  ["move a shared article out of", "PUT", "/api/articles/shared", wire({ headline: "Shared" }), "sport"],
  ["revise an article of", "PUT", "/api/articles/match", sport.replace("behind", "far behind"), "sport"],
  ["dry-run publishing into", "POST", "/api/articles?dry-run", sport, "sport"],
  ["dry-run revising an article of", "PUT", "/api/articles/match?dry-run", wire(), "sport"],
  ["withdraw an article of", "DELETE", "/api/articles/match", undefined, "sport"],
  ["withdraw a shared article of", "DELETE", "/api/articles/shared", undefined, "sport"],
  ["reinstate an article of", "POST", "/api/articles/gone/reinstate", undefined, "sport"],
  [
    "reschedule an article of",
    "POST",
    "/api/articles/match/publish",
    '{"published":"2099-01-01T00:00:00Z"}',
    "sport",
  ],
  [
    "let expire an article of",
    "POST",
    "/api/articles/match/expire",
    '{"expires":"2099-01-01T00:00:00Z"}',
    "sport",
  ],
  [
    "correct an article of",
    "POST",
    "/api/articles/match/correct",
    '{"correction":"It was a draw."}',
    "sport",
  ],
  ["restore an article of", "POST", "/api/articles/match/revisions/1/restore", undefined, "sport"],
  ["restore an article to", "POST", "/api/articles/moved/revisions/1/restore", undefined, "sport"],
];

let editor: { Authorization: string };

beforeEach(async () => {
  await put("bridge", wire());
  await put("shared", wire({ sections: "Politics Sport", headline: "Shared" }));
  await put("match", sport);
  await put("match", sport.replace("behind", "just behind"));
  await put("moved", wire({ sections: "Sport", headline: "Moved" }));
  await put("moved", wire({ headline: "Moved" }));
  await put("gone", wire({ sections: "Sport", headline: "Gone" }));
  await withdraw("gone");
  editor = by((await makeToken({ rights: ["publish", "withdraw"], sections: ["politics"] })).token);
});

/** Everything except the notes of refusals. */
async function articles(): Promise<string[]> {
  const rows = (await everyRow()).map((row) => JSON.stringify(row));
  return rows.filter((row) => !row.includes('"result":"forbidden"') && !row.includes('"name":"refusal"'));
}

describe("a politics editor", () => {
  test.each(ATTEMPTS)("can't %s a foreign section: %s %s", async (_, method, path, body, section) => {
    const before = await articles();
    expect(await problem(await edit(method, path, body, editor))).toMatchObject({
      type: "https://news.example/problems/forbidden",
      status: 403,
      section,
    });
    expect(await articles()).toEqual(before);
  });

  test("can't import into a foreign section, out of one, or withdraw there, whatever the other lines do", async () => {
    const { token } = await makeToken({
      name: "Importer",
      rights: ["publish", "withdraw"],
      sections: ["politics"],
    });
    const copy = await (await edit("GET", "/api/export")).arrayBuffer();
    const lines = new TextDecoder().decode(copy).split("\n");
    const copied =
      lines.find((line) => line.includes('"id":"match"'))?.replaceAll('"match"', '"copied"') ?? "";
    const { answers } = await importLines(
      [
        { id: "a", wire: sport },
        { id: "match", wire: wire() },
        { id: "b", wire: wire({ sections: "Harvest" }) },
        copied.replace(/"guid":"[^"]+"/, '"guid":"urn:copied"'),
        { id: "c", wire: wire({ headline: "Ours" }) },
      ],
      by(token),
    );
    expect(
      answers.map(({ line, change, problem: refusal }) => [line, change ?? (refusal && { ...refusal })]),
    ).toEqual([
      [1, expect.objectContaining({ status: 403, section: "sport" })],
      [2, expect.objectContaining({ status: 403, section: "sport" })],
      [3, expect.objectContaining({ status: 403, section: "harvest" })],
      [4, expect.objectContaining({ status: 403, right: "admin" })],
      [5, "created"],
    ]);
    const statuses = await Promise.all(
      ["a", "b", "copied", "c"].map(async (id) => (await edit("GET", `/api/articles/${id}`)).status),
    );
    expect(statuses).toEqual([404, 404, 404, 200]);
  });

  test.each([
    ["PUT", "/api/articles/new", wire({ headline: "New" }), 201],
    ["POST", "/api/articles", wire({ headline: "New" }), 201],
    ["POST", "/api/articles?dry-run", wire({ headline: "New" }), 200],
    ["PUT", "/api/articles/bridge", wire({ body: "Again." }), 200],
    ["POST", "/api/articles/bridge/expire", '{"expires":"2099-01-01T00:00:00Z"}', 200],
    ["POST", "/api/articles/bridge/correct", '{"correction":"Five months."}', 200],
    ["POST", "/api/articles/moved/revisions/2/restore", undefined, 200],
    ["DELETE", "/api/articles/bridge", undefined, 200],
  ])("may %s %s within politics", async (method, path, body, status) => {
    expect((await edit(method, path, body, editor)).status).toBe(status);
  });

  test("may reinstate an article that was withdrawn from politics", async () => {
    await withdraw("bridge");
    const response = await edit("POST", "/api/articles/bridge/reinstate", undefined, editor);
    expect(await response.json()).toMatchObject({ change: "reinstated" });
  });

  test("may revise an article after it was moved into politics, and not restore its foreign revisions", async () => {
    const revised = await put("moved", wire({ headline: "Moved", body: "New." }), editor);
    const restored = await edit("POST", "/api/articles/moved/revisions/1/restore", undefined, editor);
    expect([revised.status, restored.status]).toEqual([200, 403]);
  });

  test("leaves an entry for every refusal", async () => {
    await edit("DELETE", "/api/articles/match", undefined, editor);
    const { refusals } = await (
      await edit("GET", "/api/audit/refusals?actor=token:desk")
    ).json<{ refusals: object[] }>();
    expect(refusals).toEqual([
      expect.objectContaining({ action: "withdraw", subject: "match", result: "forbidden" }),
    ]);
  });
});

describe("a token for several sections", () => {
  test("publishes into all of them at once, and into no other", async () => {
    const { token } = await makeToken({ name: "Two", sections: ["sport", "harvest"] });
    const both = await put("fair", wire({ sections: "Sport Harvest", headline: "Fair" }), by(token));
    const third = await put("fair", wire({ sections: "Sport Harvest Events", headline: "Fair" }), by(token));
    expect([both.status, third.status, (await problem(third))["section"]]).toEqual([201, 403, "events"]);
  });
});
