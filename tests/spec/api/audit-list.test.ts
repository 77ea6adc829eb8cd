import { beforeEach, describe, expect, test } from "vitest";
import { audit, type AuditPage, told } from "../../support/audit.ts";
import { at, edit, get, put, tokenOf, withdraw } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const MINUTE = 60_000;

beforeEach(() => at(NOON));

describe("a page of the audit", () => {
  test("follows the one before without gap or repetition, while new entries arrive", async () => {
    for (let index = 1; index <= 5; index++) await put(`a-${index}`, wire({ body: `Body ${index}.` }));
    const walked: string[][] = [];
    let query: string | undefined = "?limit=2";
    while (query !== undefined) {
      const { entries, next }: AuditPage = await audit(query);
      walked.push(entries.map(({ subject }) => subject));
      await put(`late-${walked.length}`, wire({ body: `Late ${walked.length}.` }));
      query = next === undefined ? undefined : `?limit=2&cursor=${next}`;
    }
    expect(walked).toEqual([["a-5", "a-4"], ["a-3", "a-2"], ["a-1"]]);
  });

  test("keeps to the filter", async () => {
    for (let index = 1; index <= 3; index++) {
      await put("bridge", wire({ body: `Body ${index}.` }));
      await put("other", wire({ headline: "Other", body: `Body ${index}.` }));
    }
    const { entries, next } = await audit("?article=bridge&limit=2");
    const rest = await audit(`?article=bridge&limit=2&cursor=${next}`);
    expect([entries, rest.entries].map((page) => page.map(({ toRevision }) => toRevision))).toEqual([
      [3, 2],
      [1],
    ]);
    expect(rest.next).toBeUndefined();
  });

  test.each([
    ["?limit=0"],
    ["?limit=101"],
    ["?cursor=nonsense"],
    ["?from=yesterday"],
    ["?form=2031-11-24T12:00:00Z"],
  ])("is refused for %s", async (query) => {
    expect((await edit("GET", `/api/audit${query}`)).status).toBe(400);
  });
});

describe("the audit's filter", () => {
  beforeEach(async () => {
    const jane = await tokenOf("Jane Roe", ["publish"]);
    at(NOON + MINUTE);
    await put("bridge", wire(), jane);
    at(NOON + 2 * MINUTE);
    await put("tunnel", wire({ headline: "Tunnel" }));
    await withdraw("bridge");
  });

  test.each([
    ["article=bridge", ["created – 1 done", "withdrawn 1 2 done"]],
    ["token=jane-roe", ["token-made – – done"]],
    ["actor=token:jane-roe", ["created – 1 done"]],
    ["action=withdrawn", ["withdrawn 1 2 done"]],
    ["from=2031-11-24T12:02:00Z", ["created – 1 done", "withdrawn 1 2 done"]],
    ["until=2031-11-24T12:01:00Z", ["token-made – – done"]],
    ["from=2031-11-24T13:01:00%2B01:00&until=2031-11-24T12:02:00Z", ["created – 1 done"]],
    ["article=bridge&actor=EDITOR_TOKEN", ["withdrawn 1 2 done"]],
    ["article=none", []],
  ])("%s", async (query, expected) => {
    expect(await told(`?${query}`)).toEqual(expected);
  });
});

describe("the audit", () => {
  test("may be read by an administrator", async () => {
    const admin = await tokenOf("Ann", ["admin"]);
    expect((await edit("GET", "/api/audit", undefined, admin)).status).toBe(200);
  });

  test("may be read by nobody else, whatever other rights they have", async () => {
    const jane = await tokenOf("Jane Roe", ["publish", "withdraw"]);
    const response = await edit("GET", "/api/audit", undefined, jane);
    expect([response.status, await response.json()]).toMatchObject([403, { right: "admin" }]);
  });

  test("may not be read without a token", async () => {
    expect((await get("/api/audit")).status).toBe(401);
  });
});
