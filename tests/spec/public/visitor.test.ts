/** The optional sign-in of a page for everybody: a visitor, or an editor. */
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { Authenticator } from "../../../src/auth/authenticate.ts";
import { Refusal } from "../../../src/http/problems.ts";
import type { Access } from "../../../src/settings.ts";
import { tokenOf } from "../../support/newsroom.ts";
import { ORIGIN } from "../../support/site.ts";
import { assertion, type Keys, makeKeys, serveKeys, TEAM } from "../../support/team.ts";

const MEMBER = "access:jane@courier.example";

let keys: Keys;
let others: Keys;

beforeAll(async () => {
  keys = await makeKeys("k1");
  others = await makeKeys("k1");
});

let addresses = 0;

/** @returns the visitor's name, the code of a refusal, or undefined */
async function visit(init: RequestInit, access?: Access): Promise<string | undefined> {
  return visiting(access)(init);
}

/** Sends visits to one isolate. */
function visiting(access: Access | undefined): (init: RequestInit) => Promise<string | undefined> {
  const authenticator = new Authenticator(access);
  const app = new Hono<{ Bindings: Env }>();
  app.all("/", async (c) => named((await authenticator.authenticateOptional(c.req.raw, c.env))?.name));
  app.onError((error) => {
    if (!(error instanceof Refusal)) throw error;
    return named(error.code);
  });
  return async (init) => {
    const response = await app.fetch(new Request(`${ORIGIN}/`, init), env);
    return response.headers.get("From") ?? undefined;
  };
}

/** A response to a HEAD has header fields and no body. */
function named(name: string | undefined): Response {
  return new Response(null, { headers: name === undefined ? {} : { From: name } });
}

function withCookie(token: string, method = "GET"): { method: string; headers: { Cookie: string } } {
  return { method, headers: { Cookie: `theme=dark; CF_Authorization=${token}` } };
}

test("a request without credentials is a visitor's, with a team or without", async () => {
  expect([await visit({}), await visit({}, TEAM)]).toEqual([undefined, undefined]);
});

describe("an Authorization field", () => {
  test("signs in as in the API", async () => {
    expect(await visit({ headers: { Authorization: `Bearer ${env.EDITOR_TOKEN}` } })).toBe("EDITOR_TOKEN");
    expect(await visit({ headers: await tokenOf("Jane Roe", ["publish"]) })).toBe("token:jane-roe");
  });

  test.each(["Bearer wrong", "Bearer"])("that says “%s” is refused", async (field) => {
    expect(await visit({ headers: { Authorization: field } })).toBe("unauthorized");
  });

  test("of another scheme is ignored, and leaves a visitor", async () => {
    expect(await visit({ headers: { Authorization: "Basic YTpi" } })).toBeUndefined();
  });

  test("wins over a cookie", async () => {
    serveKeys([keys]);
    const headers = { Authorization: "Bearer wrong", Cookie: `CF_Authorization=${await assertion(keys)}` };
    expect(await visit({ headers }, TEAM)).toBe("unauthorized");
  });
});

describe("a member of the team", () => {
  test("is recognised by the assertion, which is refused when it is wrong", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    serveKeys([keys]);
    const headers = { "Cf-Access-Jwt-Assertion": await assertion(keys) };
    expect(await visit({ headers }, TEAM)).toBe(MEMBER);
    headers["Cf-Access-Jwt-Assertion"] = await assertion(others);
    expect(await visit({ headers }, TEAM)).toBe("unauthorized");
  });

  test.each(["GET", "HEAD"])("is recognised by the cookie of a %s", async (method) => {
    serveKeys([keys]);
    expect(await visit(withCookie(await assertion(keys), method), TEAM)).toBe(MEMBER);
  });
});

describe("a cookie makes nobody a member", () => {
  test.each<[string, () => Promise<string>]>([
    ["that has expired", () => assertion(keys, { exp: Math.floor(Date.now() / 1000) - 1 })],
    ["for another application", () => assertion(keys, { aud: ["another"] })],
    ["of another team", () => assertion(keys, { iss: "https://evening.cloudflareaccess.com" })],
    ["that is no token", async () => "a.b.c"],
    ["that is empty", async () => ""],
  ])("%s: it costs and logs nothing, however often it comes", async (_, make) => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const limit = vi.spyOn(env.FAILED_ATTEMPTS, "limit");
    const asked = serveKeys([keys]);
    const cookie = withCookie(await make());
    const verify = vi.spyOn(crypto.subtle, "verify");
    expect([await visit(cookie, TEAM), await visit(cookie, TEAM)]).toEqual([undefined, undefined]);
    expect([log.mock.calls, limit.mock.calls, verify.mock.calls, asked()]).toEqual([[], [], [], 0]);
  });

  test.each<[string, () => Promise<string>]>([
    ["signed by another key of the same name", () => assertion(others)],
    ["of a key that the team doesn't have", () => assertion({ ...keys, kid: "k9" })],
  ])(
    "%s: it counts as a failed attempt, and above the limit nothing more is fetched or verified for its address",
    async (_, make) => {
      const log = vi.spyOn(console, "error").mockReturnValue();
      const asked = serveKeys([keys]);
      const { headers, ...init } = withCookie(await make());
      const from = { "CF-Connecting-IP": `203.0.113.${++addresses}` };
      const open = visiting(TEAM);
      const verify = vi.spyOn(crypto.subtle, "verify");
      for (let n = 0; n < 50; n++)
        expect(await open({ ...init, headers: { ...headers, ...from } })).toBeUndefined();
      expect([log.mock.calls, verify.mock.calls.length <= 41, asked()]).toEqual([[], true, 1]);
      const before = verify.mock.calls.length;
      expect(await open({ ...init, headers: { ...headers, ...from } })).toBeUndefined();
      expect(verify.mock.calls.length).toBe(before);
    },
  );

  test("without a configured team: no key is fetched", async () => {
    const asked = serveKeys([keys]);
    expect([await visit(withCookie(await assertion(keys))), asked()]).toEqual([undefined, 0]);
  });

  test("with a request that could change something", async () => {
    const asked = serveKeys([keys]);
    expect([await visit(withCookie(await assertion(keys), "POST"), TEAM), asked()]).toEqual([undefined, 0]);
  });

  test("while the team’s keys aren’t available", async () => {
    serveKeys([keys], 500);
    expect(await visit(withCookie(await assertion(keys)), TEAM)).toBeUndefined();
  });
});
