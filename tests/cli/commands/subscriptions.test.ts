/** `dateline subscriptions`: the list, the end of one, and blocked hosts. */
import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { run } from "../run.ts";
import { problem, type Received, type Reply, startSite } from "../site.ts";

const WELL = {
  id: 1,
  topic: "https://news.example/rss.xml",
  feed: "all",
  host: "push.example.org",
  created: "2026-11-04T00:00:00Z",
  expires: "2026-11-14T00:00:00Z",
  lane: "healthy",
  lastSuccess: "2026-11-05T00:00:00Z",
};
const ILL = {
  ...WELL,
  id: 2,
  lane: "slow",
  lastFailure: { time: "2026-11-06T00:00:00Z", status: 503 },
  nextAttempt: "2026-11-06T00:01:00Z",
};
const { lastSuccess: _, ...NEVER } = WELL;
const SILENT = { ...NEVER, id: 3, lastFailure: { time: "2026-11-06T00:00:00Z" } };

const WELL_LINE =
  "1  https://news.example/rss.xml  push.example.org  healthy  expires 2026-11-14T00:00:00Z  succeeded 2026-11-05T00:00:00Z\n";

/** A list in two parts. */
function inParts({ path }: Received): Reply {
  return path.includes("cursor=c")
    ? { body: { subscriptions: [ILL, SILENT] } }
    : { body: { subscriptions: [WELL], next: "c" } };
}

test("subscriptions are listed, one a line, whatever the number of the list's parts", async (t) => {
  const site = await startSite(t, inParts);
  const { code, stdout } = await run(["subscriptions", "--to", site.origin]);
  equal(code, 0);
  equal(
    stdout,
    WELL_LINE +
      "2  https://news.example/rss.xml  push.example.org  slow  expires 2026-11-14T00:00:00Z  succeeded 2026-11-05T00:00:00Z  failed 2026-11-06T00:00:00Z (503)  next attempt 2026-11-06T00:01:00Z\n" +
      "3  https://news.example/rss.xml  push.example.org  healthy  expires 2026-11-14T00:00:00Z  failed 2026-11-06T00:00:00Z (no answer)\n",
  );
  deepEqual(
    site.received.map(({ method, path }) => `${method} ${path}`),
    ["GET /api/subscriptions", "GET /api/subscriptions?cursor=c"],
  );
});

test("with --json the whole list is one object, with every member", async (t) => {
  const site = await startSite(t, inParts);
  const { stdout } = await run(["subscriptions", "list", "--json", "--to", site.origin]);
  deepEqual(JSON.parse(stdout), { subscriptions: [WELL, ILL, SILENT] });
});

test("--feed limits the list to a feed", async (t) => {
  const site = await startSite(t, () => ({ body: { subscriptions: [] } }));
  const { code, stdout } = await run(["subscriptions", "--feed", "section:a+b", "--to", site.origin]);
  deepEqual({ code, stdout }, { code: 0, stdout: "" });
  deepEqual(
    site.received.map(({ path }) => path),
    ["/api/subscriptions?feed=section%3Aa%2Bb"],
  );
});

test("a part that is refused fails the command, and nothing is printed", async (t) => {
  const site = await startSite(t, (request, index) =>
    index === 0 ? inParts(request) : problem(400, "Bad request", { detail: "The cursor is not valid." }),
  );
  const { code, stdout, stderr } = await run(["subscriptions", "--to", site.origin]);
  deepEqual({ code, stdout, stderr }, { code: 1, stdout: "", stderr: "The cursor is not valid.\n" });
});

const ACTS: [string[], string, unknown, string][] = [
  [["end", "7"], "DELETE /api/subscriptions/7", { ended: 1 }, "ended  7\n"],
  [["end", "7"], "DELETE /api/subscriptions/7", { ended: 0 }, "not there  7\n"],
  [
    ["block", "push.example.org"],
    "PUT /api/blocked-hosts/push.example.org",
    { host: "push.example.org", since: "2026-11-04T00:00:00Z", ended: 3 },
    "blocked  push.example.org  3 ended\n",
  ],
  [
    ["unblock", "push.example.org"],
    "DELETE /api/blocked-hosts/push.example.org",
    { unblocked: 1 },
    "unblocked  push.example.org\n",
  ],
  [
    ["unblock", "push.example.org"],
    "DELETE /api/blocked-hosts/push.example.org",
    { unblocked: 0 },
    "not there  push.example.org\n",
  ],
];

for (const [args, request, body, line] of ACTS) {
  test(`${args.join(" ")} is sent, and printed as ${line.trim()}`, async (t) => {
    const site = await startSite(t, () => ({ body }));
    const { code, stdout } = await run(["subscriptions", ...args, "--to", site.origin]);
    deepEqual({ code, stdout }, { code: 0, stdout: line });
    deepEqual(
      site.received.map(({ method, path }) => `${method} ${path}`),
      [request],
    );
  });
}

test("what can't be a host is not blocked: the reason is printed", async (t) => {
  const site = await startSite(t, () => problem(422, "Invalid", { detail: "This is no host." }));
  const { code, stderr } = await run(["subscriptions", "block", "a:1", "--to", site.origin]);
  deepEqual({ code, stderr }, { code: 1, stderr: "This is no host.\n" });
});
