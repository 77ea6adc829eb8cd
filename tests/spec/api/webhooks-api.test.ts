/** The administration of webhooks: answers as the API describes them, refusals, secrets, and the audit. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { audit } from "../../support/audit.ts";
import { expectDescribed } from "../../support/description.ts";
import { at, desk, edit, put, tokenOf } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";
import { by, everyRow, listenToLog, makeToken, problem, send } from "../../support/tokens.ts";
import { deliverAll, hub, listWebhooks, makeWebhook } from "../../support/webhooks.ts";
import { Desk } from "../../support/worker.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const ORIGIN = "https://partner.example.org:8443";
const URL = `${ORIGIN}/news-p4ss?key=k`;

const make = (more: object = {}, headers: Record<string, string> = {}): Promise<Response> =>
  send("POST", "/api/webhooks", { name: "Partner", url: URL, ...more }, headers);
const of = (method: string, path: string): Promise<Response> => edit(method, `/api/webhooks/partner${path}`);
const textOf = async (answer: Promise<Response>): Promise<string> => (await answer).text();
const redeliver = (body: object, id = "partner"): Promise<Response> =>
  send("POST", `/api/webhooks/${id}/redeliver`, body);

/** What the audit tells of webhooks, in the order in which it came. */
const actions = async (query = ""): Promise<string[]> =>
  (await audit(query)).entries
    .toReversed()
    .filter(({ action }) => action.startsWith("webhook-"))
    .map(({ actor, action, subject, note }) => `${actor} ${action} ${subject} ${note}`);

beforeEach(() => at(NOON));

describe("a new webhook", () => {
  test("comes with its secret, and is told of all events as dateline unless it says otherwise", async () => {
    const response = await make({ name: "  Partner ", sections: ["sport"] });
    expect({ status: response.status, ...(await response.json<object>()) }).toEqual({
      status: 201,
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      id: "partner",
      name: "Partner",
      url: URL,
      origin: ORIGIN,
      events: ["published", "revised", "corrected", "withdrawn", "reinstated", "expired"].map(
        (kind) => `article.${kind}`,
      ),
      sections: ["sport"],
      format: "dateline",
      state: "active",
      lane: "healthy",
      waiting: 0,
      created: "2031-11-24T12:00:00.000Z",
    });
  });

  test("has an id of its own, and never that of one that was removed", async () => {
    const ids: string[] = [];
    for (const name of ["Partner", "partner!", "北京"])
      ids.push((await (await make({ name })).json<{ id: string }>()).id);
    await of("DELETE", "");
    ids.push((await (await make()).json<{ id: string }>()).id);
    expect(ids).toEqual(["partner", "partner-2", expect.stringMatching(/^\w{8}$/), "partner-3"]);
  });

  test("is the last where there are fifty", async () => {
    for (let index = 0; index < 50; index++) expect((await make()).status).toBe(201);
    const refused = await make();
    await expectDescribed("makeWebhook", refused.clone());
    expect(await problem(refused)).toMatchObject({ status: 409, max: 50 });
    await of("DELETE", "");
    expect((await make()).status).toBe(201);
  });

  test.each([
    ["http://partner.example.org/p4ss", "https", "http://partner.example.org"],
    ["https://partner.example.org:444/?p4ss", "port", "https://partner.example.org:444"],
    ["https://127.0.0.1/", "name", "https://127.0.0.1"],
    ["https://[::ffff:7f00:1]/", "name", "https://[::ffff:7f00:1]"],
    ["https://localhost/", "internet", "https://localhost"],
    ["https://news.example/", "this site", "https://news.example"],
    ["https://a:b@partner.example.org/", "password", "https://partner.example.org"],
    ["https://partner.example.org/#p4ss", "fragment", "https://partner.example.org"],
    ["ftp://partner.example.org/p4ss", "https", ""],
    ["partner:p4ss", "https", ""],
    ["no address, but p4ss", "white space", ""],
    ["https//partner.example.org/p4ss", "valid absolute URL", ""],
    ["", "valid absolute URL", ""],
  ])("is none for “%s”, and the issue shows its origin alone", async (url, reason, found) => {
    const response = await make({ url });
    await expectDescribed("makeWebhook", response.clone());
    expect(await problem(response)).toMatchObject({
      status: 422,
      issues: [{ path: "/url", detail: expect.stringContaining(reason), found }],
    });
    expect(await listWebhooks()).toEqual([]);
  });
});

describe("the answer, as it is described:", () => {
  const CASES: [id: string, what: string, status: number, ask: () => Promise<Response>][] = [
    [
      "makeWebhook",
      "one event in ninjs",
      201,
      () => make({ name: "B", events: ["article.expired"], format: "ninjs" }),
    ],
    ["makeWebhook", "an unknown event", 422, () => make({ events: ["article.lost"] })],
    ["makeWebhook", "no event", 422, () => make({ events: [] })],
    ["makeWebhook", "a section that is no id", 422, () => make({ sections: ["Human Rights"] })],
    ["makeWebhook", "an unknown format", 422, () => make({ format: "rss" })],
    ["makeWebhook", "an unknown member", 422, () => make({ secret: "whsec_AAAA" })],
    ["listWebhooks", "one", 200, () => edit("GET", "/api/webhooks")],
    ["listDeliveries", "no attempt", 200, () => of("GET", "/deliveries")],
    ["listDeliveries", "an invalid limit", 400, () => of("GET", "/deliveries?limit=0")],
    ["listDeliveries", "an unknown parameter", 400, () => of("GET", "/deliveries?since=now")],
    ["listDeliveries", "no such webhook", 404, () => edit("GET", "/api/webhooks/none/deliveries")],
    ["redeliver", "all since a time", 202, () => redeliver({ since: "2026-11-24T00:00:00Z" })],
    ["redeliver", "an event of which it was never told", 404, () => redeliver({ event: "a-1" })],
    ["redeliver", "no such webhook", 404, () => redeliver({ since: "2026-11-24T00:00:00Z" }, "none")],
    ["redeliver", "neither", 422, () => redeliver({})],
    ["redeliver", "both", 422, () => redeliver({ event: "a-1", since: "2026-11-24T00:00:00Z" })],
    ["redeliver", "a time without offset", 422, () => redeliver({ since: "2026-11-24T00:00:00" })],
    ["rotateWebhook", "one", 200, () => of("POST", "/rotate")],
    ["rotateWebhook", "no such webhook", 404, () => edit("POST", "/api/webhooks/none/rotate")],
    ["resumeWebhook", "one that isn't paused", 200, () => of("POST", "/resume")],
    ["resumeWebhook", "no such webhook", 404, () => edit("POST", "/api/webhooks/none/resume")],
    ["removeWebhook", "one", 200, () => of("DELETE", "")],
    ["removeWebhook", "no such webhook", 200, () => edit("DELETE", "/api/webhooks/none")],
  ];

  test.each(CASES)("%s, “%s” is %i", async (id, _what, status, ask) => {
    await make();
    const response = await ask();
    expect(response.status).toBe(status);
    await expectDescribed(id, response);
  });

  test("a webhook's log and state after successes and failures", async () => {
    const { id } = await makeWebhook({}, { delivery: [503, "reset"] });
    await put("bridge", wire());
    await deliverAll();
    await put("tunnel", wire({ headline: "Tunnel" }));
    await deliverAll();
    await expectDescribed("listWebhooks", await edit("GET", "/api/webhooks"));
    const log = await edit("GET", `/api/webhooks/${id}/deliveries`);
    expect((await log.clone().json<{ deliveries: unknown[] }>()).deliveries).toMatchObject([
      { article: "tunnel", reason: "no-connection", attempt: 1 },
      { article: "bridge", status: 503, attempt: 1 },
    ]);
    await expectDescribed("listDeliveries", log);
  });
});

test("a webhook that is removed once more stays so: who lost the answer may ask again", async () => {
  await make();
  const answers = [await of("DELETE", ""), await of("DELETE", "")];
  expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([{ removed: 1 }, { removed: 0 }]);
  await runDurableObjectAlarm(hub());
  expect((await actions()).map((line) => line.split(" ")[1])).toEqual(["webhook-made", "webhook-removed"]);
});

test("a page of the log follows the one before", async () => {
  const { id } = await makeWebhook();
  for (let index = 0; index < 5; index++) await put(`story-${index}`, wire({ headline: `Story ${index}` }));
  await deliverAll();
  const walked: string[] = [];
  let query: string | undefined = "?limit=2";
  while (query !== undefined) {
    const response = await edit("GET", `/api/webhooks/${id}/deliveries${query}`);
    const { deliveries, next } = await response.json<{ deliveries: { article: string }[]; next?: string }>();
    expect(deliveries.length).toBeLessThanOrEqual(2);
    walked.push(...deliveries.map(({ article }) => article));
    query = next === undefined ? undefined : `?limit=2&cursor=${next}`;
  }
  expect(walked.toSorted()).toEqual([0, 1, 2, 3, 4].map((index) => `story-${index}`));
});

test("a webhook's secret, and the path and query of its address, are in the answer that makes it and nowhere else outside the hub", async () => {
  const log = listenToLog();
  const { secret } = await (await make()).json<{ secret: string }>();
  await runDurableObjectAlarm(hub());
  const shown = [
    JSON.stringify(await everyRow()),
    await textOf(make({ url: `http${URL.slice(5)}` })),
    await textOf(make({ url: [URL] })),
    await textOf(edit("GET", "/api/webhooks")),
    await textOf(of("POST", "/rotate")),
    await textOf(of("POST", "/resume")),
    await textOf(of("GET", "/deliveries")),
    await textOf(of("DELETE", "")),
    await textOf(edit("GET", "/api/export")),
    await textOf(edit("GET", "/api/audit")),
    log(),
  ];
  expect(shown.map((text) => [secret, "p4ss", "key=k"].filter((word) => text.includes(word)))).toEqual(
    shown.map(() => []),
  );
});

describe("the audit", () => {
  test("tells who made, rotated and removed a webhook", async () => {
    const ann = await tokenOf("Ann", ["admin"]);
    await make({ events: ["article.published", "article.withdrawn"], sections: ["sport"] }, ann);
    await of("POST", "/rotate");
    await of("POST", "/resume");
    await of("DELETE", "");
    await runDurableObjectAlarm(hub());
    const note = `article.published, article.withdrawn in sport to ${ORIGIN}`;
    expect(await actions("?webhook=partner")).toEqual([
      `token:ann webhook-made webhook:partner ${note}`,
      `EDITOR_TOKEN webhook-rotated webhook:partner ${note}`,
      `EDITOR_TOKEN webhook-removed webhook:partner ${note}`,
    ]);
  });

  test("gets an entry once, though the hub doesn't learn that it came and tells it again", async () => {
    await make();
    const kept = await runInDurableObject(hub(), (_hub, { storage: { sql } }) =>
      sql.exec<Record<string, SqlStorageValue>>("SELECT * FROM audit_entry").toArray(),
    );
    await runDurableObjectAlarm(hub());
    await runInDurableObject(hub(), (_hub, { storage: { sql } }) => {
      for (const row of kept) {
        const marks = Object.keys(row).map(() => "?");
        sql.exec(
          `INSERT INTO audit_entry (${Object.keys(row).join(", ")}) VALUES (${marks.join(", ")})`,
          ...Object.values(row),
        );
      }
    });
    await make();
    await runDurableObjectAlarm(hub());
    expect((await actions()).map((line) => line.split(" ")[2])).toEqual([
      "webhook:partner",
      "webhook:partner-2",
    ]);
  });

  test("gets an entry that the Desk didn't take at first, though the hub was evicted meanwhile", async () => {
    const log = listenToLog();
    vi.spyOn(Desk.prototype, "addToAudit").mockImplementationOnce(() => {
      throw new Error("The Desk is down");
    });
    await make();
    await runDurableObjectAlarm(hub());
    expect(await actions()).toEqual([]);
    expect(log()).toContain("The Desk is down");
    await evictDurableObject(hub());
    at(NOON + 60_000);
    await runDurableObjectAlarm(hub());
    expect(await actions()).toHaveLength(1);
  });

  test("gets the entries of another hub too, whose numbers begin with 1 again", async () => {
    const entry = { number: 1, instant: NOON, actor: "a", action: "webhook-made", subject: "webhook:a" };
    for (const life of ["one", "two", "one"]) await desk().addToAudit(life, [entry]);
    expect(await actions()).toHaveLength(2);
  });

  test("lists refusals with the webhook that they concern", async () => {
    await make();
    await runDurableObjectAlarm(hub());
    const { token } = await makeToken({ rights: ["publish"] });
    for (const id of ["no-such-webhook", "partner"])
      await edit("DELETE", `/api/webhooks/${id}`, undefined, by(token));
    const refusals = await vi.waitUntil(async () => {
      const response = await edit("GET", "/api/audit/refusals?webhook=partner");
      const { refusals: found } = await response.json<{ refusals: unknown[] }>();
      return found.length > 0 && found;
    });
    expect(refusals).toMatchObject([{ action: "remove-webhook", subject: "webhook:partner" }]);
  });
});
