/** The number of WebSub subscriptions of each feed, where editors see who reads it. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createApp } from "../../../src/app.ts";
import { askIsolate } from "../../support/ask-isolate.ts";
import { expectDescribed } from "../../support/description.ts";
import { ask, HOUR, post, formOf, publish, subscribe } from "../../support/hub.ts";
import { edit, get } from "../../support/newsroom.ts";
import { all, parse, texts } from "../../support/reading/html.ts";
import { audience, FEEDLY, listReaders, startIsolate } from "../../support/reading/readers.ts";
import { site } from "../../support/site.ts";
import { subscriber } from "../../support/subscribers/control.ts";

const TOPICS = [
  "/sections/politics/rss.xml",
  "/sections/politics/feed.json",
  "/sections/politics/rss.xml?limit=10",
  "/sections/business+politics/atom.xml",
];

beforeEach(async () => {
  await publish("Harbour bridge");
  await publish("Trade fair", { sections: "Business" });
});

/** Asks an isolate as an editor. @param down whether every call of the hub fails there */
function asEditor(path: string, settings = site, down = false): Promise<Response> {
  const HUB = new Proxy(env.HUB, {
    get: () => () => ({ subscriptionCounts: () => Promise.reject(new Error("The hub is down")) }),
  });
  const headers = { Authorization: `Bearer ${env.EDITOR_TOKEN}` };
  const bindings = down ? { ...env, HUB } : env;
  return askIsolate(createApp(settings, "build", undefined), path, { headers }, bindings);
}

/** The lines of the directory that say who reads a feed. */
async function lines(response: Response): Promise<string[]> {
  return texts(all(await parse(await response.text()), "p", { class: "faint readers" }));
}

describe("the list of readers", () => {
  test("counts a feed's subscriptions over all formats and variants, and a union for itself", async () => {
    for (const topic of TOPICS) await subscribe(topic);
    expect(await listReaders()).toEqual({
      readers: [],
      feeds: [
        { feed: "section:business+politics", subscribers: 0, subscriptions: 1 },
        { feed: "section:politics", subscribers: 0, subscriptions: 3 },
      ],
    });
  });

  test("has no subscription that waits for its verification, was ended, or whose lease is over", async () => {
    await post(formOf("subscribe", "/rss.xml", (await subscriber()).callback));
    const { callback } = await subscribe("/atom.xml");
    await ask("unsubscribe", "/atom.xml", callback);
    expect((await listReaders()).feeds).toEqual([{ feed: "all", subscribers: 0, subscriptions: 1 }]);
    vi.setSystemTime(Date.now() + 24 * 30 * HOUR);
    expect((await listReaders()).feeds).toEqual([]);
  });

  test("names a feed that is only subscribed to in its place, once in all parts of the list", async () => {
    const { poll } = startIsolate();
    for (const path of ["/rss.xml", "/sections/business/rss.xml", "/tags/none/rss.xml"])
      await poll(path, FEEDLY);
    await poll("/sections/business/atom.xml", FEEDLY);
    await audience().note([
      {
        feed: "section:sport",
        format: "rss",
        agent: "Feedly",
        subscribers: 7,
        seen: Date.now(),
        requests: 1,
        conditional: 0,
      },
    ]);
    for (const topic of [...TOPICS, "/sections/business/feed.json"]) await subscribe(topic);
    const parts: string[][] = [];
    let query: string | undefined = "?limit=1";
    while (query !== undefined) {
      const { feeds, next } = await listReaders(query);
      parts.push(
        feeds.map(({ feed, subscribers, subscriptions }) => `${feed} ${subscribers} ${subscriptions}`),
      );
      query = next === undefined ? undefined : `?limit=1&cursor=${next}`;
    }
    expect(parts).toEqual([
      ["all 462 0"],
      ["section:business 924 1"],
      ["section:business 924 1"],
      ["section:business+politics 0 1", "section:politics 0 3", "section:sport 7 0"],
    ]);
  });

  test("of one feed has that feed's number alone", async () => {
    for (const topic of TOPICS) await subscribe(topic);
    const response = await edit("GET", "/api/readers?feed=section:politics");
    await expectDescribed("listReaders", response.clone());
    expect(await response.json()).toEqual({
      readers: [],
      feeds: [{ feed: "section:politics", subscribers: 0, subscriptions: 3 }],
    });
  });

  test("has no numbers while the hub is down, and all the readers", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    await startIsolate().poll("/rss.xml", FEEDLY);
    await subscribe("/sections/politics/rss.xml");
    const response = await asEditor("/api/readers", site, true);
    await expectDescribed("listReaders", response.clone());
    const { readers, feeds } = await response.json<{ readers: unknown[]; feeds: unknown[] }>();
    expect([readers.length, feeds]).toEqual([1, [{ feed: "all", subscribers: 462 }]]);
    expect(log.mock.calls).toEqual([
      [JSON.stringify({ event: "subscriptions-not-counted", reason: "Error: The hub is down" })],
    ]);
  });

  test("has no numbers where the hub is switched off", async () => {
    await subscribe("/rss.xml");
    const response = await asEditor("/api/readers", { ...site, hub: undefined });
    expect(await response.json()).toEqual({ readers: [], feeds: [] });
  });
});

describe("the directory of feeds", () => {
  test("shows editors the subscriptions of each feed after its readers, and visitors none", async () => {
    await startIsolate().poll("/sections/politics/rss.xml", FEEDLY);
    for (const topic of [...TOPICS, "/rss.xml"]) await subscribe(topic);
    expect(await lines(await asEditor("/feeds"))).toEqual([
      "1 WebSub subscription",
      "Feedly 462 subscribers; 3 WebSub subscriptions",
    ]);
    expect(await lines(await get("/feeds"))).toEqual([]);
  });

  test("shows the readers alone while the hub is down", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    await startIsolate().poll("/sections/politics/rss.xml", FEEDLY);
    await subscribe("/rss.xml");
    const response = await asEditor("/feeds", site, true);
    expect([response.status, await lines(response)]).toEqual([200, ["Feedly 462 subscribers"]]);
    expect(log).toHaveBeenCalledOnce();
  });
});
