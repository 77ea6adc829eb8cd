/** Wrong usage, help, and the address of the site. */
import { equal, match } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, run } from "../run.ts";
import { createsAll, startSite } from "../site.ts";

for (const [title, args] of [
  ["no command", []],
  ["an unknown command", ["publsh"]],
  ["an unknown option", ["publish", ".", "--drft"]],
  ["no path", ["publish"]],
  ["a concurrency that isn't a number", ["publish", ".", "--concurrency", "many"]],
  ["a concurrency of 0", ["publish", ".", "--concurrency", "0"]],
  ["a path that isn't there", ["publish", "no-such-file.txt"]],
  ["an import of a file that isn't there", ["import", "no-such-file.ndjson"]],
  ["an invalid address", ["token", "list", "--to", "news.example"]],
  ["an address with a path", ["token", "list", "--to", "https://news.example/api"]],
  ["an address with a password", ["token", "list", "--to", "https://me:secret@news.example"]],
  ["a token without rights", ["token", "make", "Desk"]],
  ["--json beside an export to standard output", ["export", "--json"]],
] as const) {
  test(`${title} is wrong usage`, async () => {
    const { code, stdout, stderr } = await run(args);
    equal(code, 2);
    equal(stdout, "");
    match(stderr, /./);
  });
}

test("--help is no error", async () => {
  const { code, stdout } = await run(["publish", "--help"]);
  equal(code, 0);
  match(stdout, /Usage: dateline publish/);
});

test("DATELINE_URL is the address of the site, and --to wins over it", async (t) => {
  const [named, other] = [await startSite(t, createsAll), await startSite(t, createsAll)];
  const folder = await folderOf(t, { "a.txt": "A" });
  const env = { DATELINE_TOKEN: "t", DATELINE_URL: named.origin };
  await run(["publish", folder], { env });
  await run(["publish", folder, "--to", `${other.origin}/`], { env });
  equal(`${named.received.length} ${other.received.length}`, "1 1");
});

test("a file that is named twice is published once", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, { "a.txt": "A" });
  await run(["publish", folder, join(folder, "a.txt"), "--to", site.origin]);
  equal(site.received.length, 1);
});

test("for an empty folder there is nothing to do", async (t) => {
  const { code, stdout } = await run(["publish", await folderOf(t, {})]);
  equal(code, 0);
  match(stdout, /nothing to do/);
});
