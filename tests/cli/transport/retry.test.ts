/** Retries: the requests that are sent again, and those that are not. */
import { deepEqual, equal, match } from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { backOff, retryAfter } from "../../../src/cli/transport/retry.ts";
import { folderOf, run } from "../run.ts";
import { createsAll, problem, startSite } from "../site.ts";

const AT_ONCE = { "Retry-After": "0" };

for (const status of [429, 503, 500, 502]) {
  test(`after ${status} the same request is sent again`, async (t) => {
    const site = await startSite(t, (request, index) =>
      index === 0 ? { status, headers: AT_ONCE } : createsAll(request, index),
    );
    const folder = await folderOf(t, { "Any Name.txt": "A" });
    const { code } = await run(["publish", folder, "--to", site.origin]);
    equal(code, 0);
    const [first, second, ...more] = site.received.map(({ headers, body }) => [
      headers["idempotency-key"],
      body,
    ]);
    deepEqual(second, first);
    deepEqual(more, []);
  });
}

test("a request is sent again when the connection breaks before the answer", async (t) => {
  const site = await startSite(t, (request, index) =>
    index === 0 ? { isCutOff: true, body: '{"change":' } : createsAll(request, index),
  );
  const folder = await folderOf(t, { "a.txt": "A" });
  const { code, stdout } = await run(["publish", folder, "--to", site.origin]);
  equal(code, 0);
  match(stdout, /\n1 created\n/);
  equal(site.received.length, 2);
});

test("attempts are limited, and the last response is the reason", async (t) => {
  const site = await startSite(t, () => ({ ...problem(503, "Too busy"), headers: AT_ONCE }));
  const folder = await folderOf(t, { "a.txt": "A" });
  const { code, stdout } = await run(["publish", folder, "--to", site.origin]);
  equal(code, 1);
  match(stdout, /a\.txt: refused\n {2}Too busy\n/);
  equal(site.received.length, 5);
});

test("a refusal is not sent again", async (t) => {
  const site = await startSite(t, () => problem(422, "Wrong"));
  const folder = await folderOf(t, { "a.txt": "A" });
  await run(["publish", folder, "--to", site.origin]);
  equal(site.received.length, 1);
});

test("a Retry-After of hours is an error instead of a wait", async (t) => {
  const site = await startSite(t, () => ({
    ...problem(429, "Come back tomorrow"),
    headers: { "Retry-After": "86400" },
  }));
  const folder = await folderOf(t, { "a.txt": "A" });
  const { stdout } = await run(["publish", folder, "--to", site.origin]);
  match(stdout, /a\.txt: refused\n {2}Come back tomorrow\n/);
  equal(site.received.length, 1);
});

test("a request that isn’t idempotent is not sent again when the server fails", async (t) => {
  const site = await startSite(t, () => problem(500, "Broken"));
  const { code } = await run(["token", "make", "Desk", "--right", "publish", "--to", site.origin]);
  equal(code, 1);
  equal(site.received.length, 1);
});

test("after a wrong token nothing more is sent", async (t) => {
  const site = await startSite(t, () => problem(401, "Unauthorized", { detail: "The token is not known." }));
  const folder = await folderOf(t, { "a.txt": "A", "b.txt": "B", "c.txt": "C" });
  const { code, stdout } = await run(["publish", folder, "--to", site.origin, "--concurrency", "1"]);
  equal(code, 1);
  match(stdout, /\n1 refused, 2 not sent\n/);
  equal(site.received.length, 1);
});

test("the run ends when the site can't be reached, and names it", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  server.close();
  const folder = await folderOf(t, { "a.txt": "A" });
  const { code, stdout } = await run(["publish", folder, "--to", `http://127.0.0.1:${port}`]);
  equal(code, 1);
  match(
    stdout,
    /\n1 without an answer\n\S+a\.txt: no answer\n {2}http:\/\/127\.0\.0\.1:\d+ can't be reached: .*ECONNREFUSED/,
  );
});

test("a redirect is not followed: the token goes nowhere else", async (t) => {
  const other = await startSite(t, createsAll);
  const site = await startSite(t, () => ({
    status: 307,
    headers: { Location: `${other.origin}/api/articles/a` },
  }));
  const folder = await folderOf(t, { "a.txt": "A" });
  const { code, stdout } = await run(["publish", folder, "--to", site.origin]);
  equal(code, 1);
  match(stdout, /Does --to name a Dateline site\?/);
  equal(other.received.length, 0);
});

test("Retry-After is seconds or a date", () => {
  const now = Date.parse("2026-11-04T07:00:00Z");
  const waits = [
    "120",
    " 0 ",
    "Wed, 04 Nov 2026 07:00:05 GMT",
    "Wed, 04 Nov 2026 06:00:00 GMT",
    "soon",
    "",
    null,
  ].map((field) => retryAfter(field, now));
  deepEqual(waits, [120_000, 0, 5000, 0, undefined, undefined, undefined]);
});

test("each wait is longer than the one before, whatever the jitter", () => {
  const shortest = [2, 3, 4].map((attempt) => backOff(attempt, 0));
  const longest = [1, 2, 3].map((attempt) => backOff(attempt, 1));
  deepEqual(shortest, longest);
  deepEqual(longest, [400, 800, 1600]);
});
