/** Protection of the Desk, the only writer, from strangers' tokens. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { createApp } from "../../../src/app.ts";
import { makeSecret } from "../../../src/auth/token-secret.ts";
import { at, edit } from "../../support/newsroom.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { by, makeToken } from "../../support/tokens.ts";

// The limit of FAILED_ATTEMPTS in wrangler.toml.
const LIMIT = 20;
// Its counter starts anew with each minute of the wall clock.
const MOST = 2 * LIMIT + 1;
const NOON = Date.parse("2031-11-24T12:00:00Z");

let addresses = 0;
/** An address that no other test has. */
const freshAddress = (): string => `198.18.0.${++addresses}`;

type Sent = { method?: string; secret: string; address: string };

/** An isolate of its own, and the names of the Desk's methods that its requests called. */
function startIsolate(): { ask: (path: string, sent: Sent) => Promise<number>; calls: string[] } {
  const calls: string[] = [];
  const app = createApp(site, "build", undefined);
  const DESK = new Proxy(env.DESK, {
    get: () => () =>
      new Proxy(env.DESK.getByName("desk"), {
        get: (stub, method) => {
          calls.push(String(method));
          const call: unknown = Reflect.get(stub, method);
          return call;
        },
      }),
  });
  const ask = async (path: string, { method = "GET", secret, address }: Sent): Promise<number> => {
    const ctx = createExecutionContext();
    const headers = { ...by(secret), "CF-Connecting-IP": address };
    const request = new Request(`${ORIGIN}${path}`, { method, headers });
    const response = await app.fetch(request, { ...env, DESK }, ctx);
    await response.arrayBuffer();
    await waitOnExecutionContext(ctx);
    return response.status;
  };
  return { ask, calls };
}

const REQUESTS: [string, string][] = [
  ["GET", "/api/articles"],
  ["PUT", "/api/articles/bridge"],
  ["POST", "/api/import"],
  ["GET", "/api/export"],
  ["POST", "/api/tokens"],
  ["GET", "/feeds"],
  // An address that doesn't exist, and one that doesn't allow the method.
  ["GET", "/api/nothing"],
  ["PATCH", "/api/articles"],
];

describe("strangers’ requests from one address", () => {
  test("ask the Desk no more often than the limit, even a thousand with tokens in our form", async () => {
    const { ask, calls } = startIsolate();
    const address = freshAddress();
    const statuses = new Set<number>();
    for (let n = 0; n < 1000; n++)
      statuses.add(await ask("/api/articles", { secret: makeSecret(), address }));
    expect([...statuses]).toEqual([401, 429]);
    expect(calls).toEqual(Array.from({ length: LIMIT }, () => "principal"));
  });

  test("ask the Desk no more often all at once than one after the other", async () => {
    const { ask, calls } = startIsolate();
    const address = freshAddress();
    const asking = Array.from({ length: 200 }, () => ask("/api/articles", { secret: makeSecret(), address }));
    await Promise.all(asking);
    expect(calls).toHaveLength(LIMIT);
  });

  test.each(REQUESTS)("with tokens in another form never ask the Desk: %s %s", async (method, path) => {
    const { ask, calls } = startIsolate();
    const address = freshAddress();
    const statuses = new Set<number>();
    for (let n = 0; n < MOST; n++)
      statuses.add(await ask(path, { method, secret: `dl_guess-${n}`, address }));
    expect([[...statuses], calls]).toEqual([[401, 429], []]);
  });

  test.each(REQUESTS)("with tokens in our form ask the Desk up to the limit: %s %s", async (method, path) => {
    const { ask, calls } = startIsolate();
    const address = freshAddress();
    const statuses = new Set<number>();
    for (let n = 0; n < MOST; n++) statuses.add(await ask(path, { method, secret: makeSecret(), address }));
    expect([...statuses]).toEqual([401, 429]);
    expect(calls).toEqual(Array.from({ length: LIMIT }, () => "principal"));
  });
});

test("the Desk is asked about the same unknown token only once in ten seconds, from any address", async () => {
  at(NOON);
  const { ask, calls } = startIsolate();
  const secret = makeSecret();
  for (let n = 0; n < LIMIT; n++) await ask("/api/articles", { secret, address: freshAddress() });
  expect(calls).toEqual(["principal"]);
  at(NOON + 10_000);
  await ask("/api/articles", { secret, address: freshAddress() });
  expect(calls).toEqual(["principal", "principal"]);
});

describe("a valid token", () => {
  test("that the isolate accepted before passes while its address is blocked, and a new one waits a minute", async () => {
    at(NOON);
    const [known, fresh] = [await makeToken({ name: "Jane" }), await makeToken({ name: "Joan" })];
    const { ask } = startIsolate();
    const address = freshAddress();
    const before = await ask("/api/articles", { secret: known.token, address });
    for (let n = 0; n < LIMIT; n++) await ask("/api/articles", { secret: makeSecret(), address });
    const statuses = [known.token, fresh.token, env.EDITOR_TOKEN].map((secret) =>
      ask("/api/articles", { secret, address }),
    );
    expect([before, ...(await Promise.all(statuses))]).toEqual([200, 200, 429, 200]);
    at(NOON + 60_000);
    expect(await ask("/api/articles", { secret: fresh.token, address })).toBe(200);
  });

  test("isn't a failed attempt, however many tokens share an address", async () => {
    const tokens = await Promise.all(Array.from({ length: 2 * LIMIT }, () => makeToken()));
    const { ask } = startIsolate();
    const address = freshAddress();
    const statuses: number[] = [];
    for (const { token } of tokens) statuses.push(await ask("/api/articles", { secret: token, address }));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test("passes while a forgotten script goes on sending a revoked one", async () => {
    at(NOON);
    const [gone, fresh] = [await makeToken({ name: "Script" }), await makeToken({ name: "Joan" })];
    await edit("DELETE", `/api/tokens/${gone.id}`);
    const { ask } = startIsolate();
    const address = freshAddress();
    for (let n = 0; n < 3 * LIMIT; n++) await ask("/api/articles", { secret: gone.token, address });
    expect(await ask("/api/articles", { secret: fresh.token, address })).toBe(200);
  });

  test("is refused on its next request once it is revoked, though it was accepted a moment ago", async () => {
    const { token, id } = await makeToken();
    const { ask } = startIsolate();
    const address = freshAddress();
    const before = await ask("/api/articles", { secret: token, address });
    await edit("DELETE", `/api/tokens/${id}`);
    const after = [
      await ask("/api/articles", { secret: token, address }),
      await ask("/feeds", { secret: token, address }),
    ];
    expect([before, ...after]).toEqual([200, 401, 401]);
  });

  test("isn't counted as a failed attempt while the Desk is down", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const { token } = await makeToken();
    let isDown = true;
    const DESK = new Proxy(env.DESK, {
      get: () => () =>
        isDown ? { principal: () => Promise.reject(new Error("It is down")) } : env.DESK.getByName("desk"),
    });
    const app = createApp(site, "build", undefined);
    const headers = { ...by(token), "CF-Connecting-IP": freshAddress() };
    const ask = async (): Promise<number> => {
      const request = new Request(`${ORIGIN}/api/articles`, { headers });
      return (await app.fetch(request, { ...env, DESK }, createExecutionContext())).status;
    };
    const statuses: number[] = [];
    for (let n = 0; n <= LIMIT; n++) statuses.push(await ask());
    isDown = false;
    expect([new Set(statuses), await ask()]).toEqual([new Set([500]), 200]);
  });
});

describe("an EDITOR_TOKEN", () => {
  const CASES: [string, number][] = [
    ["x".repeat(23), 401],
    ["x".repeat(24), 200],
    ["", 401],
  ];
  test.each(CASES)(
    "%j is answered %i, and a useless one gets one log line with the command that makes a good one",
    async (secret, status) => {
      const log = vi.spyOn(console, "error").mockReturnValue();
      const app = createApp(site, "build", undefined);
      const ask = async (): Promise<number> => {
        const headers = {
          Authorization: `Bearer ${secret || "anything"}`,
          "CF-Connecting-IP": freshAddress(),
        };
        const request = new Request(`${ORIGIN}/api/articles`, { headers });
        return (await app.fetch(request, { ...env, EDITOR_TOKEN: secret }, createExecutionContext())).status;
      };
      expect([await ask(), await ask()]).toEqual([status, status]);
      const lines = log.mock.calls.flat().map(String);
      expect(lines).toHaveLength(status === 200 ? 0 : 1);
      expect(
        lines.filter((line) => !line.includes("crypto.randomBytes(32)") || line.includes("xxx")),
      ).toEqual([]);
    },
  );
});
