import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { audit, told } from "../../support/audit.ts";
import { act, at, desk, edit, put, settle, tokenOf, withdraw } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";

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

  test("has the clock's actions, under the clock's own name and for the same revision", async () => {
    await put("fall", wire({ time: "2031-11-24T13:00:00Z" }));
    await act("fall", "expire", { expires: "2031-11-24T14:00:00Z" });
    at(NOON + 60 * MINUTE);
    await settle();
    at(NOON + 120 * MINUTE);
    await settle();
    expect(await told("?actor=clock")).toEqual(["released 2 2 done", "expired 2 2 done"]);
  });

  test("has every action on a token, and never a secret", async () => {
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

  test("has no entry for a refused action", async () => {
    await put("bridge", wire());
    await put("bridge", wire({ body: "Closed." }), { "If-Match": '"7"' });
    await act("tunnel", "reinstate");
    expect(await told()).toEqual(["created – 1 done"]);
  });

  test("keeps the refusals that earlier releases noted in it", async () => {
    await put("bridge", wire());
    await runInDurableObject(desk(), (_instance, { storage }) => {
      storage.sql.exec(
        "INSERT INTO audit (instant, actor, action, subject, result) VALUES (?, 'token:jane-roe', 'withdraw', 'bridge', 'forbidden')",
        NOON,
      );
    });
    expect(await told()).toEqual(["created – 1 done", "withdraw – – forbidden"]);
  });

  test("has no entry for a dry run", async () => {
    await put("bridge?dry-run", wire());
    expect((await audit()).entries).toEqual([]);
  });
});

describe("the table of the audit", () => {
  test.each([
    ["UPDATE audit SET actor = 'nobody'"],
    ["DELETE FROM audit"],
    ["DELETE FROM audit WHERE number = 1"],
    ["INSERT OR REPLACE INTO audit VALUES (1, 0, 'nobody', 'created', 'bridge', NULL, 1, 'done', NULL)"],
  ])("is append-only in the database itself: %s", async (statement) => {
    await put("bridge", wire());
    const before = await audit();
    await runInDurableObject(desk(), (_instance, { storage }) => {
      expect(() => storage.sql.exec(statement)).toThrow("append-only");
    });
    expect(await audit()).toEqual(before);
  });
});
