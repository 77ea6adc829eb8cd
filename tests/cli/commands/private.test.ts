/** The privacy of the files that `npm start` makes, and of the token. */
import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { editorToken, knownToken } from "../../../src/cli/transport/editor-token.ts";
import { makePrivateFolder } from "../../../src/cli/files/private.ts";
import { MAKE_TOKEN } from "../../../src/editor-token.ts";
import { folderOf } from "../run.ts";

const POSIX = { skip: process.platform === "win32" };

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

test("only its owner may read a new .dev.vars", POSIX, async (t) => {
  const path = join(await folderOf(t, {}), ".dev.vars");
  const { isNew } = await editorToken(path);
  deepEqual([isNew, await modeOf(path)], [true, "600"]);
});

for (const [title, content, isNew] of [
  ["with a token", `EDITOR_TOKEN=${"x".repeat(24)}\n`, false],
  ["without a token", "OTHER=1", true],
] as const) {
  test(`only its owner may read a .dev.vars ${title}, even if others could before`, POSIX, async (t) => {
    const path = join(await folderOf(t, { ".dev.vars": content }), ".dev.vars");
    await chmod(path, 0o644);
    const made = await editorToken(path);
    deepEqual([made.isNew, await modeOf(path)], [isNew, "600"]);
    equal(await knownToken(path), made.token);
    match(await readFile(path, "utf8"), new RegExp(`^${content}`));
  });
}

test("a guessable token in .dev.vars is refused", async (t) => {
  const path = join(await folderOf(t, { ".dev.vars": `EDITOR_TOKEN=${"x".repeat(23)}\n` }), ".dev.vars");
  for (const read of [editorToken, knownToken]) await rejects(read(path), /fewer than 24 characters/);
});

test("the Worker's state is in a folder that only its owner may enter", POSIX, async (t) => {
  const folder = await folderOf(t, {});
  const [made, found] = [join(folder, "made"), join(folder, "found")];
  await mkdir(found, { mode: 0o755 });
  for (const path of [made, found]) {
    await makePrivateFolder(path);
    equal(await modeOf(path), "700");
  }
});

test("the command that makes a token prints a good one", async () => {
  const { stdout } = await promisify(execFile)(MAKE_TOKEN, { shell: true });
  match(stdout, /^[\w-]{43}\r?\n$/);
});
