/** Denials (WebSub, section 5.2): an administrator's end or block, or a feed that is gone for good, and nothing else. */
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { audit } from "../../support/audit.ts";
import { expectDescribed } from "../../support/description.ts";
import {
  advance,
  ask,
  DAY,
  deliveries,
  formOf,
  HOUR,
  hub,
  MINUTE,
  post,
  publish,
  SECOND,
  subscribe,
  untilCalm,
  verifications,
} from "../../support/hub.ts";
import { edit, withdraw } from "../../support/newsroom.ts";
import { listSubscriptions } from "../../support/reading/subscriptions.ts";
import { ORIGIN } from "../../support/site.ts";
import { type RemoteSubscriber, subscriber } from "../../support/subscribers/control.ts";
import { layout, resetLayout } from "../../support/worker.ts";

const RSS = "/sections/politics/rss.xml";
const BLOCK = "/api/blocked-hosts/127.0.0.1";

beforeEach(() => publish("Harbour bridge"));

/** The denials that a subscriber got, each as its parameters. */
async function denials(one: RemoteSubscriber): Promise<Record<string, string>[]> {
  const queries = await verifications(one);
  return queries
    .map((query) => Object.fromEntries(query))
    .filter(({ "hub.mode": mode }) => mode === "denied");
}

/** Ends the newest subscription. */
async function endNewest(): Promise<Response> {
  const { subscriptions } = await listSubscriptions();
  return edit("DELETE", `/api/subscriptions/${subscriptions.at(-1)?.id}`);
}

/** A subscriber whose callback is on another host of this machine. */
async function subscribeElsewhere(topic: string): Promise<RemoteSubscriber> {
  const one = await subscriber();
  await ask("subscribe", topic, one.callback.replace("127.0.0.1", "localhost"));
  return one;
}

/** Gives the newest subscription, or the request that waits, another host: the subscribers of the tests are on this machine. */
async function renameHost(host: string | undefined): Promise<void> {
  await runInDurableObject(hub(), (_instance, { storage }) => {
    for (const table of ["subscription", "intent"])
      storage.sql.exec(`UPDATE ${table} SET host = ? WHERE host = '127.0.0.1'`, host ?? null);
  });
}

/** The statuses of requests of callbacks on hosts. */
function statuses(hosts: readonly string[]): Promise<number[]> {
  return Promise.all(
    hosts.map(async (host) => (await post(formOf("subscribe", RSS, `https://${host}/callback`))).status),
  );
}

/** Starts the hub anew, as a deployment does. */
async function restartHub(): Promise<void> {
  await untilCalm();
  await runInDurableObject(hub(), (_instance, state) => state.abort("A new deployment")).catch(
    () => undefined,
  );
}

/** Entries of the audit about subscriptions and hosts, in a few words and in the order in which they were made. */
async function entries(): Promise<string[]> {
  const found = (await audit()).entries.filter(({ subject }) => /^(subscription|host):/.test(subject));
  return found
    .toReversed()
    .map(({ actor, action, subject, result, note = "–" }) =>
      [actor, action, subject, result, note].join(" | "),
    );
}

describe("an administrator's end of a subscription", () => {
  test("tells the subscriber once that it is denied, with the topic as it was sent and a reason", async () => {
    const topic = `${ORIGIN.toUpperCase()}${RSS}`;
    const one = await subscribe(topic);
    const response = await endNewest();
    await expectDescribed("endSubscription", response.clone());
    expect(await response.json()).toEqual({ ended: 1 });
    await advance(HOUR);
    expect(await denials(one)).toEqual([
      { "hub.mode": "denied", "hub.topic": topic, "hub.reason": expect.stringMatching(/^This feed .*\.$/) },
    ]);
  });

  test("ends this subscription alone", async () => {
    const [other, one] = [await subscribe(RSS), await subscribe(RSS)];
    await endNewest();
    await publish("Ferry strike");
    await advance(10 * SECOND);
    expect([(await deliveries(one)).length, (await deliveries(other)).length]).toEqual([0, 1]);
    expect([(await denials(one)).length, (await denials(other)).length]).toEqual([1, 0]);
    expect((await listSubscriptions()).subscriptions).toHaveLength(1);
  });

  test("drops a renewal that waits for its verification", async () => {
    const one = await subscribe(RSS);
    await post(formOf("subscribe", RSS, one.callback));
    await endNewest();
    await advance(HOUR);
    expect((await verifications(one)).map((query) => query.get("hub.mode"))).toEqual(["subscribe", "denied"]);
    expect(await listSubscriptions()).toEqual({ subscriptions: [] });
  });

  test("says again that nothing is to be ended, and tells the subscriber nothing more", async () => {
    const one = await subscribe(RSS);
    const { subscriptions } = await listSubscriptions();
    const path = `/api/subscriptions/${subscriptions[0]?.id}`;
    const answers = [await edit("DELETE", path), await edit("DELETE", path)];
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([{ ended: 1 }, { ended: 0 }]);
    await advance(HOUR);
    expect(await denials(one)).toHaveLength(1);
    expect(await entries()).toHaveLength(1);
  });

  test("is refused for what can't be an id", async () => {
    const response = await edit("DELETE", "/api/subscriptions/all");
    expect(response.status).toBe(422);
    await expectDescribed("endSubscription", response);
  });
});

describe("a denial", () => {
  test("that doesn't come through is tried twice: at once and after a minute", async () => {
    const one = await subscribe(RSS, { verification: ["echo", "reset"] });
    await endNewest();
    await advance(MINUTE - 1);
    expect(await denials(one)).toHaveLength(1);
    await advance(DAY);
    expect(await denials(one)).toHaveLength(2);
  });

  test("that waits is dropped when the subscriber has subscribed anew", async () => {
    const one = await subscribe(RSS, { verification: ["echo", "reset", "echo"] });
    await endNewest();
    await advance(0);
    await ask("subscribe", RSS, one.callback);
    await advance(HOUR);
    expect(await denials(one)).toHaveLength(1);
    expect((await listSubscriptions()).subscriptions).toHaveLength(1);
  });
});

describe("a blocked host", () => {
  test("loses its subscriptions, and each is denied; other hosts keep theirs", async () => {
    const blocked = [await subscribe(RSS), await subscribe("/rss.xml")];
    const other = await subscribeElsewhere(RSS);
    const response = await edit("PUT", BLOCK);
    await expectDescribed("blockHost", response.clone());
    expect(await response.json()).toEqual({
      host: "127.0.0.1",
      since: new Date().toISOString(),
      ended: 2,
    });
    await publish("Ferry strike");
    await advance(HOUR);
    const told = await Promise.all([...blocked, other].map(async (one) => (await denials(one)).length));
    expect(told).toEqual([1, 1, 0]);
    const sent = await Promise.all([...blocked, other].map(async (one) => (await deliveries(one)).length));
    expect(sent).toEqual([0, 0, 1]);
    expect((await listSubscriptions()).subscriptions.map(({ host }) => host)).toEqual(["localhost"]);
  });

  test.each(["subscribe", "unsubscribe"])("can't %s: 403 with the reason in plain text", async (mode) => {
    const { callback } = await subscribe(RSS);
    await edit("PUT", BLOCK);
    const response = await post(formOf(mode, RSS, callback));
    expect([response.status, response.headers.get("Content-Type"), await response.text()]).toEqual([
      403,
      "text/plain; charset=utf-8",
      "The site's administrator blocked this callback's host.\n",
    ]);
  });

  test("is asked nothing more about a request that waits for its verification, and isn't told either", async () => {
    const first = await subscriber({ verification: [404, "echo"] });
    await ask("subscribe", RSS, first.callback);
    const second = await subscriber();
    await post(formOf("subscribe", RSS, second.callback));
    await edit("PUT", BLOCK);
    await advance(HOUR);
    const modes = (await verifications(first)).map((query) => query.get("hub.mode"));
    expect([modes, await second.received()]).toEqual([["subscribe"], []]);
    expect(await listSubscriptions()).toEqual({ subscriptions: [] });
  });

  test("is not subscribed by a verification that was under way", async () => {
    const one = await subscriber({ verification: { answer: "echo", delayMilliseconds: 300 } });
    await post(formOf("subscribe", RSS, one.callback));
    await advance(0, async () => undefined);
    await one.until((received) => received.length > 0);
    await edit("PUT", BLOCK);
    await advance(HOUR);
    expect([await listSubscriptions(), await denials(one)]).toEqual([{ subscriptions: [] }, []]);
  });

  test("is listed with the time of its block until that is taken back, and may subscribe again then", async () => {
    const since = new Date().toISOString();
    await edit("PUT", BLOCK);
    await advance(HOUR);
    await edit("PUT", BLOCK);
    await edit("PUT", "/api/blocked-hosts/Push.Example.org.");
    const list = await edit("GET", "/api/blocked-hosts");
    await expectDescribed("listBlockedHosts", list.clone());
    expect(await list.json()).toEqual({
      hosts: [
        { host: "127.0.0.1", since },
        { host: "push.example.org", since: new Date().toISOString() },
      ],
    });
    const back = await edit("DELETE", BLOCK);
    await expectDescribed("unblockHost", back.clone());
    expect(await back.json()).toEqual({ unblocked: 1 });
    const one = await subscribe(RSS);
    await advance(HOUR);
    expect([(await listSubscriptions()).subscriptions.length, await denials(one)]).toEqual([1, []]);
  });

  test("is blocked with all of its subdomains, and they are free again with it", async () => {
    const hosts = ["push.example.org", "a.push.example.org", "b.a.push.example.org"];
    const others = ["xpush.example.org", "push.example.org.example.net", "example.org"];
    const all = await Promise.all([...hosts, ...others].map(() => subscriber()));
    for (const [index, { callback }] of all.entries()) {
      await ask("subscribe", RSS, callback);
      await renameHost([...hosts, ...others][index]);
    }
    await edit("PUT", "/api/blocked-hosts/push.example.org");
    await advance(0);
    const told = await Promise.all(all.map(async (one) => (await denials(one)).length));
    expect(told).toEqual([1, 1, 1, 0, 0, 0]);
    expect((await listSubscriptions()).subscriptions.map(({ host }) => host)).toEqual(others);
    expect(await statuses([...hosts, ...others])).toEqual([403, 403, 403, 202, 202, 202]);
    expect(await (await edit("DELETE", "/api/blocked-hosts/a.push.example.org")).json()).toEqual({
      unblocked: 0,
    });
    await edit("DELETE", "/api/blocked-hosts/push.example.org");
    expect(await statuses(hosts)).toEqual([202, 202, 202]);
  });

  test("is listed beside a subdomain that was blocked by its own name and stays so", async () => {
    const names = ["example.org", "push.example.org"];
    for (const name of names) await edit("PUT", `/api/blocked-hosts/${name}`);
    await edit("DELETE", "/api/blocked-hosts/example.org");
    expect(await statuses(["example.org", "push.example.org"])).toEqual([202, 403]);
    await advance(MINUTE);
    expect(await entries()).toHaveLength(3);
  });

  test("loses the requests of its subdomains that wait, and no other's", async () => {
    const all = [
      await subscriber({ verification: [404, "echo"] }),
      await subscriber({ verification: [404, "echo"] }),
    ];
    for (const [index, { callback }] of all.entries()) {
      await ask("subscribe", RSS, callback);
      await renameHost(["a.push.example.org", "xpush.example.org"][index]);
    }
    await edit("PUT", "/api/blocked-hosts/push.example.org");
    await advance(HOUR);
    expect(await Promise.all(all.map(async (one) => (await verifications(one)).length))).toEqual([1, 2]);
  });

  test("is unblocked once more without a fault: who lost the answer may ask again", async () => {
    await edit("PUT", BLOCK);
    const answers = [await edit("DELETE", BLOCK), await edit("DELETE", BLOCK)];
    for (const answer of answers) await expectDescribed("unblockHost", answer.clone());
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([
      { unblocked: 1 },
      { unblocked: 0 },
    ]);
    await advance(MINUTE);
    expect(await entries()).toHaveLength(2);
  });

  test.each(["push.example.org:8443", "https:%2F%2Fpush.example.org", "jo@push.example.org", "a%20b", "..."])(
    "is refused as %s",
    async (host) => {
      const response = await edit("PUT", `/api/blocked-hosts/${host}`);
      expect(response.status).toBe(422);
      await expectDescribed("blockHost", response);
    },
  );
});

test("the audit has who ended a subscription, blocked a host and took that back, each once", async () => {
  await subscribe(RSS);
  const id = (await listSubscriptions()).subscriptions[0]?.id;
  await endNewest();
  await subscribe(RSS);
  for (const method of ["PUT", "PUT", "DELETE", "DELETE"]) await edit(method, BLOCK);
  await advance(MINUTE);
  expect(await entries()).toEqual([
    `EDITOR_TOKEN | subscription-ended | subscription:${id} | done | ${ORIGIN}${RSS} to 127.0.0.1`,
    "EDITOR_TOKEN | host-blocked | host:127.0.0.1 | done | 1 subscription ended",
    "EDITOR_TOKEN | host-unblocked | host:127.0.0.1 | done | –",
  ]);
  const counts = await Promise.all(
    [`?subscription=${id}`, "?host=127.0.0.1", "?host=localhost"].map(
      async (query) => (await audit(query)).entries.length,
    ),
  );
  expect(counts).toEqual([1, 2, 0]);
});

describe("a standing feed that the owner takes out of site.json", () => {
  test("is denied to its subscribers, in every form; other feeds are not", async () => {
    await publish("Trade fair", { sections: "Business" });
    const gone = [
      await subscribe("/feeds/sea-and-harbour/rss.xml"),
      await subscribe("/feeds/sea-and-harbour/feed.json"),
    ];
    const stays = await subscribe("/rss.xml");
    layout.feeds = layout.feeds.filter(({ id }) => id !== "sea-and-harbour");
    await restartHub();
    await advance(2 * HOUR);
    const told = await Promise.all([...gone, stays].map(async (one) => (await denials(one)).length));
    expect(told).toEqual([1, 1, 0]);
    expect((await listSubscriptions()).subscriptions.map(({ feed }) => feed)).toEqual(["all"]);
    // It was no act of an administrator.
    expect(await entries()).toEqual([]);
  });

  test("and brings back may be subscribed to again", async () => {
    await publish("Trade fair", { sections: "Business" });
    const topic = "/feeds/sea-and-harbour/rss.xml";
    await subscribe(topic);
    layout.feeds = [];
    await restartHub();
    await advance(2 * HOUR);
    resetLayout();
    await restartHub();
    const again = await subscribe(topic);
    await advance(2 * HOUR);
    expect([(await listSubscriptions()).subscriptions.length, await denials(again)]).toEqual([1, []]);
  });
});

/** What a subscriber may go through without a denial. */
const STORIES: Record<string, () => Promise<RemoteSubscriber>> = {
  "its verification fails three times": () => subscribe(RSS, { verification: "wrong" }),
  "its lease ends": () => subscribe(RSS, {}, [["hub.lease_seconds", "3600"]]),
  "it ends its subscription": async () => {
    const one = await subscribe(RSS);
    await ask("unsubscribe", RSS, one.callback);
    return one;
  },
  "it fails for days": async () => {
    const one = await subscribe(RSS, { delivery: 500 });
    await publish("Ferry strike");
    return one;
  },
  "it says twice that it is gone": async () => {
    const one = await subscribe(RSS, { delivery: 410 });
    await publish("Ferry strike");
    return one;
  },
  "the last article of its feed is withdrawn": async () => {
    const one = await subscribe(RSS);
    await withdraw("harbour-bridge");
    return one;
  },
  "the hub is full": async () => {
    layout.hub = { subscriptions: 1, subscriptionsPerHost: 1, pending: 10, topics: 1000 };
    await restartHub();
    await subscribe(RSS);
    const one = await subscriber();
    await post(formOf("subscribe", RSS, one.callback));
    return one;
  },
  "the owner lets feeds have less articles than its topic names": async () => {
    const one = await subscribe("/rss.xml?limit=30");
    layout.itemsPerFeed = 20;
    await restartHub();
    return one;
  },
  "the site has another address now": async () => {
    const one = await subscribe(RSS);
    await runInDurableObject(hub(), (_instance, { storage }) =>
      storage.sql.exec("UPDATE topic SET url = replace(url, ?, 'https://old.example')", ORIGIN),
    );
    return one;
  },
  "another host is blocked": async () => {
    const one = await subscribe(RSS);
    await edit("PUT", "/api/blocked-hosts/push.example.org");
    return one;
  },
};

test.each(Object.entries(STORIES))("a subscriber is not denied where %s", async (_what, story) => {
  const one = await story();
  await advance(2 * DAY);
  expect(await denials(one)).toEqual([]);
});
