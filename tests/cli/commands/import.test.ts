/** `dateline import`: batches of lines, their refusals, and the end of a run. */
import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { batchesOf, linesOf } from "../../../src/cli/files/lines.ts";
import { folderOf, run, start } from "../run.ts";
import { problem, type Received, type Reply, startSite } from "../site.ts";

/** Responds line by line, as the site does. */
function imports({ body }: Received, refuses: (line: string) => boolean = () => false): Reply {
  const lines = body.trimEnd().split("\n");
  const answers = lines.map((line, index) =>
    refuses(line)
      ? {
          line: index + 1,
          problem: {
            type: "x",
            title: "Wrong",
            status: 422,
            issues: [
              { path: "/title", field: "headline", reason: "empty", detail: "It is empty.", found: "" },
            ],
          },
        }
      : { line: index + 1, change: "created", id: `id-${line}`, revision: 1 },
  );
  return ndjson([...answers, { summary: { lines: lines.length } }]);
}

function ndjson(values: readonly unknown[]): Reply {
  return { body: values.map((value) => `${JSON.stringify(value)}\n`).join("") };
}

function numbered(count: number): string {
  return Array.from({ length: count }, (_, index) => `${index + 1}\n`).join("");
}

async function* streamOf(...chunks: string[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

test("lines are sent in requests of bounded size, one after the other, in their order", async (t) => {
  const site = await startSite(t, (request) => imports(request));
  const folder = await folderOf(t, { "all.ndjson": numbered(1234) });
  const { code, stdout } = await run(["import", join(folder, "all.ndjson"), "--to", site.origin]);
  equal(code, 0);
  equal(site.most.atOnce, 1);
  deepEqual(
    site.received.map(({ method, path, headers, body }) => [
      `${method} ${path}`,
      headers["content-type"],
      body.split("\n").length - 1,
    ]),
    [500, 500, 234].map((lines) => ["POST /api/import", "application/x-ndjson", lines]),
  );
  equal(site.received.map(({ body }) => body).join(""), numbered(1234));
  match(stdout, /^created {2}id-1 {2}\(line 1\)\n/);
  match(stdout, /\n1234 lines, 1234 created\n$/);
});

test("a request holds no more than a megabyte, unless a single line does", async (t) => {
  const site = await startSite(t, (request) => imports(request));
  const line = "x".repeat(300_000);
  const long = "y".repeat(2_000_000);
  const stdin = [line, line, line, line, long, line].join("\n");
  await run(["import", "-", "--to", site.origin], { stdin });
  deepEqual(
    site.received.map(({ body }) => body.length),
    [900_003, 300_001, 2_000_001, 300_001],
  );
});

test("a refused line is named by its number in the file, with blank lines counted", async (t) => {
  const site = await startSite(t, (request) => imports(request, (line) => line === "bad"));
  const stdin = `${numbered(500)}\n\nbad\nlast`;
  const { code, stdout } = await run(["import", "-", "--to", site.origin], { stdin });
  equal(code, 1);
  match(stdout, /\nrefused {2}line 503 {2}\/title: It is empty\.\n/);
  match(stdout, /\n502 lines, 501 created, 1 refused\nline 503: refused\n {2}\/title: It is empty\.\n$/);
});

test("after a response that was cut off the same lines are sent again", async (t) => {
  const site = await startSite(t, (request, index) => {
    if (index === 0)
      return { ...imports(request), isCutOff: true, body: '{"line":1,"change":"created","id":"a"}\n' };
    if (index === 1) return ndjson([{ line: 1, change: "created", id: "a" }]);
    return imports(request);
  });
  const { code, stdout } = await run(["import", "-", "--to", site.origin], { stdin: "1\n2\n" });
  equal(code, 0);
  deepEqual(
    site.received.map(({ body }) => body),
    ["1\n2\n", "1\n2\n", "1\n2\n"],
  );
  match(stdout, /\n2 lines, 2 created\n$/);
});

test("a line that the response doesn’t mention counts as refused", async (t) => {
  const site = await startSite(t, () => ndjson([{ line: 2, change: "revised", id: "b" }, { summary: {} }]));
  const { code, stdout } = await run(["import", "-", "--to", site.origin], { stdin: "1\n2\n" });
  equal(code, 1);
  match(
    stdout,
    /\n2 lines, 1 revised, 1 refused\nline 1: refused\n {2}The site has said nothing of this line\.\n$/,
  );
});

test("a request that is refused as a whole ends the import, with the reason", async (t) => {
  const site = await startSite(t, () =>
    problem(403, "Forbidden", { detail: "This needs the right “publish”." }),
  );
  const { code, stdout } = await run(["import", "-", "--to", site.origin], { stdin: numbered(600) });
  equal(code, 1);
  equal(site.received.length, 1);
  match(stdout, /The import is not complete: This needs the right “publish”\./);
});

test("the line that ends an export is not sent", async (t) => {
  const site = await startSite(t, (request) => imports(request));
  const stdin = '1\n{"end":{"articles":1,"lines":1}}\n';
  await run(["import", "-", "--to", site.origin], { stdin });
  deepEqual(
    site.received.map(({ body }) => body),
    ["1\n"],
  );
});

test("Ctrl-C lets the request under way finish, and the summary says that the import isn’t complete", async (t) => {
  const held = Promise.withResolvers<void>();
  const site = await startSite(t, async (request) => {
    await held.promise;
    return imports(request);
  });
  const folder = await folderOf(t, { "all.ndjson": numbered(1200) });
  const { child, says, ended } = start(["import", join(folder, "all.ndjson"), "--to", site.origin]);
  await site.have(1);
  child.kill("SIGINT");
  await says("Ctrl-C again");
  held.resolve();
  const { code, stdout } = await ended;
  equal(code, 130);
  equal(site.received.length, 1);
  match(stdout, /\n500 lines, 500 created\nThe import is not complete: .*\nRun it again to go on\.\n$/);
});

test("lines are split the same wherever the chunks of a stream end", async () => {
  const lines = await Array.fromAsync(
    linesOf(streamOf("a", "b\nc", "\n", "\nd\ne")),
    ({ number, bytes, end }) => [number, bytes.toString(), end],
  );
  deepEqual(lines, [
    [1, "ab", 3],
    [2, "c", 5],
    [3, "", 6],
    [4, "d", 8],
    [5, "e", 9],
  ]);
});

test("a batch ends before the line that would make it too long", async () => {
  const batches = batchesOf(linesOf(streamOf("1\n2\n3\nlong line\n4\n")), { lines: 2, bytes: 6 });
  const numbers = await Array.fromAsync(batches, (batch) => batch.map(({ number }) => number));
  deepEqual(numbers, [[1, 2], [3], [4], [5]]);
});
