/** Who opens a page that is there for everybody: nobody in particular, or an editor. */
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { Gate } from "../../src/http/gate.ts";
import { Refusal } from "../../src/http/problems.ts";
import type { Access } from "../../src/settings.ts";
import { ORIGIN, tokenOf } from "../support/newsroom.ts";
import { assertion, type Keys, makeKeys, serveKeys, TEAM } from "../support/team.ts";

const MEMBER = "access:jane@courier.example";

let keys: Keys;
let others: Keys;

beforeAll(async () => {
  keys = await makeKeys("k1");
  others = await makeKeys("k1");
});

/** @returns the visitor's name, the code of a refusal, or undefined */
async function visit(init: RequestInit, access?: Access): Promise<string | undefined> {
  const gate = new Gate(access);
  const app = new Hono<{ Bindings: Env }>();
  app.all("/", async (c) => named((await gate.visitor(c))?.name));
  app.onError((error) => {
    if (!(error instanceof Refusal)) throw error;
    return named(error.code);
  });
  const response = await app.fetch(new Request(`${ORIGIN}/`, init), env);
  return response.headers.get("From") ?? undefined;
}

/** A HEAD is answered without a body, but not without fields. */
function named(name: string | undefined): Response {
  return new Response(null, { headers: name === undefined ? {} : { From: name } });
}

function withCookie(token: string, method = "GET"): RequestInit {
  return { method, headers: { Cookie: `theme=dark; CF_Authorization=${token}` } };
}

test("is a visitor without credentials, with a team or without", async () => {
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

  test("of another scheme is somebody else's, and leaves a visitor", async () => {
    expect(await visit({ headers: { Authorization: "Basic YTpi" } })).toBeUndefined();
  });

  test("wins over a cookie", async () => {
    serveKeys([keys]);
    const headers = { Authorization: "Bearer wrong", Cookie: `CF_Authorization=${await assertion(keys)}` };
    expect(await visit({ headers }, TEAM)).toBe("unauthorized");
  });
});

describe("a member of the team", () => {
  test("is known by the assertion, which is refused when it is wrong", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    serveKeys([keys]);
    const headers = { "Cf-Access-Jwt-Assertion": await assertion(keys) };
    expect(await visit({ headers }, TEAM)).toBe(MEMBER);
    headers["Cf-Access-Jwt-Assertion"] = await assertion(others);
    expect(await visit({ headers }, TEAM)).toBe("unauthorized");
  });

  test.each(["GET", "HEAD"])("is known by the cookie of a %s", async (method) => {
    serveKeys([keys]);
    expect(await visit(withCookie(await assertion(keys), method), TEAM)).toBe(MEMBER);
  });
});

describe("a cookie makes nobody a member", () => {
  test.each<[string, () => Promise<string>]>([
    ["that has expired", () => assertion(keys, { exp: Math.floor(Date.now() / 1000) - 1 })],
    ["for another application", () => assertion(keys, { aud: ["another"] })],
    ["signed by another key of the same name", () => assertion(others)],
    ["that is no token", async () => "a.b.c"],
    ["that is empty", async () => ""],
  ])("%s, and says nothing of that, however often", async (_, make) => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const limit = vi.spyOn(env.FAILED_ATTEMPTS, "limit");
    serveKeys([keys]);
    const cookie = withCookie(await make());
    expect([await visit(cookie, TEAM), await visit(cookie, TEAM)]).toEqual([undefined, undefined]);
    expect([log.mock.calls, limit.mock.calls]).toEqual([[], []]);
  });

  test("without a configured team: no key is asked for", async () => {
    const asked = serveKeys([keys]);
    expect([await visit(withCookie(await assertion(keys))), asked()]).toEqual([undefined, 0]);
  });

  test("with a request that could change something", async () => {
    const asked = serveKeys([keys]);
    expect([await visit(withCookie(await assertion(keys), "POST"), TEAM), asked()]).toEqual([undefined, 0]);
  });

  test("while the team’s keys can’t be had", async () => {
    serveKeys([keys], 500);
    expect(await visit(withCookie(await assertion(keys)), TEAM)).toBeUndefined();
  });
});
