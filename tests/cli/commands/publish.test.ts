/** `dateline publish` against a site over HTTP. */
import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, run, TOKEN } from "../run.ts";
import { accepted, createsAll, problem, startSite } from "../site.ts";

test("a folder is published with all its files and subfolders, sorted, without hidden ones", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, {
    "b.txt": "B",
    "a.txt": "A",
    "deeper/c.txt": "C",
    ".hidden.txt": "no",
    ".git/d.txt": "no",
    "photo.jpg": "no",
  });
  const { code, stdout, stderr } = await run(["publish", folder, "--to", site.origin, "--concurrency", "1"]);
  const lines = [
    `created  a  (${join(folder, "a.txt")})`,
    `created  b  (${join(folder, "b.txt")})`,
    `created  c  (${join(folder, "deeper/c.txt")})`,
    "",
    "3 created",
    `skipped files of unknown formats: ${join(folder, "photo.jpg")}`,
    "",
  ];
  deepEqual({ code, stdout: stdout.split("\n"), stderr }, { code: 0, stdout: lines, stderr: "" });
  deepEqual(
    site.received.map(({ method, path, body }) => `${method} ${path} ${body}`),
    ["PUT /api/articles/a A", "PUT /api/articles/b B", "PUT /api/articles/c C"],
  );
  equal(site.received[0]?.headers.authorization, `Bearer ${TOKEN}`);
});

test("a folder is read however its path is written, also a hidden one", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, { ".drafts/a.txt": "A", ".drafts/.b.txt": "no" });
  for (const [cwd, path] of [
    [folder, "./.drafts/"],
    [join(folder, ".drafts"), "."],
  ] as const) {
    await run(["publish", path, "--to", site.origin], { cwd });
  }
  deepEqual(
    site.received.map(({ body }) => body),
    ["A", "A"],
  );
});

test("the ending of a file's name determines its media type", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, {
    "a-wire.txt": "A",
    "b-markdown.md": "B",
    "c-draft.json": '{"title":"C"}',
    "d-item.ninjs": '{"uri":"urn:d"}',
    "e-item.ninjs.json": '{"uri":"urn:e"}',
    "f-item.json": '{"uri":"urn:f","headline":"F"}',
    "g-item.json": '{"guid":"urn:g","pubstatus":"usable"}',
    "h-markdown.markdown": "H",
  });
  await run(["publish", folder, "--to", site.origin, "--concurrency", "1"]);
  deepEqual(
    site.received.map(({ method, path, headers }) => `${method} ${path} ${headers["content-type"]}`),
    [
      "PUT /api/articles/a-wire text/plain; charset=utf-8",
      "PUT /api/articles/b-markdown text/markdown; charset=utf-8",
      "PUT /api/articles/c-draft application/json",
      "POST /api/articles application/vnd.iptc.ninjs+json",
      "POST /api/articles application/vnd.iptc.ninjs+json",
      "POST /api/articles application/json",
      "POST /api/articles application/json",
      "PUT /api/articles/h-markdown text/markdown; charset=utf-8",
    ],
  );
});

test("a document whose name can't be an id is POSTed with a new Idempotency-Key in each run", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, { "Harbour Bridge.txt": "A", [`${"x".repeat(81)}.txt`]: "B" });
  await run(["publish", folder, "--to", site.origin]);
  await run(["publish", folder, "--to", site.origin]);
  deepEqual(
    site.received.map(({ method, path }) => `${method} ${path}`),
    Array.from({ length: 4 }, () => "POST /api/articles"),
  );
  const keys = site.received.map(({ headers }) => headers["idempotency-key"]);
  equal(new Set(keys).size, 4);
  for (const key of keys) match(String(key), /^[\w-]{36}$/);
});

test("--dry-run, --draft and --silent are passed on", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, { "a.txt": "A" });
  const { stdout } = await run(["publish", folder, "--to", site.origin, "--dry-run", "--draft", "--silent"]);
  deepEqual(
    site.received.map(({ path }) => path),
    ["/api/articles/a?dry-run&draft&silent"],
  );
  match(stdout, /dry run: nothing has changed/);
});

test("a refusal is printed with its file, its line and every reason, and fails the command", async (t) => {
  const issues = [
    { line: 1, field: "published", reason: "missing-time", detail: "There is no time.", found: "" },
    { path: "/authors/0", field: "authors", reason: "empty", detail: "This is empty.", found: "" },
  ];
  const site = await startSite(t, (request, index) =>
    request.path.endsWith("/bad") ? problem(422, "Wrong", { issues }) : createsAll(request, index),
  );
  const folder = await folderOf(t, { "bad.txt": "B", "good.txt": "G" });
  const { code, stdout } = await run(["publish", folder, "--to", site.origin]);
  equal(code, 1);
  match(stdout, /refused {2}\S+bad\.txt {2}line 1: There is no time\. \/authors\/0: This is empty\.\n/);
  match(stdout, /\n1 created, 1 refused\n\S+bad\.txt: refused\n {2}line 1: There is no time\.\n/);
});

test("an article that was withdrawn earlier is counted separately, and is no failure", async (t) => {
  const site = await startSite(t, () => problem(410, "Withdrawn"));
  const folder = await folderOf(t, { "old.txt": "O" });
  const { code, stdout } = await run(["publish", folder, "--to", site.origin]);
  equal(code, 0);
  match(stdout, /^withdrawn earlier {2}\S+old\.txt/);
  match(stdout, /\n1 withdrawn earlier\n/);
});

test("revised, unchanged and withdrawn articles are counted, and warnings are printed", async (t) => {
  const warning = { line: 2, field: "headline", reason: "x", detail: "It is not repeated.", found: "" };
  const site = await startSite(t, ({ path }) => {
    const id = path.slice("/api/articles/".length);
    return accepted(id, id, id === "revised" ? { warnings: [warning] } : {});
  });
  const folder = await folderOf(t, { "revised.txt": "", "unchanged.txt": "", "withdrawn.txt": "" });
  const { code, stdout } = await run(["publish", folder, "--to", site.origin]);
  equal(code, 0);
  match(stdout, /\n1 revised, 1 unchanged, 1 withdrawn\n/);
  match(stdout, /revised\.txt: accepted with a warning\n {2}line 2: It is not repeated\.\n/);
});

test("--json gives the result to programs", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, { "a.txt": "A" });
  const { stdout } = await run(["publish", join(folder, "a.txt"), "--to", site.origin, "--json"]);
  const summary: unknown = JSON.parse(stdout);
  deepEqual(summary, {
    counts: {
      created: 1,
      revised: 0,
      unchanged: 0,
      withdrawn: 0,
      reinstated: 0,
      uploaded: 0,
      "kept-already": 0,
      "withdrawn-before": 0,
      refused: 0,
      "left-out": 0,
      unanswered: 0,
      unsent: 0,
      drafts: 0,
    },
    documents: [
      {
        document: join(folder, "a.txt"),
        result: "created",
        id: "a",
        url: "https://news.example/articles/a",
        status: "published",
        warnings: [],
      },
    ],
    files: [],
  });
});

test("a file with an unknown ending is refused when it is named", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, { "photo.jpg": "" });
  const { code, stdout } = await run(["publish", join(folder, "photo.jpg"), "--to", site.origin]);
  equal(code, 1);
  match(stdout, /photo\.jpg: refused\n {2}The name must end in one of/);
  equal(site.received.length, 0);
});

test("control characters from others can't steer the terminal", async (t) => {
  const site = await startSite(t, () => problem(422, "\u{1b}[2JWrong\u{7}"));
  const folder = await folderOf(t, { "a.txt": "" });
  const { stdout } = await run(["publish", folder, "--to", site.origin]);
  match(stdout, /\n {2}�\[2JWrong�\n/);
});
