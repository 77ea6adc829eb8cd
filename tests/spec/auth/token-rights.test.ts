import { beforeEach, describe, expect, test } from "vitest";
import { anArticle } from "../../support/stories/article.ts";
import { importLines } from "../../support/stories/copies.ts";
import { edit, put, withdraw } from "../../support/newsroom.ts";
import { by, everyRow, makeToken, problem } from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

const RIGHTS = ["publish", "withdraw", "admin"] as const;
type Right = (typeof RIGHTS)[number];

/** Method, path, the right that the operation needs (undefined: a valid token is enough), and its body. */
type Route = [method: string, path: string, needed: Right | undefined, body?: string];

/** The operations, in an order in which each succeeds after the others. */
const ROUTES: Route[] = [
  ["GET", "/api/articles", undefined],
  ["GET", "/api/articles/bridge", undefined],
  ["GET", "/api/articles/bridge/preview", undefined],
  ["GET", "/api/articles/bridge/revisions", undefined],
  ["GET", "/api/articles/bridge/revisions/1", undefined],
  ["POST", "/api/articles", "publish", wire({ headline: "Another" })],
  ["POST", "/api/articles?dry-run", "publish", wire({ headline: "Another" })],
  ["PUT", "/api/articles/bridge", "publish", wire({ body: "Again." })],
  ["PUT", "/api/articles/bridge?dry-run", "publish", wire({ body: "Again." })],
  ["POST", "/api/articles/bridge/publish", "publish", '{"published":"2026-11-05T00:00:00Z"}'],
  ["POST", "/api/articles/bridge/expire", "publish", '{"expires":"2099-01-01T00:00:00Z"}'],
  ["POST", "/api/articles/bridge/correct", "publish", '{"correction":"Five months, not four."}'],
  ["POST", "/api/articles/bridge/revisions/1/restore", "publish"],
  ["DELETE", "/api/articles/bridge", "withdraw"],
  ["POST", "/api/articles/gone/reinstate", "withdraw"],
  ["GET", "/api/audit", "admin"],
  ["GET", "/api/export", "admin"],
  ["GET", "/api/tokens", "admin"],
  ["POST", "/api/tokens", "admin", '{"name":"New","rights":["publish"]}'],
  ["POST", "/api/tokens/old/rotate", "admin"],
  ["DELETE", "/api/tokens/old", "admin"],
  ["POST", "/api/webhooks", "admin", '{"name":"Partner","url":"https://partner.example.org/"}'],
  ["GET", "/api/webhooks", "admin"],
  ["GET", "/api/webhooks/partner/deliveries", "admin"],
  ["POST", "/api/webhooks/partner/redeliver", "admin", '{"since":"2026-11-05T00:00:00Z"}'],
  ["POST", "/api/webhooks/partner/rotate", "admin"],
  ["POST", "/api/webhooks/partner/resume", "admin"],
  ["DELETE", "/api/webhooks/partner", "admin"],
];

/** Whether a row counts the refusals. */
const isCounter = (row: unknown): boolean => JSON.stringify(row).includes('"name":"refusal"');

beforeEach(async () => {
  await put("bridge", wire());
  await put("bridge", wire({ body: "The second revision." }));
  await put("gone", wire({ headline: "Gone", body: "Something else entirely." }));
  await withdraw("gone");
  await makeToken({ name: "Old" });
});

describe.each(RIGHTS)("a token whose one right is %s", (right) => {
  const isLet = ([, , needed]: Route): boolean => needed === undefined || needed === right;

  test("may do everything that needs no other right", async () => {
    const { token } = await makeToken({ rights: [right] });
    for (const [method, path, , body] of ROUTES.filter(isLet)) {
      const response = await edit(method, path, body, by(token));
      await response.arrayBuffer();
      expect([method, path, response.ok]).toEqual([method, path, true]);
    }
  });

  test("may do nothing else, gets the name of the missing right, and changes nothing", async () => {
    const { token, id } = await makeToken({ rights: [right] });
    const isAudited = (row: unknown) => JSON.stringify(row).includes(`"actor":"token:${id}"`);
    const before = (await everyRow()).filter((row) => !isCounter(row));
    for (const route of ROUTES.filter((one) => !isLet(one))) {
      const [method, path, needed, body] = route;
      const response = await edit(method, path, body, by(token));
      expect([method, path, await problem(response)]).toMatchObject([
        method,
        path,
        { type: "https://news.example/problems/forbidden", status: 403, right: needed },
      ]);
      const after = (await everyRow()).filter((row) => !isAudited(row) && !isCounter(row));
      expect([method, path, after]).toEqual([method, path, before]);
    }
  });
});

describe("a token without the right", () => {
  test.each<[Right, object, Right]>([
    ["admin", { id: "bridge", wire: wire({ body: "Again." }) }, "publish"],
    ["publish", { revision: { digest: null, article: anArticle({ id: "copied" }) } }, "admin"],
    ["publish", { feed: { id: "all", title: "", changed: 0, shows: [], withdrawn: [] } }, "admin"],
  ])("that has %s alone can't import %j: the line needs %s", async (right, line, needed) => {
    const { token } = await makeToken({ rights: [right] });
    const { answers, summary } = await importLines([line], by(token));
    expect(answers).toEqual([{ line: 1, problem: expect.objectContaining({ status: 403, right: needed }) }]);
    expect(summary).toEqual({ lines: 1, refused: 1 });
    expect(await (await edit("GET", "/api/articles/bridge")).json()).toMatchObject({ revision: 2 });
    expect((await edit("GET", "/api/articles/copied")).status).toBe(404);
  });
});
