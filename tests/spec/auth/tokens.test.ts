import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import type { Principal } from "../../../src/desk/principal.ts";
import { digestOf } from "../../../src/digest.ts";
import { expectDescribed } from "../../support/description.ts";
import { at, desk, edit, put, settle } from "../../support/newsroom.ts";
import {
  by,
  everyRow,
  everyValue,
  listenToLog,
  makeToken,
  send,
  type ShownToken,
} from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

const listed = async (): Promise<ShownToken[]> =>
  (await (await edit("GET", "/api/tokens")).json<{ tokens: ShownToken[] }>()).tokens;
const list = (secret: string): Promise<Response> => edit("GET", "/api/articles", undefined, by(secret));
const rotate = (id: string): Promise<Response> => edit("POST", `/api/tokens/${id}/rotate`);
const revoke = (id: string): Promise<Response> => edit("DELETE", `/api/tokens/${id}`);

describe("a new token", () => {
  test("comes with its secret and its rights", async () => {
    at(Date.parse("2026-11-25T10:00:00Z"));
    const response = await send("POST", "/api/tokens", {
      name: "  Politics desk ",
      rights: ["publish", "withdraw"],
      sections: ["politics", "human-rights"],
      expires: "2027-01-01T01:00:00+01:00",
    });
    expect({ status: response.status, ...(await response.json<object>()) }).toEqual({
      status: 201,
      token: expect.stringMatching(/^dl_[\w-]{43}$/),
      id: "politics-desk",
      name: "Politics desk",
      rights: ["publish", "withdraw"],
      sections: ["politics", "human-rights"],
      created: "2026-11-25T10:00:00.000Z",
      expires: "2027-01-01T00:00:00.000Z",
    });
  });

  test("opens the API at once", async () => {
    const { token } = await makeToken();
    expect((await put("harbour-bridge", wire(), by(token))).status).toBe(201);
  });

  test("stands in the list without its secret, the newest first", async () => {
    at(Date.parse("2026-11-25T10:00:00Z"));
    await makeToken({ name: "Wire" });
    vi.setSystemTime(Date.now() + 1);
    await makeToken({ name: "Web", rights: ["withdraw"], sections: ["sport"] });
    expect(await listed()).toEqual([
      {
        id: "web",
        name: "Web",
        rights: ["withdraw"],
        sections: ["sport"],
        created: "2026-11-25T10:00:00.001Z",
      },
      { id: "wire", name: "Wire", rights: ["publish"], created: "2026-11-25T10:00:00.000Z" },
    ]);
  });

  test("has an id of its own, even when its name is another's", async () => {
    const tokens = [];
    for (const name of ["Desk", "Desk", "desk!", "北京"]) tokens.push(await makeToken({ name }));
    expect(tokens.map(({ id }) => id)).toEqual([
      "desk",
      "desk-2",
      "desk-3",
      expect.stringMatching(/^\w{8}$/),
    ]);
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(4);
  });

  test("never gets the id of a revoked one", async () => {
    await makeToken();
    await revoke("desk");
    expect((await makeToken()).id).toBe("desk-2");
  });

  test("can be made with a token that has the right admin", async () => {
    const { token } = await makeToken({ name: "Chief", rights: ["admin"] });
    const response = await send("POST", "/api/tokens", { name: "Wire", rights: ["publish"] }, by(token));
    const made = await response.json<{ token: string }>();
    expect([response.status, (await list(made.token)).status]).toEqual([201, 200]);
    const audit = await (await edit("GET", "/api/audit?token=wire")).json<{ entries: object[] }>();
    expect(audit.entries).toEqual([
      expect.objectContaining({
        actor: "token:chief",
        action: "token-made",
        subject: "token:wire",
        result: "done",
        note: "publish",
      }),
    ]);
  });

  test.each<[string, unknown, string[]]>([
    ["nothing", {}, ["/name", "/rights"]],
    ["a blank name", { name: "  ", rights: ["publish"] }, ["/name"]],
    ["a name of 101 characters", { name: "x".repeat(101), rights: ["publish"] }, ["/name"]],
    ["no right", { name: "Desk", rights: [] }, ["/rights"]],
    ["an unknown right", { name: "Desk", rights: ["publish", "delete"] }, ["/rights/1"]],
    ["rights that are no list", { name: "Desk", rights: "publish" }, ["/rights"]],
    [
      "an administrator of some sections alone",
      { name: "Desk", rights: ["admin"], sections: ["sport"] },
      ["/sections"],
    ],
    ["no section", { name: "Desk", rights: ["publish"], sections: [] }, ["/sections"]],
    ["a section’s name", { name: "Desk", rights: ["publish"], sections: ["Human Rights"] }, ["/sections/0"]],
    ["a day instead of a time", { name: "Desk", rights: ["publish"], expires: "2027-01-01" }, ["/expires"]],
    ["an unknown member", { name: "Desk", rights: ["publish"], right: "admin" }, ["/right"]],
    ["a text", "Desk", [""]],
    ["several slips", { name: 1, rights: ["all"], expires: 5 }, ["/name", "/rights/0", "/expires"]],
  ])("is refused for a body with %s, every error with its path", async (_, body, paths) => {
    const response = await send("POST", "/api/tokens", body);
    const { status, type, issues } = await response.json<{
      status: number;
      type: string;
      issues: { path: string }[];
    }>();
    expect({ status, type, paths: issues.map(({ path }) => path) }).toEqual({
      status: 422,
      type: "https://news.example/problems/invalid-document",
      paths,
    });
    expect(await listed()).toEqual([]);
  });

  test("is refused for a body that is no JSON", async () => {
    expect((await edit("POST", "/api/tokens", "{")).status).toBe(400);
  });
});

describe("a secret", () => {
  test("is shown once, and is nowhere in a list, the audit, the ledger, KV or a log line", async () => {
    const log = listenToLog();
    const { token: first, id } = await makeToken({ rights: ["publish", "admin"] });
    await put("harbour-bridge", wire(), { ...by(first), "Idempotency-Key": "a" });
    await edit("POST", "/api/articles", wire({ headline: "Ferry" }), {
      ...by(first),
      "Idempotency-Key": "b",
    });
    const { token: second } = await (await rotate(id)).json<{ token: string }>();
    await list(first);
    await edit("DELETE", "/api/articles/nothing", undefined, by(second));
    await settle();
    const places = JSON.stringify([
      await listed(),
      await (await edit("GET", "/api/audit")).json(),
      await everyRow(),
      await everyValue(),
      log(),
    ]);
    const digests = await Promise.all([first, second].map(async (secret) => (await digestOf(secret)).hex));
    // The searched text contains the digest, so the search would have found the secret.
    expect(digests.map((digest) => places.includes(digest))).toEqual([false, true]);
    for (const secret of [first, second, env.EDITOR_TOKEN]) {
      expect(places).not.toContain(secret);
      expect(places).not.toContain(secret.slice("dl_".length));
    }
  });
});

describe("a rotated token", () => {
  test("has another secret; the former one is refused on its very next request", async () => {
    const { token: former, id, ...rest } = await makeToken({ sections: ["sport"] });
    const response = await rotate(id);
    const { token, ...shown } = await response.json<{ token: string }>();
    expect({ status: response.status, shown }).toEqual({ status: 200, shown: { id, ...rest } });
    expect([(await list(former)).status, (await list(token)).status]).toEqual([401, 200]);
  });

  test.each(["revoked", "unknown"])("is a 404 when it is %s", async (state) => {
    const { token, id } = await makeToken();
    if (state === "revoked") await revoke(id);
    const response = await rotate(state === "revoked" ? id : "nobody");
    expect(response.status).toBe(404);
    expect((await list(token)).status).toBe(state === "revoked" ? 401 : 200);
  });
});

describe("a revoked token", () => {
  test("is refused on its very next request, and stays in the list", async () => {
    at(Date.parse("2026-11-25T10:00:00Z"));
    const { token, id } = await makeToken();
    const before = (await list(token)).status;
    const response = await revoke(id);
    const after = await list(token);
    expect([before, response.status, after.status]).toEqual([200, 200, 401]);
    expect(after.headers.get("WWW-Authenticate")).toBe('Bearer realm="Dateline", error="invalid_token"');
    expect(await response.json()).toMatchObject({ id, revoked: "2026-11-25T10:00:00.000Z" });
    expect(await listed()).toEqual([expect.objectContaining({ id, revoked: "2026-11-25T10:00:00.000Z" })]);
  });

  test("keeps the instant at which it was revoked, and is noted once, when it is revoked again", async () => {
    at(Date.parse("2026-11-25T10:00:00Z"));
    const { id } = await makeToken();
    await revoke(id);
    vi.setSystemTime(Date.now() + 60_000);
    const again = await revoke(id);
    expect([again.status, await again.json()]).toEqual([
      200,
      expect.objectContaining({ revoked: "2026-11-25T10:00:00.000Z" }),
    ]);
    const { entries } = await (
      await edit("GET", `/api/audit?token=${id}`)
    ).json<{ entries: { action: string }[] }>();
    expect(entries.map(({ action }) => action)).toEqual(["token-revoked", "token-made"]);
  });

  test("is a 404 when it never existed", async () => {
    expect((await revoke("nobody")).status).toBe(404);
  });

  test("can be revoked by itself", async () => {
    const { token, id } = await makeToken({ rights: ["admin"] });
    const response = await edit("DELETE", `/api/tokens/${id}`, undefined, by(token));
    expect([response.status, (await list(token)).status]).toEqual([200, 401]);
  });

  test("decides nothing, even when it was valid as the request came in", async () => {
    const { token, id } = await makeToken({ rights: ["publish", "withdraw", "admin"] });
    await put("harbour-bridge", wire());
    const { hex: digest } = await digestOf(token);
    const actor: Principal = { name: `token:${id}`, rights: ["publish", "withdraw", "admin"], digest };
    const request = { actor, preconditions: {}, isDryRun: false };
    await revoke(id);
    const before = await everyRow();
    const draft = {
      sections: [{ id: "politics", title: "Politics" }],
      headline: "Late",
      html: "<p>Late.</p>",
      text: "Late.",
      authors: [],
      tags: [],
      language: "en",
      attachments: [],
      published: 0,
    };
    const submission = { draft, isDraft: false, isSilent: false, authority: "courier.example" };
    const outcomes = [
      await desk().publish(submission, request),
      await desk().publish(submission, { ...request, isDryRun: true }),
      await desk().change("harbour-bridge", { kind: "withdraw" }, request),
      ...(await desk().import([{ kind: "upload", submission }], request)),
      await desk().administer({ kind: "revoke", id }, actor),
    ];
    expect(outcomes).toEqual(outcomes.map(() => ({ ok: false, reason: "unauthorized" })));
    expect(await everyRow()).toEqual(before);
  });
});

describe("a token that expires", () => {
  test("is refused from that very instant on", async () => {
    at(Date.parse("2026-11-25T10:00:00Z"));
    const { token } = await makeToken({ expires: "2026-11-25T10:00:01Z" });
    const statuses: number[] = [];
    for (const later of [0, 999, 1000, 60_000]) {
      vi.setSystemTime(Date.parse("2026-11-25T10:00:00Z") + later);
      statuses.push((await list(token)).status);
    }
    expect(statuses).toEqual([200, 200, 401, 401]);
  });

  test("gets no new secret from that instant on, and can be revoked", async () => {
    at(Date.parse("2026-11-25T10:00:00Z"));
    const { id } = await makeToken({ expires: "2026-11-25T10:00:01Z" });
    vi.setSystemTime(Date.parse("2026-11-25T10:00:00.999Z"));
    const { token } = await (await rotate(id)).json<{ token: string }>();
    vi.setSystemTime(Date.parse("2026-11-25T10:00:01Z"));
    const refused = await rotate(id);
    expect(refused.status).toBe(409);
    await expectDescribed("rotateToken", refused);
    expect([(await list(token)).status, (await revoke(id)).status]).toEqual([401, 200]);
  });
});
