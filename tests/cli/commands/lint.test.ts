/** `dateline lint`: the verdicts of aggregators, for people and for programs. */
import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, run } from "../run.ts";
import { accepted, problem, type Reply, startSite } from "../site.ts";

const VERDICTS = [
  { aggregator: "Flipboard", id: "flipboard", verdict: "accepts", findings: [] },
  {
    aggregator: "MSN",
    id: "msn",
    verdict: "refuses",
    findings: [
      {
        rule: "msn-image",
        severity: "refuses",
        field: "image",
        detail: "There is no picture.",
        found: "none",
        requirement: "Every article has a picture.",
        source: "https://msn.example/rules",
      },
    ],
  },
];

function dryRun(): Reply {
  const warning = { line: 1, field: "sections", reason: "new-section", detail: "It is new.", found: "X" };
  return accepted("created", "a", {
    verdicts: VERDICTS,
    warnings: [warning],
    renderings: { rss: "<item/>", atom: "<entry/>", json: "{}" },
  });
}

test("each aggregator's verdict is printed with its findings, and nothing changes", async (t) => {
  const site = await startSite(t, dryRun);
  const file = join(await folderOf(t, { "a.txt": "A" }), "a.txt");
  const { code, stdout } = await run(["lint", file, "--to", site.origin]);
  const lines = [
    file,
    "  line 1: It is new. Found: X",
    "  Flipboard accepts",
    "  MSN refuses",
    "    refuses, image: There is no picture. Found: none",
    "      “Every article has a picture.” https://msn.example/rules",
    "",
  ];
  deepEqual({ code, stdout: stdout.split("\n") }, { code: 0, stdout: lines });
  deepEqual(
    site.received.map(({ method, path }) => `${method} ${path}`),
    ["PUT /api/articles/a?dry-run"],
  );
});

test("--strict fails when an aggregator refuses", async (t) => {
  const site = await startSite(t, dryRun);
  const folder = await folderOf(t, { "a.txt": "A" });
  const { code } = await run(["lint", folder, "--to", site.origin, "--strict"]);
  equal(code, 1);
});

test("a document that the site refuses fails the command", async (t) => {
  const issues = [{ line: 3, field: "body", reason: "missing-body", detail: "There is no body.", found: "" }];
  const site = await startSite(t, () => problem(422, "Wrong", { issues }));
  const folder = await folderOf(t, { "a.txt": "A" });
  const { code, stdout } = await run(["lint", folder, "--to", site.origin]);
  equal(code, 1);
  match(stdout, /a\.txt: refused\n {2}line 3: There is no body\.\n$/);
});

test("--json gives the verdicts to programs", async (t) => {
  const site = await startSite(t, dryRun);
  const file = join(await folderOf(t, { "a.txt": "A" }), "a.txt");
  const { stdout } = await run(["lint", file, "--to", site.origin, "--json"]);
  const [answer]: unknown[] = JSON.parse(stdout);
  deepEqual(answer, {
    document: file,
    result: "created",
    warnings: [{ line: 1, field: "sections", reason: "new-section", detail: "It is new.", found: "X" }],
    verdicts: VERDICTS,
  });
});
