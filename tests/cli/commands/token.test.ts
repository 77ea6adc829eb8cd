/** `dateline token`: making, listing, rotating and revoking tokens. */
import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import { run } from "../run.ts";
import { problem, startSite } from "../site.ts";

const MADE = {
  token: "dl_new",
  id: "t1",
  name: "Sports desk",
  rights: ["publish", "withdraw"],
  sections: ["sport"],
  expires: "2027-01-01T00:00:00Z",
  created: "2026-11-25T00:00:00Z",
};
const { token: _, ...KNOWN } = MADE;

test("only the new token is printed on standard output", async (t) => {
  const site = await startSite(t, () => ({ status: 201, body: MADE }));
  const options = "--right publish --right withdraw --section sport --expires 2027-01-01T00:00:00Z";
  const args = ["token", "make", "Sports desk", ...options.split(" "), "--to", site.origin];
  const { code, stdout, stderr } = await run(args);
  deepEqual({ code, stdout }, { code: 0, stdout: "dl_new\n" });
  match(stderr, /^t1 {2}Sports desk {2}publish\+withdraw {2}sport {2}expires 2027-01-01T00:00:00Z\n/);
  deepEqual(
    site.received.map(({ method, path, body }): unknown[] => [method, path, JSON.parse(body)]),
    [
      [
        "POST",
        "/api/tokens",
        {
          name: "Sports desk",
          rights: ["publish", "withdraw"],
          sections: ["sport"],
          expires: "2027-01-01T00:00:00Z",
        },
      ],
    ],
  );
});

test("tokens are listed, one a line", async (t) => {
  const site = await startSite(t, () => ({
    body: { tokens: [KNOWN, { id: "t2", name: "CI", rights: ["admin"] }] },
  }));
  const { stdout } = await run(["token", "list", "--to", site.origin]);
  equal(
    stdout,
    "t1  Sports desk  publish+withdraw  sport  expires 2027-01-01T00:00:00Z\n" +
      "t2  CI  admin  every section  does not expire\n",
  );
});

test("a token is rotated, and the new one printed", async (t) => {
  const site = await startSite(t, () => ({ body: MADE }));
  const { stdout } = await run(["token", "rotate", "t1", "--to", site.origin]);
  equal(stdout, "dl_new\n");
  deepEqual(
    site.received.map(({ method, path }) => `${method} ${path}`),
    ["POST /api/tokens/t1/rotate"],
  );
});

test("a token is revoked", async (t) => {
  const site = await startSite(t, () => ({ body: KNOWN }));
  const { code, stdout } = await run(["token", "revoke", "t1", "--to", site.origin]);
  deepEqual({ code, stdout }, { code: 0, stdout: "revoked  t1\n" });
  deepEqual(
    site.received.map(({ method, path }) => `${method} ${path}`),
    ["DELETE /api/tokens/t1"],
  );
});

test("a refusal is printed with its reason, and fails the command", async (t) => {
  const site = await startSite(t, () =>
    problem(403, "Forbidden", { detail: "This needs the right “admin”." }),
  );
  const { code, stdout, stderr } = await run(["token", "list", "--to", site.origin]);
  deepEqual({ code, stdout, stderr }, { code: 1, stdout: "", stderr: "This needs the right “admin”.\n" });
});

test("a token that was revoked is listed as revoked", async (t) => {
  const site = await startSite(t, () => ({
    body: { tokens: [{ ...KNOWN, revoked: "2026-12-01T00:00:00Z" }] },
  }));
  const { stdout } = await run(["token", "list", "--to", site.origin]);
  match(stdout, /revoked 2026-12-01T00:00:00Z\n$/);
});
