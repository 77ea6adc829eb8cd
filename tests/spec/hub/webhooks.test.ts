/** Webhooks: who is told of what, in which form, and that nobody is told what readers may not see. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { runInDurableObject } from "cloudflare:test";
import { hubFaults } from "../../support/faulty-hub.ts";
import { act, at, desk, put, settle, sweep, withdraw } from "../../support/newsroom.ts";
import { importLines } from "../../support/stories/copies.ts";
import { wire } from "../../support/stories/wire.ts";
import { send } from "../../support/tokens.ts";
import { deliverAll, hub, makeWebhook, type TestWebhook, verify } from "../../support/webhooks.ts";
import { layout } from "../../support/worker.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const MINUTE = 60_000;

beforeEach(() => at(NOON));

describe("a webhook", () => {
  test("is told that an article was published, with the article as the API shows it", async () => {
    const { posts } = await makeWebhook();
    await put("bridge", wire());
    await deliverAll();
    const [post] = await posts();
    const fields = new Headers(post?.headers);
    expect(JSON.parse(post?.body.text ?? "")).toEqual({
      type: "article.published",
      timestamp: "2031-11-24T12:00:00.000Z",
      data: expect.objectContaining({
        id: "bridge",
        url: "https://news.example/articles/bridge",
        headline: "Harbour bridge reopens",
        published: "2026-11-04T07:07:06.000Z",
      }),
    });
    expect(["Content-Type", "X-Dateline-Event", "User-Agent"].map((name) => fields.get(name))).toEqual([
      "application/json",
      "article.published",
      "Dateline-Hub/1 (+https://news.example/)",
    ]);
  });

  test("gets signatures that the package standardwebhooks takes, and that its own secret alone makes", async () => {
    const [one, other] = [await makeWebhook({ name: "One" }), await makeWebhook({ name: "Other" })];
    await put("bridge", wire());
    await deliverAll();
    const [[post], [foreign]] = [await one.posts(), await other.posts()];
    if (post === undefined || foreign === undefined) throw new Error("Both are told");
    expect(verify(one.secret, post)).toMatchObject({ type: "article.published" });
    expect(() => verify(one.secret, foreign)).toThrow("No matching signature");
  });

  test("gets the ninjs item itself where it wants ninjs, and the event in a header field", async () => {
    const { posts } = await makeWebhook({ format: "ninjs" });
    await put("bridge", wire());
    await deliverAll();
    await withdraw("bridge");
    await deliverAll();
    const all = (await posts()).map(({ headers, body }): unknown[] => [
      new Headers(headers).get("X-Dateline-Event"),
      JSON.parse(body.text),
    ]);
    expect(all).toEqual([
      [
        "article.published",
        expect.objectContaining({ pubstatus: "usable", headline: "Harbour bridge reopens" }),
      ],
      ["article.withdrawn", expect.objectContaining({ pubstatus: "canceled" })],
    ]);
  });

  test("is told of all that happens to an article, in its order", async () => {
    const { gist } = await makeWebhook();
    await put("bridge", wire());
    await put("bridge", wire({ body: "The bridge is closed again." }));
    await act("bridge", "correct", { correction: "It was the other bridge." });
    await act("bridge", "expire", { expires: "2031-11-24T12:00:30Z" });
    await deliverAll();
    at(NOON + MINUTE);
    await settle();
    await withdraw("bridge");
    await act("bridge", "reinstate");
    await deliverAll();
    const kinds = (await gist()).map((line) => line.split(" ")[0]);
    expect(kinds).toEqual([
      "published",
      "revised",
      "corrected",
      "revised",
      "expired",
      "withdrawn",
      "reinstated",
    ]);
  });

  test("is told of the events that it wants, and of no other", async () => {
    const some = await makeWebhook({ events: ["article.corrected", "article.withdrawn"] });
    await put("bridge", wire());
    await act("bridge", "correct", { correction: "It was the other bridge." });
    await deliverAll();
    await withdraw("bridge");
    await deliverAll();
    expect(await some.gist()).toEqual(["corrected bridge 2", "withdrawn bridge 3"]);
  });

  test("is told of articles in its sections, and of no other", async () => {
    const sport = await makeWebhook({ sections: ["sport", "events"] });
    await put("goal", wire({ sections: "Politics Sport" }));
    await put("vote", wire({ sections: "Politics" }));
    await put("gala", wire({ sections: "Events" }));
    await deliverAll();
    expect((await sport.gist()).toSorted()).toEqual(["published gala 1", "published goal 1"]);
  });

  test("is told of the change that takes an article out of its sections, and of none after", async () => {
    const sport = await makeWebhook({ sections: ["sport"] });
    await put("goal", wire({ sections: "Sport" }));
    await deliverAll();
    await put("goal", wire({ sections: "Politics" }));
    await put("goal", wire({ sections: "Politics", body: "Another text." }));
    await deliverAll();
    await withdraw("goal");
    await deliverAll();
    const told = await sport.told();
    expect(told.map(({ type, data }): unknown[] => [type, data["sections"]])).toEqual([
      ["published", [{ id: "sport", title: "Sport" }]],
      ["revised", [{ id: "politics", title: "Politics" }]],
    ]);
  });

  test("is told once of an event that the Desk tells twice", async () => {
    const { gist } = await makeWebhook();
    await put("bridge", wire());
    await deliverAll();
    await tell(1, "published", "bridge", 1);
    await put("other", wire({ headline: "Other" }));
    await deliverAll();
    expect(await gist()).toEqual(["published bridge 1", "published other 1"]);
  });

  test("works on a site without a hub for subscribers", async () => {
    layout.hub = undefined;
    const { gist } = await makeWebhook();
    await put("bridge", wire());
    await deliverAll();
    expect(await gist()).toEqual(["published bridge 1"]);
  });
});

describe("an event of which the hub hears late", () => {
  beforeEach(() => {
    vi.spyOn(console, "error").mockReturnValue();
    hubFaults.isHubDown = () => true;
  });

  test("has the article as it was then, though it has expired since", async () => {
    const webhook = await makeWebhook();
    await put("budget", wire({ time: "2031-11-24T12:10:00Z", headline: "Budget" }));
    await act("budget", "expire", { expires: "2031-11-24T12:20:00Z" });
    for (const minute of [10, 20]) {
      at(NOON + minute * MINUTE);
      await settle();
    }
    expect(await statuses(webhook)).toEqual([
      "published published 2031-11-24T12:10:01.000Z",
      "expired expired 2031-11-24T12:20:01.000Z",
    ]);
  });

  test("has the article as it was then, though it was revised and has expired since", async () => {
    const webhook = await makeWebhook();
    await put("bridge", wire());
    await act("bridge", "expire", { expires: "2031-11-24T12:20:00Z" });
    at(NOON + 20 * MINUTE);
    await settle();
    await act("bridge", "correct", { correction: "It was the other bridge." });
    expect(await statuses(webhook)).toEqual([
      "published published 2031-11-24T12:00:00.000Z",
      "revised published 2031-11-24T12:00:00.000Z",
      "expired expired 2031-11-24T12:20:01.000Z",
      "corrected expired 2031-11-24T12:20:02.000Z",
    ]);
  });

  test("of a withdrawal has the reason that it was given, though the article was reinstated since", async () => {
    const webhook = await makeWebhook();
    await put("bridge", wire());
    await withdraw("bridge?reason=Wrong");
    at(NOON + MINUTE);
    await act("bridge", "reinstate");
    expect(await statuses(webhook)).toEqual([
      "published withdrawn undefined",
      "withdrawn withdrawn undefined",
      "reinstated published 2031-11-24T12:01:00.000Z",
    ]);
    expect((await webhook.told()).map(({ data }) => data["reason"])).toEqual(["Wrong", "Wrong", undefined]);
  });
});

describe("nobody is told", () => {
  test("of an embargoed article before its minute", async () => {
    const { gist } = await makeWebhook();
    await put("budget", wire({ time: "2031-11-24T12:10:00Z", headline: "Budget" }));
    await put("bridge", wire());
    at(NOON + 10 * MINUTE - 1);
    await deliverAll();
    expect(await gist()).toEqual(["published bridge 1"]);
    at(NOON + 10 * MINUTE);
    await deliverAll();
    expect(await gist()).toEqual(["published bridge 1", "published budget 1"]);
  });

  test("of a draft, but for the withdrawal of what was public, without its words", async () => {
    const { told, posts } = await makeWebhook();
    await put("plan?draft", wire({ headline: "A plan" }));
    await put("bridge", wire());
    await deliverAll();
    await put("bridge?draft", wire({ headline: "Bridge still closed" }));
    await put("bridge?draft", wire({ headline: "Bridge closed for good" }));
    await deliverAll();
    expect((await told()).map(({ type, article }) => `${type} ${article}`)).toEqual([
      "published bridge",
      "withdrawn bridge",
    ]);
    const [, last] = await posts();
    expect(last?.body.text).not.toMatch(/still closed|Harbour bridge/);
  });

  test("of what an import brings", async () => {
    const { gist } = await makeWebhook();
    await importLines([{ id: "old", wire: wire({ headline: "Old" }) }]);
    await put("bridge", wire());
    await settle();
    await deliverAll();
    expect(await gist()).toEqual(["published bridge 1"]);
  });
});

describe("the words of a withdrawn article", () => {
  const WORDS = /Harbour bridge|repairs/;

  test("are in no retry that waited when it was withdrawn", async () => {
    const { behave, posts, gist } = await makeWebhook({}, { delivery: 503 });
    await put("bridge", wire());
    await put("bridge", wire({ body: "The repairs go on." }));
    await deliverAll();
    const before = (await posts()).length;
    await withdraw("bridge?reason=Wrong");
    await behave({ delivery: 204 });
    await deliverAll();
    at(NOON + 2 * MINUTE);
    await deliverAll();
    const later = (await posts()).slice(before);
    expect((await gist()).slice(before).map((line) => line.split(" ")[0])).toEqual([
      "published",
      "revised",
      "withdrawn",
    ]);
    expect(later.filter(({ body }) => WORDS.test(body.text))).toEqual([]);
    expect(JSON.parse(later[0]?.body.text ?? "")).toMatchObject({
      type: "article.published",
      data: { id: "bridge", status: "withdrawn", reason: "Wrong" },
    });
  });

  test("are nowhere in the hub, whatever its webhooks want", async () => {
    await makeWebhook({ events: ["article.published"] });
    await put("bridge", wire());
    await deliverAll();
    expect(await hubText()).toMatch(WORDS);
    await withdraw("bridge");
    await deliverAll();
    expect(await hubText()).not.toMatch(WORDS);
  });

  test("come back when it is reinstated, in that event alone, though the withdrawal is told again", async () => {
    const { id, told } = await makeWebhook({ events: ["article.published", "article.reinstated"] });
    await put("bridge", wire());
    await withdraw("bridge");
    await act("bridge", "reinstate");
    await deliverAll();
    await tell(2, "withdrawn", "bridge", 2);
    await send("POST", `/api/webhooks/${id}/redeliver`, { since: "2031-11-24T00:00:00Z" });
    await deliverAll();
    expect((await told()).slice(2).map(({ type, data }): unknown[] => [type, data["headline"]])).toEqual([
      ["published", undefined],
      ["reinstated", "Harbour bridge reopens"],
    ]);
  });

  test("are in no event of which the Desk tells only afterwards", async () => {
    await put("bridge", wire());
    await withdraw("bridge");
    await deliverAll();
    const { posts, gist } = await makeWebhook();
    await tell(1, "published", "bridge", 1);
    await deliverAll();
    expect(await gist()).toEqual(["published bridge 2"]);
    const [post] = await posts();
    expect(post?.body.text).not.toMatch(WORDS);
  });
});

/** Lets the hub hear of all. @returns the statuses and times of change that it tells, each after the type of the event */
async function statuses({ told }: TestWebhook): Promise<string[]> {
  hubFaults.isHubDown = () => false;
  at(Date.now() + MINUTE);
  await deliverAll();
  return (await told()).map(
    ({ type, data }) => `${type} ${String(data["status"])} ${String(data["changed"])}`,
  );
}

/** Lets the Desk tell an event once more, as it does where it doesn't learn that the hub has it. @param number from 1 */
async function tell(number: number, kind: string, article: string, revision: number): Promise<void> {
  await runInDurableObject(desk(), (_desk, { storage }) => {
    storage.sql.exec(
      "INSERT INTO event (number, instant, kind, article, revision) VALUES (?, ?, ?, ?, ?)",
      number,
      NOON,
      kind,
      article,
      revision,
    );
  });
  await sweep();
}

/** All that the hub stores, as one text. */
function hubText(): Promise<string> {
  return runInDurableObject(hub(), (_hub, { storage: { sql } }) =>
    JSON.stringify(
      ["event", "event_record", "delivery", "attempt"].map((table) =>
        sql.exec(`SELECT * FROM ${table}`).toArray(),
      ),
    ),
  );
}
