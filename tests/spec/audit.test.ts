import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { audit, told } from "../support/audit.ts";
import { act, at, desk, edit, put, settle, tokenOf, wire, withdraw } from "../support/newsroom.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const MINUTE = 60_000;

beforeEach(() => at(NOON));

describe("the audit", () => {
  test("says who did what to which article, when, and from which revision to which", async () => {
    await put("bridge", wire());
    at(NOON + MINUTE);
    await put("bridge", wire({ body: "Closed." }));
    expect((await audit()).entries).toEqual([
      {
        number: 2,
        time: "2031-11-24T12:01:00.000Z",
        actor: "EDITOR_TOKEN",
        action: "revised",
        subject: "bridge",
        fromRevision: 1,
        toRevision: 2,
        result: "done",
      },
      {
        number: 1,
        time: "2031-11-24T12:00:00.000Z",
        actor: "EDITOR_TOKEN",
        action: "created",
        subject: "bridge",
        toRevision: 1,
        result: "done",
      },
    ]);
  });

  test("has an entry for every action, the newest first, and none for what changed nothing", async () => {
    await put("bridge?draft", wire());
    await act("bridge", "publish");
    await put("bridge", wire({ body: "Closed." }));
    await put("bridge", wire({ body: "Closed." }));
    await act("bridge", "correct", { correction: "It was open." });
    await act("bridge", "correct", { correction: "It was open." });
    await act("bridge", "publish", { published: "2031-11-24T11:00:00Z" });
    await act("bridge", "revisions/1/restore");
    await withdraw("bridge?reason=Wrong");
    await withdraw("bridge");
    await act("bridge", "reinstate");
    expect(await told("?article=bridge")).toEqual([
      "created – 1 done",
      "published 1 2 done",
      "revised 2 3 done",
      "corrected 3 4 done",
      "rescheduled 4 5 done",
      "restored 5 6 done",
      "withdrawn 6 7 done",
      "reinstated 7 8 done",
    ]);
    const { entries } = await audit();
    expect(entries.map(({ number }) => number)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test("notes what an action said: the reason, the correction, the time, the revision", async () => {
    await put("bridge", wire());
    await act("bridge", "correct", { correction: "It was open." });
    await act("bridge", "publish", { published: "2031-11-24T11:00:00Z" });
    await act("bridge", "revisions/1/restore");
    await withdraw("bridge?reason=Wrong");
    const { entries } = await audit();
    expect(entries.map(({ action, note }) => [action, note])).toEqual([
      ["withdrawn", "Wrong"],
      ["restored", "revision 1"],
      ["rescheduled", "2031-11-24T11:00:00.000Z"],
      ["corrected", "It was open."],
      ["created", undefined],
    ]);
  });

  test("has the clock's part, under its own name and for the same revision", async () => {
    await put("fall", wire({ time: "2031-11-24T13:00:00Z" }));
    await act("fall", "expire", { expires: "2031-11-24T14:00:00Z" });
    at(NOON + 60 * MINUTE);
    await settle();
    at(NOON + 120 * MINUTE);
    await settle();
    expect(await told("?actor=clock")).toEqual(["released 2 2 done", "expired 2 2 done"]);
  });

  test("has what was done to tokens, and never a secret", async () => {
    const { Authorization } = await tokenOf("Jane Roe", ["publish"], ["politics"]);
    await edit("POST", "/api/tokens/jane-roe/rotate");
    await edit("DELETE", "/api/tokens/jane-roe");
    const { entries } = await audit();
    expect(entries.map(({ action, subject, note }) => [action, subject, note])).toEqual([
      ["token-revoked", "token:jane-roe", "publish in politics"],
      ["token-rotated", "token:jane-roe", "publish in politics"],
      ["token-made", "token:jane-roe", "publish in politics"],
    ]);
    expect(JSON.stringify(entries)).not.toContain(Authorization.slice("Bearer ".length));
  });

  test("names the holder of a token", async () => {
    const jane = await tokenOf("Jane Roe", ["publish"]);
    await put("bridge", wire(), jane);
    expect((await audit("?article=bridge")).entries.map(({ actor }) => actor)).toEqual(["token:jane-roe"]);
  });

  test("has nothing of a dry run", async () => {
    await put("bridge?dry-run", wire());
    expect((await audit()).entries).toEqual([]);
  });
});

describe("a refusal", () => {
  test("is noted with its reason", async () => {
    const jane = await tokenOf("Jane Roe", ["publish"], ["sport"]);
    await put("bridge", wire());
    await put("bridge", wire({ body: "Closed." }), { "If-Match": '"7"' });
    await put("bridge", wire({ body: "Closed." }), jane);
    await withdraw("bridge", jane);
    await act("bridge", "expire", { expires: "2026-01-01T00:00:00Z" });
    await act("bridge", "revisions/9/restore");
    await act("tunnel", "reinstate");
    await withdraw("bridge");
    await put("bridge", wire());
    await act("bridge", "correct", { correction: "It was open." });
    const { entries } = await audit();
    const refusals = entries.filter(({ result }) => result !== "done").toReversed();
    expect(refusals.map(({ actor, action, subject, result }) => [actor, action, subject, result])).toEqual([
      ["EDITOR_TOKEN", "publish", "bridge", "expectation-failed"],
      ["token:jane-roe", "publish", "bridge", "forbidden"],
      ["token:jane-roe", "withdraw", "bridge", "forbidden"],
      ["EDITOR_TOKEN", "expire", "bridge", "expires-before-published"],
      ["EDITOR_TOKEN", "restore", "bridge", "no-such-revision"],
      ["EDITOR_TOKEN", "reinstate", "tunnel", "not-found"],
      ["EDITOR_TOKEN", "publish", "bridge", "withdrawn"],
      ["EDITOR_TOKEN", "correct", "bridge", "withdrawn"],
    ]);
  });

  test("for another revision than was expected names the one that the article is at", async () => {
    await put("bridge", wire());
    await withdraw("bridge", { "If-Match": '"7"' });
    expect(await told("?action=withdraw")).toEqual(["withdraw 1 – expectation-failed"]);
  });

  test("to restore what never was names no revision of the article", async () => {
    await put("bridge", wire());
    await act("bridge", "revisions/9/restore");
    expect(await told("?action=restore")).toEqual(["restore – – no-such-revision"]);
  });

  test("of an administrator's business is noted too", async () => {
    const jane = await tokenOf("Jane Roe", ["publish", "withdraw"]);
    await edit("POST", "/api/tokens", JSON.stringify({ name: "Mine", rights: ["admin"] }), jane);
    await edit("DELETE", "/api/tokens/jane-roe", undefined, jane);
    const { entries } = await audit("?actor=token:jane-roe");
    expect(entries.map(({ action, subject, result }) => [action, subject, result])).toEqual([
      ["revoke-token", "token:jane-roe", "forbidden"],
      ["make-token", "", "forbidden"],
    ]);
  });

  test("of somebody who shows no valid token leaves no entry", async () => {
    await put("bridge", wire(), { Authorization: "Bearer wrong" });
    await put("bridge", wire(), { Authorization: "" });
    await withdraw("bridge", { Authorization: "Bearer wrong" });
    const jane = await tokenOf("Jane Roe", ["publish"]);
    await edit("DELETE", "/api/tokens/jane-roe");
    expect((await put("bridge", wire(), jane)).status).toBe(401);
    const { entries } = await audit();
    expect(entries.map(({ action }) => action)).toEqual(["token-revoked", "token-made"]);
  });
});

describe("the table of the audit", () => {
  test.each([
    ["UPDATE audit SET actor = 'nobody'"],
    ["DELETE FROM audit"],
    ["DELETE FROM audit WHERE number = 1"],
    ["INSERT OR REPLACE INTO audit VALUES (1, 0, 'nobody', 'created', 'bridge', NULL, 1, 'done', NULL)"],
  ])("is append-only to the database itself: %s", async (statement) => {
    await put("bridge", wire());
    const before = await audit();
    await runInDurableObject(desk(), (_instance, { storage }) => {
      expect(() => storage.sql.exec(statement)).toThrow("append-only");
    });
    expect(await audit()).toEqual(before);
  });
});
