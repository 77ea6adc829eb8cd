/** The keys of a Cloudflare Access team: fetched seldom, and never for a token that can't be an assertion of the team. */
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createApp } from "../../../src/app.ts";
import { expectDescribed } from "../../support/description.ts";
import { at } from "../../support/newsroom.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { assertion, type Claims, type Keys, makeKeys, serveKeys, TEAM } from "../../support/team.ts";
import { makeToken } from "../../support/tokens.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let first: Keys;
let second: Keys;

beforeAll(async () => {
  first = await makeKeys("k1");
  second = await makeKeys("k2");
});

beforeEach(() => {
  at(NOON);
  vi.spyOn(console, "error").mockReturnValue();
});

let addresses = 0;

/** An isolate of its own. */
function startIsolate(): (assertion: string, headers?: Record<string, string>) => Promise<Response> {
  const app = createApp(site, "build", TEAM);
  return async (token, headers = {}) =>
    app.fetch(
      new Request(`${ORIGIN}/api/articles`, {
        headers: {
          "CF-Connecting-IP": `192.0.2.${++addresses}`,
          "Cf-Access-Jwt-Assertion": token,
          ...headers,
        },
      }),
      env,
      createExecutionContext(),
    );
}

describe("the team’s keys", () => {
  test("are fetched once for an hour of requests", async () => {
    const asked = serveKeys([first, second]);
    const ask = startIsolate();
    const statuses = new Set<number>();
    for (const minutes of [0, 1, 30, 59]) {
      at(NOON + minutes * MINUTE);
      for (const keys of [first, second]) statuses.add((await ask(await assertion(keys))).status);
    }
    expect([[...statuses], asked()]).toEqual([[200], 1]);
    at(NOON + HOUR);
    await ask(await assertion(first));
    expect(asked()).toBe(2);
  });

  test("are fetched again for a key of a new name, once a minute at most", async () => {
    const asked = serveKeys([first]);
    const ask = startIsolate();
    const made = (name: string): Promise<string> => assertion({ ...second, kid: name });
    const statuses = [(await ask(await assertion(first))).status];
    for (let n = 0; n < 15; n++) statuses.push((await ask(await made(`k${n + 10}`))).status);
    expect([new Set(statuses), asked()]).toEqual([new Set([200, 401]), 1]);
    const served = serveKeys([first, second]);
    at(NOON + MINUTE);
    const renewed = [await assertion(second), await made("k99"), await assertion(first)];
    const after: number[] = [];
    for (const token of renewed) after.push((await ask(token)).status);
    expect([after, served()]).toEqual([[200, 401, 200], asked()]);
    expect(served()).toBe(2);
  });

  test("that were removed sign nobody in from the next fetch on", async () => {
    serveKeys([first, second]);
    const ask = startIsolate();
    const before = await ask(await assertion(second));
    serveKeys([first]);
    at(NOON + HOUR);
    const after = await ask(await assertion(second));
    expect([before.status, after.status]).toEqual([200, 401]);
  });

  const claims: [string, Claims][] = [
    ["another issuer", { iss: "https://evening.cloudflareaccess.com" }],
    ["another audience", { aud: ["another"] }],
    ["an end that has passed", { exp: NOON / 1000 }],
    ["no end", { exp: undefined }],
    ["no name", { email: undefined }],
  ];
  test.each(claims)("aren't fetched for an assertion with %s", async (_, differences) => {
    const asked = serveKeys([first]);
    const response = await startIsolate()(await assertion(first, differences));
    expect([response.status, asked()]).toEqual([401, 0]);
  });

  test("aren't fetched for an address that has failed too often", async () => {
    serveKeys([first]);
    const ask = startIsolate();
    const from = { "CF-Connecting-IP": "192.0.2.250" };
    const statuses: number[] = [];
    for (let n = 0; n < 50; n++) {
      statuses.push((await ask(await assertion({ ...second, kid: `k${n + 10}` }), from)).status);
    }
    const asked = serveKeys([first, second]);
    const before = asked();
    at(NOON + MINUTE - 1);
    const last = await ask(await assertion(second), from);
    expect([new Set(statuses), last.status, asked() - before]).toEqual([new Set([401, 429]), 429, 0]);
    expect((await ask(await assertion(first), from)).status).toBe(200);
  });
});

describe("while the team’s keys aren’t available", () => {
  test("a member gets a 503 with Retry-After, and a token works", async () => {
    serveKeys([first], 500);
    const ask = startIsolate();
    const response = await ask(await assertion(first));
    expect([response.status, response.headers.get("Retry-After")]).toEqual([503, "10"]);
    await expectDescribed("listArticles", response);
    const { token } = await makeToken();
    expect((await ask(await assertion(first), { Authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test("a sign-in is no failed attempt, and the keys aren't fetched again for ten seconds", async () => {
    const asked = serveKeys([first], 500);
    const ask = startIsolate();
    const from = { "CF-Connecting-IP": "192.0.2.251" };
    const statuses = new Set<number>();
    for (let n = 0; n < 50; n++) statuses.add((await ask(await assertion(first), from)).status);
    expect([[...statuses], asked()]).toEqual([[503], 1]);
    serveKeys([first]);
    at(NOON + 10_000);
    expect((await ask(await assertion(first), from)).status).toBe(200);
  });

  test("a member whose key is known signs in for a day", async () => {
    serveKeys([first]);
    const ask = startIsolate();
    const statuses = [(await ask(await assertion(first))).status];
    serveKeys([first], 500);
    for (const hours of [1, 23, 24]) {
      at(NOON + hours * HOUR);
      statuses.push((await ask(await assertion(first))).status);
    }
    expect(statuses).toEqual([200, 200, 200, 503]);
  });

  test.each(["not JSON", '{"keys":"none"}', '{"keys":[]}', '{"keys":[{"kid":"k1","kty":"EC"}]}'])(
    "an answer of %s counts as missing keys",
    async (body) => {
      vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(new Response(body)));
      expect((await startIsolate()(await assertion(first))).status).toBe(503);
    },
  );
});
