/** The list of subscriptions: what editors see of each, in each state, and what nobody sees. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { expectDescribed } from "../../support/description.ts";
import {
  advance,
  ask,
  DAY,
  formOf,
  HOUR,
  MINUTE,
  post,
  publish,
  SECOND,
  subscribe,
} from "../../support/hub.ts";
import { edit, get, request, tokenOf } from "../../support/newsroom.ts";
import { ORIGIN } from "../../support/site.ts";
import { listSubscriptions, type ShownSubscription, whole } from "../../support/reading/subscriptions.ts";
import type { BehaviourInput } from "../../support/subscribers/behaviour.ts";
import { subscriber } from "../../support/subscribers/control.ts";
import { everyRow, listenToLog } from "../../support/tokens.ts";

const RSS = "/sections/politics/rss.xml";
const LIST = "/api/subscriptions";

beforeEach(() => publish("Harbour bridge"));

/** A time in the list, in milliseconds after now. */
function fromNow(time: string | undefined): number {
  return Date.parse(time ?? "") - Date.now();
}

/** The only subscription in the list. */
async function only(): Promise<ShownSubscription> {
  const { subscriptions } = await listSubscriptions();
  const [first] = subscriptions;
  if (first === undefined || subscriptions.length !== 1) throw new Error(JSON.stringify(subscriptions));
  return first;
}

/** A subscriber of politics, and a change that it is sent. */
async function subscribeAndPublish(delivery: BehaviourInput["delivery"]): Promise<void> {
  await subscribe(RSS, { delivery });
  await publish("Ferry strike");
  await advance(10 * SECOND);
}

describe("a subscription in the list", () => {
  test("has its topic, feed, host and lease once it is verified, and nothing before", async () => {
    const { callback } = await subscriber();
    await post(formOf("subscribe", RSS, callback, [["hub.lease_seconds", "86400"]]));
    expect(await listSubscriptions()).toEqual({ subscriptions: [] });
    const before = Date.now();
    await advance(0);
    const subscription = await only();
    expect(subscription).toEqual({
      id: subscription.id,
      topic: `${ORIGIN}${RSS}`,
      feed: "section:politics",
      host: "127.0.0.1",
      created: new Date(before).toISOString(),
      expires: new Date(before + DAY).toISOString(),
      lane: "healthy",
    });
  });

  test("has the canonical topic where the subscriber sent another spelling", async () => {
    await subscribe(`${ORIGIN.replace("https://news", "HTTPS://NEWS")}${RSS}`);
    expect((await only()).topic).toBe(`${ORIGIN}${RSS}`);
  });

  test("has its last success", async () => {
    await subscribeAndPublish(204);
    const { lastSuccess, lastFailure, nextAttempt } = await only();
    expect(fromNow(lastSuccess)).toBeGreaterThan(-10 * SECOND);
    expect([lastFailure, nextAttempt]).toEqual([undefined, undefined]);
  });

  test("has its last failure with the status, and the next attempt", async () => {
    await subscribeAndPublish(503);
    const { lane, lastSuccess, lastFailure, nextAttempt } = await only();
    expect([lane, lastSuccess, lastFailure?.status]).toEqual(["healthy", undefined, 503]);
    const pause = Date.parse(nextAttempt ?? "") - Date.parse(lastFailure?.time ?? "");
    expect(pause).toBeGreaterThanOrEqual(MINUTE);
    expect(pause).toBeLessThanOrEqual(1.6 * MINUTE);
  });

  test("has no status where the subscriber broke the connection", async () => {
    await subscribeAndPublish("reset");
    const { lastFailure } = await only();
    expect(Object.keys(lastFailure ?? {})).toEqual(["time"]);
  });

  test("is in the slow lane after two failures in a row", async () => {
    await subscribeAndPublish(500);
    await advance(2 * MINUTE);
    const { lane, lastFailure } = await only();
    expect([lane, lastFailure?.status]).toEqual(["slow", 500]);
  });

  test("is healthy again after a success, and keeps the last failure with its status", async () => {
    await subscribeAndPublish([500, 503, 204]);
    await advance(10 * MINUTE);
    const { lane, lastSuccess, lastFailure, nextAttempt } = await only();
    expect([lane, lastFailure?.status, nextAttempt]).toEqual(["healthy", 503, undefined]);
    expect(Date.parse(lastSuccess ?? "")).toBeGreaterThan(Date.parse(lastFailure?.time ?? ""));
  });

  test("keeps its id and its first day when it is renewed, and gets the new lease", async () => {
    const { callback } = await subscribe(RSS);
    const first = await only();
    await advance(HOUR);
    await ask("subscribe", RSS, callback);
    const lease = Date.parse(first.expires) - Date.parse(first.created);
    expect(await only()).toEqual({ ...first, expires: new Date(Date.now() + lease).toISOString() });
  });

  test("is gone with the end of its lease", async () => {
    await subscribe(RSS, {}, [["hub.lease_seconds", "3600"]]);
    vi.setSystemTime(Date.now() + HOUR - 1);
    expect((await listSubscriptions()).subscriptions).toHaveLength(1);
    vi.setSystemTime(Date.now() + 1);
    expect(await listSubscriptions()).toEqual({ subscriptions: [] });
  });

  test("is gone after it was ended by the subscriber", async () => {
    const { callback } = await subscribe(RSS);
    await ask("unsubscribe", RSS, callback);
    expect(await listSubscriptions()).toEqual({ subscriptions: [] });
  });
});

test("neither the secret nor the callback is in any answer, in the audit, in the Desk or in the log", async () => {
  const logged = listenToLog();
  const { callback } = await subscriber({ delivery: [204, 500] });
  const secrets = ["the-secret-of-the-hub", "the-key-in-the-query", new URL(callback).pathname];
  await ask("subscribe", RSS, `${callback}?key=the-key-in-the-query`, [
    ["hub.secret", "the-secret-of-the-hub"],
  ]);
  await publish("Ferry strike");
  await advance(10 * SECOND);
  const { id } = await only();
  const bodies = [
    await whole(edit("GET", LIST)),
    await whole(edit("GET", "/api/readers")),
    await whole(edit("GET", "/feeds")),
    await whole(edit("DELETE", `${LIST}/${id}`)),
    await whole(edit("PUT", "/api/blocked-hosts/127.0.0.1")),
    await whole(edit("GET", "/api/blocked-hosts")),
  ];
  await advance(MINUTE);
  bodies.push(await whole(edit("GET", "/api/audit")), JSON.stringify(await everyRow()), logged());
  expect(bodies[0]).toContain("127.0.0.1");
  for (const secret of secrets)
    expect(bodies.map((body) => body.includes(secret))).toEqual(bodies.map(() => false));
});

describe("the list", () => {
  test("follows the part before without gap or repetition", async () => {
    for (const file of ["rss.xml", "atom.xml", "feed.json"]) await subscribe(`/sections/politics/${file}`);
    const { subscriptions } = await listSubscriptions();
    expect(subscriptions.map(({ topic }) => topic.slice(ORIGIN.length))).toEqual([
      "/sections/politics/rss.xml",
      "/sections/politics/atom.xml",
      "/sections/politics/feed.json",
    ]);
    const first = await listSubscriptions("?limit=2");
    const rest = await listSubscriptions(`?limit=2&cursor=${first.next}`);
    expect([...first.subscriptions, ...rest.subscriptions]).toEqual(subscriptions);
    expect([first.subscriptions.length, rest.next]).toEqual([2, undefined]);
  });

  test.each([
    ["?feed=section:politics", [RSS, `${RSS}?limit=10`, "/sections/politics/feed.json"]],
    ["?feed=section:business%2Bpolitics", ["/sections/business+politics/rss.xml"]],
    ["?feed=all", ["/rss.xml"]],
    ["?feed=tag:none", []],
    [`?topic=${encodeURIComponent(`${ORIGIN}${RSS}?limit=10`)}`, [`${RSS}?limit=10`]],
    [`?topic=${ORIGIN}/rss.xml`, ["/rss.xml"]],
    [`?feed=all&topic=${ORIGIN}${RSS}`, []],
  ])("is limited by %s", async (query, expected) => {
    await publish("Trade fair", { sections: "Business" });
    const topics = [
      "/rss.xml",
      RSS,
      `${RSS}?limit=10`,
      "/sections/business+politics/rss.xml",
      "/sections/politics/feed.json",
    ];
    for (const topic of topics) await subscribe(topic);
    const { subscriptions } = await listSubscriptions(query);
    expect(subscriptions.map(({ topic }) => topic.slice(ORIGIN.length))).toEqual(expected);
  });

  test.each(["?limit=0", "?limit=101", "?cursor=nonsense", "?feed=", "?host=127.0.0.1"])(
    "is refused for %s",
    async (query) => {
      const response = await edit("GET", `${LIST}${query}`);
      expect(response.status).toBe(400);
      await expectDescribed("listSubscriptions", response);
    },
  );

  test("is for everybody who has signed in, and for nobody else", async () => {
    await subscribe(RSS);
    const writer = await tokenOf("Writer", ["publish"], ["sport"]);
    const answers = await Promise.all([get(LIST), get(LIST, writer)]);
    expect(answers.map(({ status }) => status)).toEqual([401, 200]);
    for (const answer of answers) await expectDescribed("listSubscriptions", answer);
  });

  test("is read from no cache, and kept by none", async () => {
    const { headers } = await edit("GET", LIST);
    expect(headers.get("Cache-Control")).toBe("private, no-store, no-transform");
  });
});

test.each([
  ["DELETE", "/api/subscriptions/none?x", "endSubscription"],
  ["PUT", "/api/blocked-hosts/no:host:x", "blockHost"],
  ["DELETE", "/api/blocked-hosts/no:host:x", "unblockHost"],
  ["GET", "/api/blocked-hosts", "listBlockedHosts"],
])("%s %s asks for the right before it reads the request", async (method, path, id) => {
  const editors = await tokenOf("Editor", ["publish", "withdraw"]);
  const answers = [await request(path, { method }), await request(path, { method, headers: editors })];
  expect(answers.map(({ status }) => status)).toEqual([401, 403]);
  for (const answer of answers) await expectDescribed(id, answer);
});
