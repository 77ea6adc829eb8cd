/** Ctrl-C, and a pipe that nobody reads any more. */
import { deepEqual, equal, match } from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { listenForInterruption } from "../../../src/cli/transport/interruption.ts";
import { folderOf, run, start } from "../run.ts";
import { createsAll, startSite } from "../site.ts";

const SIX = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((name) => [`${name}.txt`, name]));

test("after Ctrl-C the requests under way finish, and no other is sent", async (t) => {
  const held = Promise.withResolvers<void>();
  const site = await startSite(t, async (request, index) => {
    await held.promise;
    return createsAll(request, index);
  });
  const folder = await folderOf(t, SIX);
  const { child, says, ended } = start(["publish", folder, "--to", site.origin, "--concurrency", "2"]);
  await site.have(2);
  child.kill("SIGINT");
  await says("Ctrl-C again");
  held.resolve();
  const { code, stdout } = await ended;
  equal(code, 130);
  deepEqual(site.received.map(({ body }) => body).toSorted(), ["a", "b"]);
  match(stdout, /\n2 created, 4 not sent\n/);
  match(stdout, /\n\S+f\.txt: not sent\n/);
});

test("a second Ctrl-C breaks off the requests under way, and the summary still comes", async (t) => {
  const site = await startSite(t, async (request, index) => {
    if (request.body !== "a") await new Promise(() => undefined);
    return createsAll(request, index);
  });
  const folder = await folderOf(t, SIX);
  const { child, says, ended } = start(["publish", folder, "--to", site.origin, "--concurrency", "1"]);
  await site.have(2);
  child.kill("SIGINT");
  await says("Ctrl-C again");
  while (site.brokenOff() === 0) {
    child.kill("SIGINT");
    await sleep(100);
  }
  const { code, stdout } = await ended;
  equal(code, 130);
  match(stdout, /\n1 created, 1 without an answer, 4 not sent\n/);
});

test("Ctrl-C ends the wait before a request is sent again", async (t) => {
  const site = await startSite(t, () => ({ status: 429, headers: { "Retry-After": "60" } }));
  const folder = await folderOf(t, SIX);
  const { child, ended } = start(["publish", folder, "--to", site.origin, "--concurrency", "1"]);
  await site.have(1);
  child.kill("SIGINT");
  const { code } = await ended;
  equal(code, 130);
  equal(site.received.length, 1);
});

test("a Ctrl-C from the terminal and from npm counts once", (t) => {
  t.after(() => {
    process.removeAllListeners("SIGINT");
    process.removeAllListeners("SIGTERM");
  });
  let now = 1000;
  let calls = 0;
  const { stopping, aborting, exitCode } = listenForInterruption(
    () => (calls += 1),
    () => now,
  );
  process.emit("SIGINT", "SIGINT");
  now += 20;
  process.emit("SIGINT", "SIGINT");
  deepEqual([stopping.aborted, aborting.aborted, calls, exitCode()], [true, false, 1, 130]);
  now += 1000;
  process.emit("SIGINT", "SIGINT");
  deepEqual([aborting.aborted, calls], [true, 1]);
});

test("an export leaves no file when Ctrl-C ends it", async (t) => {
  const site = await startSite(t, () => ({ body: '{"article":1}\n', isOpen: true }));
  const folder = await folderOf(t, {});
  const { child, ended } = start(["export", join(folder, "all.ndjson"), "--to", site.origin]);
  while ((await readdir(folder)).length === 0) await sleep(5);
  child.kill("SIGINT");
  const { code } = await ended;
  equal(code, 130);
  deepEqual(await readdir(folder), []);
});

for (const [title, args] of [
  ["a listing ends quietly when nobody reads it any more", ["token", "list"]],
  ["an export ends quietly when nobody reads it any more", ["export"]],
] as const) {
  test(title, async (t) => {
    const token = { id: "1", name: "x".repeat(100_000), rights: ["publish"] };
    const site = await startSite(t, ({ path }) =>
      path === "/api/tokens"
        ? { body: { tokens: Array.from({ length: 20 }, () => token) } }
        : { body: `${"x".repeat(1_000_000)}\n`, isOpen: true },
    );
    const { child, ended } = start([...args, "--to", site.origin]);
    child.stdout.once("data", () => child.stdout.destroy());
    const { code, stderr } = await ended;
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
  });
}

test("publishing stops quietly when nobody reads its output any more, and fails if anything was not sent", async (t) => {
  const held = Promise.withResolvers<void>();
  const site = await startSite(t, async (request, index) => {
    if (index > 0) await held.promise;
    return createsAll(request, index);
  });
  const folder = await folderOf(t, SIX);
  const { child, ended } = start(["publish", folder, "--to", site.origin, "--concurrency", "1"]);
  child.stdout.once("data", () => {
    child.stdout.destroy();
    held.resolve();
  });
  const { code, stderr } = await ended;
  deepEqual({ code, stderr }, { code: 1, stderr: "" });
  equal(site.received.length < 6, true);
});

test("a run that is not interrupted exits with 0", async (t) => {
  const site = await startSite(t, createsAll);
  const { code } = await run(["publish", await folderOf(t, SIX), "--to", site.origin]);
  equal(code, 0);
});
