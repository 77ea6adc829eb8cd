import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { edit, request } from "../../support/newsroom.ts";
import { by, makeToken } from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

// The limit of FAILED_ATTEMPTS in wrangler.toml; its counter starts anew with each minute of the wall clock.
const LIMIT = 20;
const MOST = 2 * LIMIT + 1;

let addresses = 0;
/** An address that no other test has. */
const freshAddress = (): string => `192.0.2.${++addresses}`;

function attempt(address: string, secret = "wrong"): Promise<Response> {
  return request("/api/articles", { headers: { ...by(secret), "CF-Connecting-IP": address } });
}

/** Sends wrong tokens, the n-th from the n-th address, until an answer isn't 401. */
async function failUntilRefused(
  addressOf: (n: number) => string,
): Promise<{ attempts: number; last: Response }> {
  for (let n = 1; ; n++) {
    const last = await attempt(addressOf(n));
    if (last.status !== 401 || n === MOST) return { attempts: n, last };
  }
}

describe("[RFC 6750 3] a request without a valid token", () => {
  test.each<[string, Record<string, string>, string]>([
    ["no Authorization", {}, ""],
    ["another scheme", { Authorization: `Basic ${btoa(`editor:${env.EDITOR_TOKEN}`)}` }, ""],
    ["the token alone", { Authorization: env.EDITOR_TOKEN }, ""],
    ["a scheme that only starts like Bearer", { Authorization: `Bearertoken ${env.EDITOR_TOKEN}` }, ""],
    ["no token after Bearer", { Authorization: "Bearer" }, ', error="invalid_request"'],
    ["two tokens", { Authorization: "Bearer a b" }, ', error="invalid_request"'],
    ["quotes", { Authorization: `Bearer "${env.EDITOR_TOKEN}"` }, ', error="invalid_request"'],
    ["a comma", { Authorization: `Bearer ${env.EDITOR_TOKEN}, a` }, ', error="invalid_request"'],
    ["an unknown token", { Authorization: "Bearer dl_unknown" }, ', error="invalid_token"'],
    [
      "the token in other letters",
      { Authorization: `Bearer ${env.EDITOR_TOKEN.toUpperCase()}` },
      ', error="invalid_token"',
    ],
  ])("such as %s is a challenge", async (_, headers, error) => {
    const response = await request("/api/articles", {
      headers: { "CF-Connecting-IP": freshAddress(), ...headers },
    });
    expect({
      status: response.status,
      challenge: response.headers.get("WWW-Authenticate"),
      problem: await response.json(),
    }).toEqual({
      status: 401,
      challenge: `Bearer realm="Dateline"${error}`,
      problem: expect.objectContaining({ type: "https://news.example/problems/unauthorized", status: 401 }),
    });
  });

  test.each([
    ["GET", "/api/articles/a"],
    ["PUT", "/api/articles/a"],
    ["POST", "/api/articles/a/publish"],
    ["POST", "/api/import"],
    ["GET", "/api/export"],
    ["GET", "/api/audit"],
    ["POST", "/api/tokens"],
    ["GET", "/api/nothing"],
    ["PATCH", "/api/articles"],
  ])("learns nothing from %s %s", async (method, path) => {
    const response = await request(path, { method, ...(method === "GET" ? {} : { body: "{" }) });
    expect(response.status).toBe(401);
  });

  test.each(["bearer", "BEARER", "Bearer  "])(
    "isn't a request that writes %j before its token",
    async (scheme) => {
      const response = await request("/api/articles", {
        headers: { Authorization: `${scheme} ${env.EDITOR_TOKEN}` },
      });
      expect(response.status).toBe(200);
    },
  );
});

describe("failed attempts", () => {
  test("beyond the limit get a 429, from their address alone, and a valid token always passes", async () => {
    const { token } = await makeToken();
    const address = freshAddress();
    const { attempts, last } = await failUntilRefused(() => address);
    expect({
      status: last.status,
      retry: last.headers.get("Retry-After"),
      problem: await last.json(),
    }).toEqual({
      status: 429,
      retry: "60",
      problem: expect.objectContaining({
        type: "https://news.example/problems/too-many-attempts",
        status: 429,
      }),
    });
    expect(attempts).toBeGreaterThan(LIMIT);
    expect((await attempt(freshAddress())).status).toBe(401);
    const valid = await Promise.all([token, env.EDITOR_TOKEN].map((secret) => attempt(address, secret)));
    expect(valid.map(({ status }) => status)).toEqual([200, 200]);
  });

  test("count a revoked token", async () => {
    const { token, id } = await makeToken();
    await edit("DELETE", `/api/tokens/${id}`);
    const address = freshAddress();
    await failUntilRefused(() => address);
    expect((await attempt(address, token)).status).toBe(429);
  });

  test("don’t include a request without a token, which isn't a guess", async () => {
    const address = freshAddress();
    const statuses = new Set<number>();
    for (let n = 0; n < MOST; n++) {
      const response = await request("/api/articles", { headers: { "CF-Connecting-IP": address } });
      statuses.add(response.status);
    }
    expect([...statuses, (await attempt(address)).status]).toEqual([401, 401]);
  });

  test("from a whole IPv6 network of one client count together", async () => {
    const { last } = await failUntilRefused((n) => `2001:db8:0:1::${n.toString(16)}`);
    const others = await Promise.all(
      ["2001:db8:0:2::1", "2001:db8:1:1::1"].map((address) => attempt(address)),
    );
    expect([last.status, ...others.map(({ status }) => status)]).toEqual([429, 401, 401]);
  });

  test("keep no reader away", async () => {
    const address = freshAddress();
    await failUntilRefused(() => address);
    const feed = await request("/rss.xml", { headers: { "CF-Connecting-IP": address } });
    const upload = await edit("POST", "/api/articles", wire(), { "CF-Connecting-IP": address });
    expect([feed.status, upload.status]).toEqual([200, 201]);
  });
});
