/** The order of checks: sign-in and right first; before them nothing of the query, the path or the body is read or checked. */
import { beforeEach, describe, expect, test } from "vitest";
import { RIGHTS } from "../../../src/desk/principal.ts";
import { importLines } from "../../support/stories/copies.ts";
import { OPERATIONS } from "../../support/description.ts";
import { edit, put, withdraw } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";
import { by, makeToken, problem, send } from "../../support/tokens.ts";

type Right = "publish" | "withdraw" | "admin";

const NINJS = "application/vnd.iptc.ninjs+json";
const OVERSIZED = 2 * 1024 * 1024;

/** Every operation that takes a body: method, path, media type, and the right that it needs. */
const WRITES: [string, string, string, Right][] = [
  ["POST", "/api/articles", "text/plain", "publish"],
  ["POST", "/api/articles?dry-run", "text/markdown", "publish"],
  ["PUT", "/api/articles/bridge", "text/plain", "publish"],
  ["PUT", "/api/articles/bridge?dry-run", "text/markdown", "publish"],
  ["POST", "/api/articles/bridge/publish", "application/json", "publish"],
  ["POST", "/api/articles/bridge/expire", "application/json", "publish"],
  ["POST", "/api/articles/bridge/correct", "application/json", "publish"],
  ["POST", "/api/articles/bridge/revisions/1/restore", "application/json", "publish"],
  ["POST", "/api/articles/bridge/reinstate", "application/json", "withdraw"],
  ["POST", "/api/tokens", "application/json", "admin"],
  ["POST", "/api/webhooks", "application/json", "admin"],
  ["POST", "/api/webhooks/partner/redeliver", "application/json", "admin"],
  ["POST", "/api/import", "application/x-ndjson", "publish"],
];

/** Every operation that needs a right, with each right that isn't enough. */
const RESTRICTED = OPERATIONS.flatMap(({ id, method, path, access }) =>
  typeof access === "string"
    ? []
    : RIGHTS.filter((other) => other !== access.right && other !== access.or).map((other) => ({
        id,
        method: method.toUpperCase(),
        path: path.replaceAll(/\{\w+\}/g, "No-Id"),
        needed: access.right,
        other,
      })),
);

/** A body that never sends a byte. */
function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>();
}

const canceled = (more: object = {}): string =>
  JSON.stringify({ uri: "urn:tide:7", type: "text", pubstatus: "canceled", ...more });

const upload = (headers: Record<string, string>): Promise<Response> =>
  edit("POST", "/api/articles", "a".repeat(OVERSIZED), { "Content-Type": "text/plain", ...headers });

beforeEach(async () => {
  await put("bridge", wire());
});

describe("no request waits for its body", () => {
  test("without a token", async () => {
    for (const [method, path, type] of WRITES) {
      const response = await edit(method, path, endless(), { "Content-Type": type, Authorization: "" });
      expect([method, path, response.status]).toEqual([method, path, 401]);
    }
  });

  test("without the right", async () => {
    const withdrawer = by((await makeToken({ name: "Withdrawer", rights: ["withdraw"] })).token);
    const other = by((await makeToken({ name: "Other", rights: ["publish", "admin"] })).token);
    for (const [method, path, type, right] of WRITES) {
      const holder = right === "withdraw" ? other : withdrawer;
      const response = await edit(method, path, endless(), { "Content-Type": type, ...holder });
      expect([method, path, await problem(response)]).toMatchObject([method, path, { status: 403, right }]);
    }
  });
});

test.each(RESTRICTED)(
  "$id with the right $other alone is a 403, whatever else is wrong with the request",
  async ({ method, path, needed, other }) => {
    const { token } = await makeToken({ rights: [other] });
    const body = method === "GET" ? undefined : endless();
    const type = { "Content-Type": "image/png" };
    const response = await edit(method, `${path}?no-such-parameter&cursor=x`, body, {
      ...type,
      ...by(token),
    });
    expect(await problem(response)).toMatchObject({ status: 403, right: needed });
  },
);

describe("a body of two mebibytes", () => {
  test("without a token is a 401", async () => {
    expect((await upload({ Authorization: "" })).status).toBe(401);
  });

  test("without the right is a 403", async () => {
    const { token } = await makeToken({ rights: ["withdraw"] });
    expect((await upload(by(token))).status).toBe(403);
  });

  test("with the right is a 413, whether or not it says how long it is", async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const written = writer.write(new Uint8Array(OVERSIZED)).then(() => writer.close());
    const unsized = edit("POST", "/api/articles", readable, { "Content-Type": "text/plain" });
    const [sized, other] = await Promise.all([upload({}), unsized, written.catch(() => undefined)]);
    expect([sized.status, other.status]).toEqual([413, 413]);
    expect(await problem(other)).toMatchObject({ max: OVERSIZED / 2 });
  });
});

describe("a token that may only withdraw", () => {
  let holder: { Authorization: string };

  beforeEach(async () => {
    holder = by((await makeToken({ rights: ["withdraw"] })).token);
    await edit(
      "POST",
      "/api/articles",
      canceled({
        pubstatus: "usable",
        firstcreated: "2026-11-20T07:07:06Z",
        headline: "Tides",
        subject: [{ name: "Politics" }],
        body_text: "High.",
      }),
      { "Content-Type": NINJS },
    );
  });

  test.each([NINJS, "application/json"])("withdraws by a canceled item as %s", async (type) => {
    const response = await edit("POST", "/api/articles", canceled(), { "Content-Type": type, ...holder });
    expect(await response.json()).toMatchObject({ change: "withdrawn" });
  });

  test.each<[string, string, string]>([
    ["an item that is not canceled", NINJS, canceled({ pubstatus: "usable", body_html: "<script>" })],
    ["a JSON upload", "application/json", '{"title":1}'],
    ["what is no JSON", "application/json", "{"],
    ["a wire document with errors", "text/plain", "Nothing."],
  ])("gets a 403 for everything else, unread: %s", async (_, type, body) => {
    const response = await edit("POST", "/api/articles", body, { "Content-Type": type, ...holder });
    const refused = await problem(response);
    expect(refused).toMatchObject({ status: 403, right: "publish" });
    expect(refused["issues"]).toBeUndefined();
  });

  test("has an import refused once, before its first line", async () => {
    const response = await send(
      "POST",
      "/api/import",
      {},
      { "Content-Type": "application/x-ndjson", ...holder },
    );
    expect(await problem(response)).toMatchObject({ status: 403, right: "publish" });
  });
});

test("an import needs one of the rights that its lines may need, and each line its own", async () => {
  await withdraw("bridge");
  const line = { id: "news", wire: wire({ headline: "News" }) };
  const statuses = await Promise.all(
    [["publish"], ["admin"], ["publish", "withdraw"]].map(async (rights, index) => {
      const { token } = await makeToken({ name: `Importer ${index}`, rights });
      const { status, answers } = await importLines([line], by(token));
      return [status, answers[0]?.problem?.status];
    }),
  );
  expect(statuses).toEqual([
    [200, undefined],
    [200, 403],
    [200, undefined],
  ]);
});
