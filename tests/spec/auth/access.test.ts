import { env } from "cloudflare:workers";
import { sign } from "hono/jwt";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { at, edit, put, request } from "../../support/newsroom.ts";
import { ORIGIN } from "../../support/site.ts";
import {
  ask,
  assertion,
  type Claims,
  claimsOf,
  type Keys,
  makeKeys,
  serveKeys,
  TEAM,
} from "../../support/team.ts";
import { listenToLog, makeToken } from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

const ASSERTION = "Cf-Access-Jwt-Assertion";

let keys: Keys;
let others: Keys;

beforeAll(async () => {
  keys = await makeKeys("k1");
  others = await makeKeys("k1");
});

let addresses = 0;

function signIn(token: string, path = "/api/articles", init: RequestInit = {}): Promise<Response> {
  const headers = new Headers({ "CF-Connecting-IP": `198.51.100.${++addresses}`, [ASSERTION]: token });
  for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
  return ask(path, { ...init, headers });
}

/** Seconds, as a JWT counts. */
const now = (): number => Math.floor(Date.now() / 1000);

const encode = (value: unknown): string =>
  new TextEncoder().encode(JSON.stringify(value)).toBase64({ alphabet: "base64url", omitPadding: true });

describe("a member of the configured Cloudflare Access team", () => {
  test("publishes and withdraws under the member's own address", async () => {
    serveKeys([keys]);
    const token = await assertion(keys);
    const plain = { "Content-Type": "text/plain" };
    const published = await signIn(token, "/api/articles/bridge", {
      method: "PUT",
      body: wire(),
      headers: plain,
    });
    const withdrawn = await signIn(token, "/api/articles/bridge", { method: "DELETE" });
    const { entries } = await (await edit("GET", "/api/audit")).json<{ entries: { actor: string }[] }>();
    expect({
      statuses: [published.status, withdrawn.status],
      actors: entries.map(({ actor }) => actor),
    }).toEqual({
      statuses: [201, 200],
      actors: ["access:jane@courier.example", "access:jane@courier.example"],
    });
  });

  test.each([
    ["GET", "/api/tokens"],
    ["POST", "/api/tokens"],
    ["GET", "/api/audit"],
    ["GET", "/api/export"],
  ])("isn't an administrator: %s %s is refused", async (method, path) => {
    serveKeys([keys]);
    const body = '{"name":"Mine","rights":["admin"]}';
    const response = await signIn(await assertion(keys), path, {
      method,
      ...(method === "POST" && { body }),
    });
    expect([response.status, await response.json()]).toEqual([
      403,
      expect.objectContaining({ right: "admin" }),
    ]);
  });

  test("may be a service with a common name", async () => {
    serveKeys([keys]);
    const token = await assertion(keys, { email: undefined, common_name: "wire.service" });
    const response = await signIn(token, "/api/articles/bridge", {
      method: "PUT",
      body: wire(),
      headers: { "Content-Type": "text/plain" },
    });
    const { entries } = await (await edit("GET", "/api/audit")).json<{ entries: { actor: string }[] }>();
    expect([response.status, entries.map(({ actor }) => actor)]).toEqual([201, ["access:wire.service"]]);
  });

  test.each<[string, Record<string, string>, number]>([
    ["a page of another site", { "Sec-Fetch-Site": "cross-site" }, 403],
    ["a page of a neighbouring host", { "Sec-Fetch-Site": "same-site" }, 403],
    ["an old browser on another site", { Origin: "https://mallory.example" }, 403],
    ["a page without an origin", { Origin: "null" }, 403],
    ["a page of this site", { "Sec-Fetch-Site": "same-origin", Origin: ORIGIN }, 201],
    ["a program", {}, 201],
  ])("writes through %s only when that is a page of this site or a program (%j)", async (_, from, status) => {
    serveKeys([keys]);
    const response = await signIn(await assertion(keys), "/api/articles/bridge", {
      method: "PUT",
      body: wire(),
      headers: { "Content-Type": "text/plain", ...from },
    });
    expect(response.status).toBe(status);
  });

  test("signs in by any of the team’s keys", async () => {
    const second = await makeKeys("k2");
    serveKeys([keys, second]);
    const statuses = [await signIn(await assertion(keys)), await signIn(await assertion(second))];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200]);
  });

  test("is signed in only until the instant at which the assertion expires", async () => {
    at(Date.parse("2026-11-25T10:00:00Z"));
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    serveKeys([keys]);
    const token = await assertion(keys);
    const statuses: number[] = [];
    for (const later of [59_999, 60_000]) {
      vi.setSystemTime(Date.parse("2026-11-25T10:00:00Z") + later);
      statuses.push((await signIn(token)).status);
    }
    expect(statuses).toEqual([200, 401]);
  });
});

describe("an assertion is refused, and its text is not logged,", () => {
  const CLAIMS: [string, () => Claims][] = [
    ["for another application", () => ({ aud: ["another"] })],
    ["for none", () => ({ aud: undefined })],
    ["from another team", () => ({ iss: "https://mallory.cloudflareaccess.com" })],
    ["from a team whose name starts alike", () => ({ iss: `${TEAM.issuer}.mallory.example` })],
    ["from nobody", () => ({ iss: undefined })],
    ["that has expired", () => ({ exp: now() - 1 })],
    ["that would never expire", () => ({ exp: undefined })],
    ["that isn’t valid yet", () => ({ nbf: now() + 60 })],
    ["for nobody", () => ({ email: undefined })],
    ["for an empty address", () => ({ email: "" })],
  ];

  test.each<[string, () => Promise<string>]>([
    ...CLAIMS.map(([name, claims]): [string, () => Promise<string>] => [
      name,
      () => assertion(keys, claims()),
    ]),
    ["signed by another key of the same name", () => assertion(others)],
    ["signed by a key of another name", () => assertion({ ...keys, kid: "k9" })],
    ["without the name of a key", () => sign(claimsOf(), { ...keys.secret, alg: "RS256" })],
    [
      "of the algorithm “none”",
      async () => `${encode({ alg: "none", typ: "JWT", kid: "k1" })}.${encode(claimsOf())}.`,
    ],
    [
      "signed by HMAC with the public key as its secret",
      async () => {
        const head = `${encode({ alg: "HS256", typ: "JWT", kid: "k1" })}.${encode(claimsOf())}`;
        const [, , signature] = (await sign(claimsOf(), JSON.stringify(keys.open), "HS256")).split(".");
        return `${head}.${signature}`;
      },
    ],
    [
      "changed after it was signed",
      async () => {
        const [head, , signature] = (await assertion(keys)).split(".");
        return `${head}.${encode(claimsOf({ email: "mallory@courier.example" }))}.${signature}`;
      },
    ],
    ["that is empty", async () => ""],
    ["that is no token", async () => "a.b.c"],
  ])("%s", async (_, make) => {
    const log = listenToLog();
    serveKeys([keys]);
    const token = await make();
    const response = await signIn(token);
    expect([response.status, response.headers.get("WWW-Authenticate")]).toEqual([
      401,
      'Bearer realm="Dateline", error="invalid_token"',
    ]);
    for (const part of token.split(".").filter(({ length }) => length > 8)) expect(log()).not.toContain(part);
  });

  test("and counts as a failed attempt of its address", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    serveKeys([keys]);
    const headers = { "CF-Connecting-IP": "203.0.113.9" };
    let status = 401;
    for (let attempts = 0; status === 401 && attempts < 50; attempts++) {
      status = (await signIn("a.b.c", "/api/articles", { headers })).status;
    }
    const valid = await signIn(await assertion(keys), "/api/articles", { headers });
    expect([status, valid.status]).toEqual([429, 200]);
  });
});

describe("the Authorization field", () => {
  test("wins over an assertion, right or wrong", async () => {
    const asked = serveKeys([keys]);
    const token = await assertion(keys);
    const admin = await signIn(token, "/api/audit", {
      headers: { Authorization: `Bearer ${env.EDITOR_TOKEN}` },
    });
    const wrong = await signIn(token, "/api/articles", { headers: { Authorization: "Bearer wrong" } });
    const basic = await signIn(token, "/api/articles", { headers: { Authorization: "Basic YTpi" } });
    expect([admin.status, wrong.status, basic.status, asked()]).toEqual([200, 401, 401, 0]);
  });

  test("of a token gives that token’s rights, whatever the assertion beside it", async () => {
    serveKeys([keys]);
    const { token } = await makeToken({ rights: ["withdraw"] });
    await put("bridge", wire());
    const response = await signIn(await assertion(keys), "/api/articles/bridge/correct", {
      method: "POST",
      body: '{"correction":"Five months."}',
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(403);
  });
});

describe("without a configured team", () => {
  test("an assertion counts for nothing: no key is fetched", async () => {
    const asked = serveKeys([keys]);
    const headers = { [ASSERTION]: await assertion(keys) };
    const response = await request("/api/articles", { headers });
    expect([response.status, response.headers.get("WWW-Authenticate"), asked()]).toEqual([
      401,
      'Bearer realm="Dateline"',
      0,
    ]);
  });
});
