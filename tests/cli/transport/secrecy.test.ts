/** The secrecy of the token: the sites that get it. Every run in these tests checks that it is never printed. */
import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import { folderOf, run, TOKEN } from "../run.ts";
import { createsAll, startSite } from "../site.ts";

const FILES = { ".dev.vars": `EDITOR_TOKEN=${TOKEN}\n`, "a.txt": "A" };

test("a site on this machine gets the token in .dev.vars", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, FILES);
  const { code } = await run(["publish", "a.txt", "--to", site.origin], { cwd: folder, env: {} });
  equal(code, 0);
  equal(site.received[0]?.headers.authorization, `Bearer ${TOKEN}`);
});

test("DATELINE_TOKEN wins over .dev.vars", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, { ...FILES, ".dev.vars": "EDITOR_TOKEN=another\n" });
  await run(["publish", "a.txt", "--to", site.origin], { cwd: folder });
  equal(site.received[0]?.headers.authorization, `Bearer ${TOKEN}`);
});

test("another machine never gets the token in .dev.vars", async (t) => {
  const folder = await folderOf(t, FILES);
  const args = ["publish", "a.txt", "--to", "https://127.0.0.2:1"];
  const { code, stderr } = await run(args, { cwd: folder, env: {} });
  equal(code, 2);
  match(stderr, /no token for https:\/\/127\.0\.0\.2:1: set DATELINE_TOKEN/);
});

test("no token is sent unencrypted to another machine", async (t) => {
  const site = await startSite(t, createsAll, "127.0.0.2");
  const folder = await folderOf(t, FILES);
  for (const env of [{}, { DATELINE_TOKEN: TOKEN }]) {
    const { code, stderr } = await run(["publish", "a.txt", "--to", site.origin], { cwd: folder, env });
    equal(code, 2);
    match(stderr, /is not encrypted/);
  }
  equal(site.received.length, 0);
});

test("a name that only begins like this machine's is another machine", async (t) => {
  const folder = await folderOf(t, FILES);
  for (const host of ["localhost.example", "127.0.0.1.example"]) {
    const { code, stderr } = await run(["publish", "a.txt", "--to", `http://${host}`], { cwd: folder });
    equal(code, 2);
    match(stderr, /is not encrypted/);
  }
});

test("without a token the error says where one comes from", async (t) => {
  const folder = await folderOf(t, { "a.txt": "A" });
  const { code, stderr } = await run(["publish", "a.txt"], { cwd: folder, env: {} });
  equal(code, 2);
  match(stderr, /set DATELINE_TOKEN, or run npm start once/);
});

test("an impossible token is refused and not quoted", async () => {
  const { code, stderr } = await run(["token", "list"], { env: { DATELINE_TOKEN: `${TOKEN}\n${TOKEN}` } });
  deepEqual([code, stderr], [2, "The token holds characters that no token has. Was it copied whole?\n"]);
});

test("a guessable token is refused with the command that makes a good one, and not quoted", async (t) => {
  const folder = await folderOf(t, { ".dev.vars": `EDITOR_TOKEN=${"x".repeat(23)}\n` });
  const { code, stderr } = await run(["token", "list"], { cwd: folder, env: {} });
  equal(code, 2);
  match(stderr, /^\.dev\.vars: EDITOR_TOKEN has fewer than 24 characters .*: node -p "crypto\.randomBytes/);
  equal(stderr.includes("xxx"), false);
});
