/** `dateline withdraw` and `dateline reinstate`: articles leave the feeds and come back. */
import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import { run } from "../run.ts";
import { accepted, problem, startSite } from "../site.ts";

test("articles are withdrawn, with the reason for readers", async (t) => {
  const site = await startSite(t, ({ path }) => accepted("withdrawn", path.includes("/a?") ? "a" : "b"));
  const { code, stdout } = await run([
    "withdraw",
    "a",
    "b",
    "--reason",
    "Wrong & withdrawn",
    "--to",
    site.origin,
    "--concurrency",
    "1",
  ]);
  deepEqual({ code, stdout }, { code: 0, stdout: "withdrawn  a\nwithdrawn  b\n\n2 withdrawn\n" });
  deepEqual(
    site.received.map(({ method, path }) => `${method} ${path}`),
    [
      "DELETE /api/articles/a?reason=Wrong%20%26%20withdrawn",
      "DELETE /api/articles/b?reason=Wrong%20%26%20withdrawn",
    ],
  );
});

test("a missing article fails the command, and the others are withdrawn", async (t) => {
  const site = await startSite(t, ({ path }) =>
    path.endsWith("/no") ? problem(404, "Not found") : accepted("withdrawn", "a"),
  );
  const { code, stdout } = await run(["withdraw", "no", "a", "--to", site.origin]);
  equal(code, 1);
  match(stdout, /\n1 withdrawn, 1 refused\nno: refused\n {2}Not found\n$/);
});

test("an article is reinstated", async (t) => {
  const site = await startSite(t, () => accepted("reinstated", "a"));
  const { code, stdout } = await run(["reinstate", "a", "--to", site.origin]);
  deepEqual({ code, stdout }, { code: 0, stdout: "reinstated  a\n\n1 reinstated\n" });
  deepEqual(
    site.received.map(({ method, path }) => `${method} ${path}`),
    ["POST /api/articles/a/reinstate"],
  );
});
