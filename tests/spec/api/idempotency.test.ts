import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { MAX_KEYS } from "../../../src/desk/ledger/idempotency.ts";
import { at, desk, edit, post, put, withdraw } from "../../support/newsroom.ts";
import { by, everyRow, makeToken, problem } from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

const DAY = 24 * 60 * 60 * 1000;
const START = Date.parse("2026-11-25T10:00:00Z");

type Answer = {
  change: string;
  article: { id: string; revision: number; headline: string };
  feeds: string[];
};

const key = (word: string): Record<string, string> => ({ "Idempotency-Key": word });

/** Whether a row only notes that a key was used again. */
const isNote = (row: string): boolean => row.includes('"key-reused"') || row.includes('"name":"refusal"');

/** The parts of a response that a client uses. */
async function answerOf(response: Response) {
  const { status, headers } = response;
  const body = await response.json<Answer>();
  return { status, etag: headers.get("ETag"), location: headers.get("Location"), body };
}

async function ids(): Promise<string[]> {
  const { articles } = await (await edit("GET", "/api/articles")).json<{ articles: { id: string }[] }>();
  return articles.map(({ id }) => id);
}

const lastRevision = async (id: string): Promise<number> =>
  (await (await edit("GET", `/api/articles/${id}`)).json<{ revision: number }>()).revision;

describe("a POST that is sent again under its Idempotency-Key", () => {
  test("gets the first answer again, and makes one article", async () => {
    const first = await answerOf(await post(wire(), key("a")));
    const second = await answerOf(await post(wire(), key("a")));
    expect(first).toMatchObject({
      status: 201,
      etag: '"1"',
      location: "/api/articles/2026-11-04-harbour-bridge-reopens",
      body: {
        change: "created",
        article: { id: "2026-11-04-harbour-bridge-reopens", revision: 1 },
        feeds: ["all", "section:politics"],
      },
    });
    expect(second).toEqual(first);
    expect(await ids()).toEqual(["2026-11-04-harbour-bridge-reopens"]);
  });

  test("gets the same answer even when both come at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 3 }, async () => answerOf(await post(wire(), key("a")))),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(await ids()).toHaveLength(1);
  });

  test("still shows the first revision after the article was revised", async () => {
    const first = await answerOf(await post(wire(), key("a")));
    await put(first.body.article.id, wire({ headline: "Harbour bridge closes again" }));
    expect(await answerOf(await post(wire(), key("a")))).toEqual(first);
    expect(await lastRevision(first.body.article.id)).toBe(2);
  });

  test("repeats the warnings of the first time", async () => {
    await put("bridge", wire());
    const second = wire({ headline: "Bridge in the harbour reopens" });
    const first = await answerOf(await post(second, key("a")));
    const again = await answerOf(await post(second, key("a")));
    expect(first.body).toMatchObject({ warnings: [{ reason: "resembles-article", found: "bridge" }] });
    expect(again).toEqual(first);
  });

  test("may write its key with quotes or without", async () => {
    const bare = await answerOf(await post(wire(), key("8e03978e-40d5")));
    const quoted = await answerOf(await post(wire(), key('"8e03978e-40d5"')));
    expect([bare.status, quoted]).toEqual([201, bare]);
  });

  test("is refused with another body, and the article stays as it is", async () => {
    await post(wire(), key("a"));
    const before = (await everyRow()).map((row) => JSON.stringify(row));
    expect(await problem(await post(wire({ body: "Another." }), key("a")))).toMatchObject({
      type: "https://news.example/problems/idempotency-key-reused",
      status: 422,
    });
    const after = (await everyRow()).map((row) => JSON.stringify(row));
    expect(after.filter((row) => !isNote(row))).toEqual(before.filter((row) => !isNote(row)));
  });

  test("is refused at another address, or with another query", async () => {
    await put("bridge", wire());
    const first = await edit("POST", "/api/articles/bridge/correct", '{"correction":"A."}', key("a"));
    const address = await edit("POST", "/api/articles/bridge/publish", '{"correction":"A."}', key("a"));
    const other = await post(wire({ headline: "Ferry" }), key("b"));
    const query = await edit("POST", "/api/articles?silent", wire({ headline: "Ferry" }), key("b"));
    expect([first.status, address.status, other.status, query.status]).toEqual([200, 422, 201, 422]);
  });

  test("is another request when another token sends it", async () => {
    const { token } = await makeToken();
    const first = await answerOf(await post(wire({ headline: "Ours" }), key("a")));
    const second = await answerOf(await post(wire({ headline: "Theirs" }), { ...key("a"), ...by(token) }));
    expect([first.status, second.status, await ids()]).toEqual([
      201,
      201,
      expect.arrayContaining(["2026-11-04-ours", "2026-11-04-theirs"]),
    ]);
  });

  test("is one request before and after its token was rotated", async () => {
    const { token, id } = await makeToken();
    const first = await answerOf(await post(wire(), { ...key("a"), ...by(token) }));
    const { token: next } = await (await edit("POST", `/api/tokens/${id}/rotate`)).json<{ token: string }>();
    expect(await answerOf(await post(wire(), { ...key("a"), ...by(next) }))).toEqual(first);
  });

  test("is a new request after a day", async () => {
    at(START);
    await post(wire(), key("a"));
    vi.setSystemTime(START + DAY - 1);
    const same = await post(wire({ headline: "Ferry" }), key("a"));
    vi.setSystemTime(START + DAY);
    const free = await post(wire({ headline: "Ferry" }), key("a"));
    expect([same.status, free.status]).toEqual([422, 201]);
  });
});

const reinstate = (): Promise<Response> =>
  edit("POST", "/api/articles/bridge/reinstate", undefined, key("a"));
const hide = (): Promise<Response> =>
  edit("POST", "/api/articles/bridge/publish", '{"published":"2099-01-01T00:00:00Z"}', key("a"));

describe("an action that is sent again under its Idempotency-Key", () => {
  beforeEach(async () => {
    await put("bridge", wire());
    await put("bridge", wire({ body: "The second revision." }));
  });

  test.each<[string, string, string | undefined, string]>([
    ["publish", "publish", '{"published":"2099-01-01T00:00:00Z"}', "rescheduled"],
    ["expire", "expire", '{"expires":"2099-01-01T00:00:00Z"}', "rescheduled"],
    ["correct", "correct", '{"correction":"Five months, not four."}', "corrected"],
    ["restore", "revisions/1/restore", undefined, "restored"],
  ])("%s, is done once and answered twice", async (_, path, body, change) => {
    const first = await answerOf(await edit("POST", `/api/articles/bridge/${path}`, body, key("a")));
    await put("bridge", wire({ body: "The fourth revision." }));
    const second = await answerOf(await edit("POST", `/api/articles/bridge/${path}`, body, key("a")));
    expect(first).toMatchObject({ status: 200, etag: '"3"', body: { change, article: { revision: 3 } } });
    expect(second).toEqual(first);
    expect(await lastRevision("bridge")).toBe(4);
  });

  test("reinstate, doesn’t undo a second withdrawal", async () => {
    await withdraw("bridge");
    const first = await answerOf(await reinstate());
    await withdraw("bridge");
    const second = await answerOf(await reinstate());
    expect(first).toMatchObject({ status: 200, etag: '"4"', body: { change: "reinstated" } });
    expect(second).toEqual(first);
    expect((await edit("GET", "/api/articles/bridge")).headers.get("ETag")).toBe('"5"');
  });

  test("publish, repeats the warning that readers lost the article", async () => {
    const first = await answerOf(await hide());
    expect(first.body).toMatchObject({ warnings: [{ reason: "hidden-from-readers" }] });
    expect(await answerOf(await hide())).toEqual(first);
  });

  test("is done once when both requests come at once", async () => {
    const body = '{"correction":"Five months."}';
    const answers = await Promise.all(
      [1, 2].map(async () => answerOf(await edit("POST", "/api/articles/bridge/correct", body, key("a")))),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(await lastRevision("bridge")).toBe(3);
  });
});

describe("a key", () => {
  test.each<[string, () => Promise<Response>, number]>([
    ["a document with errors", () => post("Politics", key("a")), 422],
    ["a failed precondition", () => post(wire(), { ...key("a"), "If-Match": '"7"' }), 412],
    ["a wrong media type", () => post("{}", { ...key("a"), "Content-Type": "application/pdf" }), 415],
    ["an unknown article", () => edit("POST", "/api/articles/none/reinstate", undefined, key("a")), 404],
    ["a dry run", () => edit("POST", "/api/articles?dry-run", wire(), key("a")), 200],
  ])("isn’t used up by %s", async (_, send, status) => {
    const first = await send();
    const second = await post(wire({ headline: "Ferry" }), key("a"));
    expect([first.status, second.status]).toEqual([status, 201]);
  });

  test("isn’t used up by a request that the token didn’t permit", async () => {
    const { token } = await makeToken({ sections: ["sport"] });
    const headers = { ...by(token), ...key("a") };
    const refused = await post(wire(), headers);
    const taken = await post(wire({ sections: "Sport" }), headers);
    expect([refused.status, taken.status]).toEqual([403, 201]);
  });

  test.each([
    ["nothing", ""],
    ["empty quotes", '""'],
    ["a space", "a b"],
    ["one quote", '"a'],
    ["a quote inside", 'a"b'],
    ["256 characters", "x".repeat(256)],
  ])("of %s is refused, and nothing is published", async (_, word) => {
    expect(await problem(await post(wire(), key(word)))).toMatchObject({
      type: "https://news.example/problems/invalid-idempotency-key",
      status: 400,
    });
    expect(await ids()).toEqual([]);
  });

  test("may have 255 characters", async () => {
    expect((await post(wire(), key("x".repeat(255)))).status).toBe(201);
  });

  test("does nothing for a PUT or a DELETE, which may be repeated anyway", async () => {
    const first = await put("bridge", wire(), key("a"));
    const second = await put("bridge", wire({ body: "Again." }), key("a"));
    const third = await withdraw("bridge", key("a"));
    expect([first.status, second.status, third.status]).toEqual([201, 200, 200]);
  });
});

describe("an actor whose number of keys is at the limit", () => {
  test("can't use another key, gets the answers of the old ones, and has room again after a day", async () => {
    at(START);
    await post(wire(), key("a"));
    const { token } = await makeToken();
    // One request with a key fewer than the limit.
    await runInDurableObject(desk(), (_instance, { storage }) => {
      storage.sql.exec(
        `INSERT INTO repeat (actor, key, digest, instant, outcome, ordinal)
         WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
         SELECT actor, 'key-' || i, digest, instant + 1, outcome, i FROM repeat, n`,
        MAX_KEYS,
      );
    });
    const refused = await post(wire({ headline: "Ferry" }), key("b"));
    expect([refused.status, await problem(refused)]).toMatchObject([
      429,
      { type: "https://news.example/problems/too-many-idempotency-keys" },
    ]);
    const again = await post(wire(), key("a"));
    const keyless = await post(wire({ headline: "Keyless" }));
    const other = await post(wire({ headline: "Other" }), { ...key("b"), ...by(token) });
    vi.setSystemTime(START + DAY);
    const next = await post(wire({ headline: "Ferry" }), key("b"));
    expect([again, keyless, other, next].map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  });
});
