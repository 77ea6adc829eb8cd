/** The house: what a room may import, and how large files and folders may be. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const ROOT = resolve(import.meta.dirname, "..");
const SRC = join(ROOT, "src");
const MAX_LINES = 220;
const MAX_FILES = 15;
// What may have more lines: a format's whole grammar stands in one file there.
const LONGER = ["upload", "cli"];

/** An import that each room must not have: what it would reach, from a file that lies in the room. */
const WRONG_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  article: ["../desk/desk.ts", "hono", "../hub/hub.ts"],
  upload: ["../desk/desk.ts", "../store/keys.ts", "node:fs", "../hub/hub.ts"],
  lint: ["../store/keys.ts", "cloudflare:workers", "../hub/hub.ts"],
  desk: ["../api/api.ts", "../public/feeds.ts", "../http/problems.ts", "hono", "../hub/hub.ts"],
  media: ["../desk/desk.ts", "../store/keys.ts", "../api/api.ts", "hono"],
  words: ["../pages/home-page.tsx", "../store/keys.ts", "../media/bucket.ts", "hono"],
  store: ["../desk/desk.ts", "../feed/feed.ts", "../rows.ts", "../hub/hub.ts"],
  feed: ["../render/rss.ts", "../http/caching.ts", "../hub/hub.ts"],
  render: ["../pages/home-page.tsx", "../store/keys.ts", "../hub/hub.ts"],
  pages: ["../desk/desk.ts", "../public/pages.ts", "hono", "../hub/hub.ts"],
  http: ["../public/feeds.ts", "../api/api.ts", "../auth/authenticate.ts", "../hub/hub.ts"],
  auth: ["../api/api.ts", "../public/feeds.ts", "../hub/hub.ts"],
  audience: ["../desk/stub.ts", "../api/api.ts", "../public/feeds.ts", "../hub/hub.ts"],
  hub: ["../api/api.ts", "../public/feeds.ts", "../pages/home-page.tsx", "hono"],
  public: ["../api/api.ts", "../cli/dateline.ts", "../app.ts"],
  api: ["../public/feeds.ts", "../cli/dateline.ts", "../app.ts"],
  cli: ["../desk/desk.ts", "../api/api.ts", "../store/keys.ts", "hono", "../hub/hub.ts"],
};

/** Names and contents of all files of source code, by their paths below src/. */
async function sources(): Promise<string[]> {
  const entries = await readdir(SRC, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(SRC, join(entry.parentPath, entry.name)));
}

test("no file is longer than the limit, but for formats and the command line", async () => {
  const long: string[] = [];
  for (const file of await sources()) {
    const lines = (await readFile(join(SRC, file), "utf8")).split("\n").length - 1;
    if (lines > MAX_LINES && !LONGER.some((room) => file.startsWith(`${room}/`)))
      long.push(`${file}: ${lines}`);
  }
  assert.deepEqual(long, []);
});

test("a folder of more than fifteen files says why in its README", async () => {
  const folders = Map.groupBy(await sources(), dirname);
  const silent: string[] = [];
  for (const [folder, files] of folders) {
    if (files.length <= MAX_FILES) continue;
    const readme = await readFile(join(SRC, folder, "README.md"), "utf8").catch(() => "");
    if (!/fifteen|more files/.test(readme)) silent.push(`${folder}: ${files.length}`);
  }
  assert.deepEqual(silent, []);
});

test("every room has an import rule, and the table of wrong imports knows it", async () => {
  const rooms = (await readdir(SRC, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  assert.deepEqual(rooms.toSorted(), Object.keys(WRONG_IMPORTS).toSorted());
});

test("the linter refuses an import that leads to a room which may not be known", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "dateline-house-"));
  t.after(() => rm(folder, { recursive: true }));
  // The rules alone: what needs types would need the whole program.
  const { overrides } = JSON.parse(await readFile(join(ROOT, ".oxlintrc.json"), "utf8"));
  await writeFile(join(folder, ".oxlintrc.json"), JSON.stringify({ overrides }));
  const wrong = Object.entries(WRONG_IMPORTS).flatMap(([room, targets]) =>
    // A file in a room and one deeper in it: the rule holds for both.
    targets.flatMap((target, index) => [
      { file: `src/${room}/wrong-${index}.ts`, target },
      {
        file: `src/${room}/deeper/wrong-${index}.ts`,
        target: target.startsWith(".") ? `../${target}` : target,
      },
    ]),
  );
  for (const { file, target } of wrong) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `export * from "${target}";\n`);
  }
  const oxlint = join(ROOT, "node_modules", "oxlint", "bin", "oxlint");
  const { stdout } = await promisify(execFile)(process.execPath, [oxlint, "--format", "json", "src"], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((failed: { stdout: string }) => failed);
  const { diagnostics } = JSON.parse(stdout);
  const refused = new Set(
    diagnostics
      .filter(({ code }: { code: string }) => code === "eslint(no-restricted-imports)")
      .map(({ filename }: { filename: string }) => filename.replaceAll("\\", "/")),
  );
  assert.deepEqual(
    wrong.filter(({ file }) => !refused.has(file)).map(({ file, target }) => `${file} ${target}`),
    [],
  );
});
