/** `dateline media`: what it sends, what it says, and what it writes. */
import { deepEqual, equal, match } from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, run } from "../run.ts";
import { accepted, problem, type Received, type Reply, startSite } from "../site.ts";

const BYTES = "the bytes of a picture";
const ID = createHash("sha256").update(BYTES).digest("hex");

function picture(more: Record<string, unknown> = {}): Record<string, unknown> {
  const file = { type: "image/png", width: 1600, height: 900, length: BYTES.length };
  const url = `https://news.example/media/${ID}.png`;
  return { id: ID, url, ...file, sizes: [], created: "2026-11-04T07:07:06.000Z", ...more };
}

function kept(status: number, more: Record<string, unknown> = {}): Reply {
  return { status, body: { media: picture(), proposed: {}, warnings: [], ...more } };
}

/** A site that keeps the picture, and sets it on any article. */
function keeps({ method, path }: Received): Reply {
  if (path.endsWith("/picture")) return accepted("revised", "bridge");
  return method === "POST" ? kept(201) : { body: { media: picture(), uses: ["bridge"] } };
}

function asked(received: readonly Received[]): string[] {
  return received.map(({ method, path }) => `${method} ${path}`);
}

test("put sends the bytes with their number and what is said of them", async (t) => {
  const site = await startSite(t, () => kept(201));
  const folder = await folderOf(t, { "quay.png": BYTES });
  const said = ["--alt", "The quay & its crane", "--credit", "Sam Poe", "--proposals"];
  const { code, stdout } = await run([
    "media",
    "put",
    join(folder, "quay.png"),
    ...said,
    "--to",
    site.origin,
  ]);
  deepEqual(asked(site.received), ["POST /api/media?alt=The+quay+%26+its+crane&credit=Sam+Poe&proposals"]);
  deepEqual(
    site.received.map(({ body, headers }) => [body, headers["content-length"]]),
    [[BYTES, String(BYTES.length)]],
  );
  equal(code, 0);
  match(stdout, new RegExp(`^uploaded  ${ID}  \\(.*quay\\.png\\)\n\n1 uploaded$`, "m"));
});

test("put says which pictures the site kept already, and what a file says that nobody took", async (t) => {
  const site = await startSite(t, () => kept(200, { proposed: { credit: "Ada Reef" } }));
  const folder = await folderOf(t, { "quay.png": BYTES });
  const { stdout } = await run(["media", "put", join(folder, "quay.png"), "--to", site.origin]);
  match(stdout, /^1 kept already$/m);
  match(stdout, /quay\.png: the file says more; --proposals takes it\n {2}credit: Ada Reef$/m);
});

test("put with --article sets the picture by the id that the site gave", async (t) => {
  const site = await startSite(t, keeps);
  const folder = await folderOf(t, { "quay.png": BYTES });
  const { code, stdout } = await run([
    "media",
    "put",
    join(folder, "quay.png"),
    "--article",
    "bridge",
    "--json",
    "--to",
    site.origin,
  ]);
  equal(code, 0);
  deepEqual(asked(site.received), ["POST /api/media", "POST /api/articles/bridge/picture"]);
  equal(site.received[1]?.body, JSON.stringify({ media: ID }));
  const { documents }: { documents: { result: string }[] } = JSON.parse(stdout);
  deepEqual(
    documents.map(({ result }) => result),
    ["uploaded", "revised"],
  );
});

test("an article keeps its picture when the new one is refused", async (t) => {
  const site = await startSite(t, () => problem(422, "The picture can't be kept"));
  const folder = await folderOf(t, { "quay.png": BYTES });
  const { code, stdout } = await run([
    "media",
    "put",
    join(folder, "quay.png"),
    "--article",
    "bridge",
    "--to",
    site.origin,
  ]);
  deepEqual([code, asked(site.received)], [1, ["POST /api/media"]]);
  match(stdout, /The picture can't be kept/);
});

test("files that can be no picture are refused before any request", async (t) => {
  const site = await startSite(t, () => kept(201));
  const folder = await folderOf(t, { "empty.png": "", "large.png": "x" });
  await truncate(join(folder, "large.png"), 15_000_001);
  const files = ["empty.png", "large.png", "none.png", "."].map((name) => join(folder, name));
  const { code, stdout } = await run(["media", "put", ...files, "--to", site.origin]);
  equal(code, 1);
  match(stdout, /^4 refused$/m);
  match(stdout, /large\.png has 15000001 bytes\. A picture has 15000000 at most\./);
  match(stdout, /There is no file \S+none\.png/);
  equal(site.received.length, 0);
});

for (const words of [
  ["put", "a.png", "b.png", "--alt", "Both"],
  ["put", "a.png", "b.png", "--article", "bridge"],
  ["get", ID, "no-such-folder/quay.png"],
  ["get", ID, "-", "--json"],
  ["describe", ID],
]) {
  test(`media ${words.join(" ").replace(ID, "<id>")} is wrong usage`, async (t) => {
    const site = await startSite(t, keeps);
    const { code } = await run(["media", ...words, "--to", site.origin]);
    deepEqual([code, site.received.length], [2, 0]);
  });
}

test("list goes through all parts of the list", async (t) => {
  const site = await startSite(t, ({ path }) => ({
    body: path.endsWith("cursor=next%3D")
      ? { media: [picture({ isMissing: true })] }
      : { media: [picture({ alt: "The quay" })], next: "next=" },
  }));
  const { code, stdout } = await run(["media", "list", "--to", site.origin]);
  const line = `${ID}  1600×900  image/png  1 kB`;
  deepEqual(
    { code, lines: stdout.trim().split("\n") },
    {
      code: 0,
      lines: [`${line}  The quay`, `${line}  no alternative text  its file was not uploaded here`],
    },
  );
});

test("get writes the bytes to a file for its owner alone, or to standard output", async (t) => {
  const site = await startSite(t, (request) =>
    request.path.startsWith("/media/") ? { body: BYTES } : keeps(request),
  );
  const folder = await folderOf(t, { "old.png": "what was there before" });
  const file = join(folder, "old.png");
  equal((await run(["media", "get", ID, file, "--to", site.origin])).code, 0);
  equal(await readFile(file, "utf8"), BYTES);
  if (process.platform !== "win32") equal((await stat(file)).mode & 0o777, 0o600);
  deepEqual(asked(site.received), [`GET /api/media/${ID}`, `GET /media/${ID}.png`]);
  equal((await run(["media", "get", ID, "-", "--to", site.origin])).stdout, BYTES);
});

test("get asks again for bytes that are not the picture's, and leaves the file as it was", async (t) => {
  const site = await startSite(t, (request) =>
    request.path.startsWith("/media/") ? { body: "other bytes" } : keeps(request),
  );
  const folder = await folderOf(t, { "old.png": "before" });
  const { code, stderr } = await run(["media", "get", ID, join(folder, "old.png"), "--to", site.origin]);
  equal(code, 1);
  match(stderr, /are not those of this picture/);
  equal(site.received.filter(({ path }) => path.startsWith("/media/")).length, 5);
  deepEqual(await readdir(folder), ["old.png"]);
  equal(await readFile(join(folder, "old.png"), "utf8"), "before");
});

test("describe keeps the texts that it doesn't name", async (t) => {
  const site = await startSite(t, ({ method }) =>
    method === "PUT"
      ? { body: picture({ alt: "New", licence: "CC BY 4.0" }) }
      : { body: { media: picture({ alt: "Old", credit: "Sam", licence: "CC BY 4.0" }), uses: [] } },
  );
  const words = ["--alt", "New", "--credit", ""];
  const { code, stdout } = await run(["media", "describe", ID, ...words, "--to", site.origin]);
  equal(code, 0);
  deepEqual(JSON.parse(site.received[1]?.body ?? ""), { alt: "New", credit: "", licence: "CC BY 4.0" });
  match(stdout, /alt {6}New/);
});

test("describe replaces no description but the one that it has read", async (t) => {
  const site = await startSite(t, ({ method }) =>
    method === "PUT"
      ? problem(412, "The precondition does not hold")
      : { headers: { ETag: '"a1"' }, body: { media: picture({ alt: "Old" }), uses: [] } },
  );
  const { code, stderr } = await run(["media", "describe", ID, "--credit", "Sam", "--to", site.origin]);
  equal(code, 1);
  match(stderr, /The precondition does not hold/);
  equal(site.received[1]?.headers["if-match"], '"a1"');
});

for (const [option, alt] of [
  [["--no-alt"], null],
  [["--alt", ""], ""],
] as const) {
  test(`describe ${option.join(" ")} sends ${JSON.stringify(alt)} for the alternative text`, async (t) => {
    const site = await startSite(t, ({ method }) =>
      method === "PUT"
        ? { body: picture({}) }
        : { body: { media: picture({ alt: "Old", credit: "Sam" }), uses: [] } },
    );
    equal((await run(["media", "describe", ID, ...option, "--to", site.origin])).code, 0);
    deepEqual(JSON.parse(site.received[1]?.body ?? ""), { alt, credit: "Sam" });
  });
}

test("remove names the articles that use the picture", async (t) => {
  const site = await startSite(t, () => problem(409, "Articles use this picture", { articles: ["a", "b"] }));
  const { code, stderr } = await run(["media", "remove", ID, "--to", site.origin]);
  equal(code, 1);
  match(stderr, /Articles use this picture\nArticles: a, b/);
});

const LINE = `${JSON.stringify({ media: { id: ID, type: "image/png" } })}\n`;
const COPY = `${LINE}{"article":1}\n{"end":{"articles":1,"lines":2}}\n`;

/** A site that exports the copy and serves its picture. */
function exports({ path }: Received): Reply {
  if (path === "/api/export") return { body: COPY };
  return path === `/media/${ID}.png` ? { body: BYTES } : problem(404, "Not found");
}

test("export fetches the pictures that its folder doesn't hold whole", async (t) => {
  const site = await startSite(t, exports);
  const folder = await folderOf(t, {});
  const file = join(folder, "copy.ndjson");
  const own = join(folder, "copy.media", `${ID}.png`);
  const words = ["export", file, "--with-media", "--to", site.origin];
  const fetched = async (): Promise<number> => {
    const before = site.received.length;
    equal((await run(words)).code, 0);
    equal(await readFile(own, "utf8"), BYTES);
    return site.received.slice(before).filter(({ path }) => path.startsWith("/media/")).length;
  };
  equal(await fetched(), 1);
  equal(await fetched(), 0);
  await writeFile(own, "damaged");
  equal(await fetched(), 1);
  deepEqual(await readdir(join(folder, "copy.media")), [`${ID}.png`]);
  if (process.platform === "win32") return;
  equal((await stat(own)).mode & 0o777, 0o600);
  equal((await stat(join(folder, "copy.media"))).mode & 0o777, 0o700);
});

test("export without --with-media fetches no picture", async (t) => {
  const site = await startSite(t, exports);
  const folder = await folderOf(t, {});
  equal((await run(["export", join(folder, "copy.ndjson"), "--to", site.origin])).code, 0);
  deepEqual(await readdir(folder), ["copy.ndjson"]);
});

test("export fails for a picture that isn't there, and is whole all the same", async (t) => {
  const site = await startSite(t, ({ path }) =>
    path === "/api/export" ? { body: COPY } : problem(404, "Not found"),
  );
  const folder = await folderOf(t, {});
  const file = join(folder, "copy.ndjson");
  const { code, stderr } = await run(["export", file, "--with-media", "--to", site.origin]);
  equal(code, 1);
  match(stderr, new RegExp(`${ID}: not fetched\\. Not found`));
  equal(await readFile(file, "utf8"), COPY);
  deepEqual(await readdir(join(folder, "copy.media")), []);
});

/** A site that takes the copy's lines; `known`: whether it keeps the picture already. */
function imports(known: boolean, id = ID): (request: Received) => Reply {
  return ({ method, path, body }) => {
    if (path === "/api/import") {
      const lines = body.trim().split("\n");
      const changes = lines.map((_line, index) => ({ line: index + 1, change: "created" }));
      const summary = { summary: { lines: lines.length } };
      return { body: [...changes, summary].map((line) => `${JSON.stringify(line)}\n`).join("") };
    }
    if (method === "POST") return kept(201, { media: picture({ id }) });
    return known ? { body: { media: picture(), uses: [] } } : problem(404, "Not found");
  };
}

for (const [title, known, words, expected] of [
  ["import uploads the pictures before it sends the lines", false, [], ["GET", "POST media", "POST import"]],
  ["import sends no picture that the site keeps", true, [], ["GET", "POST import"]],
  ["import can leave the pictures out", false, ["--without-media"], ["POST import"]],
] as const) {
  test(title, async (t) => {
    const site = await startSite(t, imports(known));
    const folder = await folderOf(t, { "copy.ndjson": COPY, [`copy.media/${ID}.png`]: BYTES });
    const file = join(folder, "copy.ndjson");
    equal((await run(["import", file, ...words, "--to", site.origin])).code, 0);
    deepEqual(
      asked(site.received).map((request) => request.replace("/api/", "").replace(/^GET .*/, "GET")),
      expected,
    );
  });
}

for (const [title, bytes, id, reason] of [
  ["is damaged", "damaged", ID, /is damaged: its bytes are not those of this picture/],
  ["the site keeps under another id", BYTES, "f".repeat(64), /keeps it under another id, f{64}/],
] as const) {
  test(`import sends no line while a picture ${title}`, async (t) => {
    const site = await startSite(t, imports(false, id));
    const folder = await folderOf(t, { "copy.ndjson": COPY, [`copy.media/${ID}.png`]: bytes });
    const { code, stdout } = await run(["import", join(folder, "copy.ndjson"), "--to", site.origin]);
    equal(code, 1);
    match(stdout, reason);
    match(stdout, /The import is not complete: not every picture was uploaded, and no line was sent\./);
    equal(asked(site.received).includes("POST /api/import"), false);
  });
}

test("import leaves out a picture that isn't in the folder, sends the lines, and fails at its end", async (t) => {
  const site = await startSite(t, imports(false));
  const folder = await folderOf(t, { "copy.ndjson": COPY, "copy.media/other.png": BYTES });
  const { code, stdout } = await run(["import", join(folder, "copy.ndjson"), "--to", site.origin]);
  equal(code, 1);
  deepEqual(asked(site.received), [`GET /api/media/${ID}`, "POST /api/import"]);
  match(stdout, /^pictures: 1 left out$/m);
  match(stdout, new RegExp(`${ID}\\.png: left out\\. There is no such file\\.`));
});

// A copy that tells of a picture whose file the site itself lacks.
const COPY_WITHOUT_FILE = COPY.replace(`"id":"${ID}"`, `"id":"${ID}","isMissing":true`);

test("neither export nor import looks for a picture that was never uploaded", async (t) => {
  equal(COPY_WITHOUT_FILE === COPY, false);
  const answer = imports(false);
  const site = await startSite(t, (request) =>
    request.path === "/api/export" ? { body: COPY_WITHOUT_FILE } : answer(request),
  );
  const folder = await folderOf(t, { "copy.media/other.png": BYTES });
  const file = join(folder, "copy.ndjson");
  equal((await run(["export", file, "--with-media", "--to", site.origin])).code, 0);
  equal((await run(["import", file, "--with-media", "--to", site.origin])).code, 0);
  deepEqual(asked(site.received), ["GET /api/export", "POST /api/import"]);
});

test("import with --with-media needs the folder", async (t) => {
  const site = await startSite(t, imports(false));
  const folder = await folderOf(t, { "copy.ndjson": COPY });
  const words = ["import", join(folder, "copy.ndjson"), "--with-media", "--to", site.origin];
  const { code, stderr } = await run(words);
  deepEqual([code, site.received.length], [2, 0]);
  match(stderr, /There is no folder \S+copy\.media/);
});
