/** The warnings of the command line and of the site: `dateline publish` prints both, with the text that they are about. */
import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { rssOf } from "../feed-file/feed.ts";
import { folderOf, run } from "../run.ts";
import { accepted, problem, startSite } from "../site.ts";

test("warnings about the feed and warnings of the site are printed together, each with the text found", async (t) => {
  const warning = { path: "/tags/0", field: "tags", reason: "x", detail: "It was cut.", found: "Arts" };
  const { origin } = await startSite(t, () => accepted("created", "a", { warnings: [warning] }));
  const feed = rssOf("<title>One</title><enclosure type='audio/mpeg'/>");
  const path = join(await folderOf(t, { "feed.xml": feed }), "feed.xml");
  const args = ["publish", path, "--section", "Sea", "--to", origin];
  const { stdout } = await run(args);
  const lines = [
    `${path}, item 1: accepted with warnings`,
    "  The feed gives no address for this file: it was left out. Found: audio/mpeg",
    "  /tags/0: It was cut. Found: Arts",
    "",
  ];
  deepEqual(stdout.split("\n").slice(3), lines);
  const { documents }: { documents?: { warnings?: { found?: string }[] }[] } = JSON.parse(
    (await run([...args, "--json"])).stdout,
  );
  deepEqual(
    documents?.[0]?.warnings?.map(({ found }) => found),
    ["audio/mpeg", "Arts"],
  );
});

test("a refusal is printed with the text found, and with the warnings", async (t) => {
  const issues = [
    { path: "/title", field: "headline", reason: "too-long", detail: "This is too long.", found: "Ab…" },
  ];
  const warnings = [{ path: "/tags/0", field: "tags", reason: "x", detail: "It was cut.", found: "Arts" }];
  const { origin } = await startSite(t, () => problem(422, "Wrong", { issues, warnings }));
  const folder = await folderOf(t, { "a.txt": "A" });
  const { code, stdout } = await run(["publish", folder, "--to", origin]);
  equal(code, 1);
  match(
    stdout,
    /a\.txt: refused\n {2}\/title: This is too long\. Found: Ab…\n {2}Warning: \/tags\/0: It was cut\. Found: Arts\n$/,
  );
});
