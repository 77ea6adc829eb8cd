/** `dateline export`: a whole file, or none. */
import { deepEqual, equal, match } from "node:assert/strict";
import { chmod, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, run } from "../run.ts";
import { problem, startSite } from "../site.ts";

const LINES = '{"article":1}\n{"article":2}\n';
const WHOLE = `${LINES}{"end":{"articles":2,"lines":2}}\n`;

test("an export is written to a file", async (t) => {
  const site = await startSite(t, () => ({ body: WHOLE }));
  const folder = await folderOf(t, { "all.ndjson": "what was there before" });
  const file = join(folder, "all.ndjson");
  const { code, stdout, stderr } = await run(["export", file, "--to", site.origin]);
  deepEqual({ code, stdout }, { code: 0, stdout: "" });
  match(stderr, /^exported 2 articles in 2 lines to /);
  equal(await readFile(file, "utf8"), WHOLE);
  deepEqual(await readdir(folder), ["all.ndjson"]);
  deepEqual(
    site.received.map(({ method, path }) => `${method} ${path}`),
    ["GET /api/export"],
  );
});

test(
  "only its owner may read an export, even if others could read the file before",
  { skip: process.platform === "win32" },
  async (t) => {
    const site = await startSite(t, () => ({ body: WHOLE }));
    const folder = await folderOf(t, { "old.ndjson": "what was there before" });
    await chmod(join(folder, "old.ndjson"), 0o644);
    for (const name of ["old.ndjson", "new.ndjson"]) {
      equal((await run(["export", join(folder, name), "--to", site.origin])).code, 0);
      equal((await stat(join(folder, name))).mode & 0o777, 0o600);
    }
  },
);

test("without a file the export alone goes to standard output", async (t) => {
  const site = await startSite(t, () => ({ body: WHOLE }));
  const { code, stdout } = await run(["export", "--to", site.origin]);
  deepEqual({ code, stdout }, { code: 0, stdout: WHOLE });
});

for (const [title, reply] of [
  ["an export without its last line fails, and leaves the old file", { body: LINES }],
  ["an export whose connection breaks fails, and leaves the old file", { body: LINES, isCutOff: true }],
  ["an export that is refused fails, and leaves the old file", problem(403, "Forbidden")],
] as const) {
  test(title, async (t) => {
    const site = await startSite(t, () => reply);
    const folder = await folderOf(t, { "all.ndjson": "before" });
    const { code, stderr } = await run(["export", join(folder, "all.ndjson"), "--to", site.origin]);
    equal(code, 1);
    match(stderr, /cut off before its end: \S+ was not written|refused the export: Forbidden/);
    deepEqual(await readdir(folder), ["all.ndjson"]);
    equal(await readFile(join(folder, "all.ndjson"), "utf8"), "before");
  });
}

test("an export to standard output fails when it is cut off", async (t) => {
  const site = await startSite(t, () => ({ body: LINES, isCutOff: true }));
  const { code, stdout } = await run(["export", "--to", site.origin]);
  deepEqual({ code, stdout }, { code: 1, stdout: LINES });
});

test("a missing folder is an error before any request", async (t) => {
  const site = await startSite(t, () => ({ body: WHOLE }));
  const folder = await folderOf(t, {});
  const { code, stderr } = await run(["export", join(folder, "no/all.ndjson"), "--to", site.origin]);
  equal(code, 2);
  match(stderr, /There is no folder \S+\/no\n/);
  equal(site.received.length, 0);
});
