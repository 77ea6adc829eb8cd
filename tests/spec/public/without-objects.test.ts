/** The readers' side without a Durable Object: every public document is as before, and the other objects go on. */
import { env } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import { createApp } from "../../../src/app.ts";
import { faults, faulty } from "../../support/faulty-kv.ts";
import { putJson, uploaded } from "../../support/media.ts";
import { put, settle, withdraw } from "../../support/newsroom.ts";
import { BRIDGE } from "../../support/pictures.ts";
import { crawl, ENTRANCES, type Visit } from "../../support/reading/crawl.ts";
import { FEEDLY, gistOfReaders } from "../../support/reading/readers.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";

/** All documents that no link leads to, and requests that are answered with a redirect or a problem. */
const START = [
  ...ENTRANCES,
  "/style.css",
  "/favicon.svg",
  "/site.webmanifest",
  "/favicon.ico",
  "/health",
  "/problems/not-found",
  "/api/openapi.json",
  "/api/readers",
  "/rss",
  "/rss.xml?limit=0",
  "/msn.xml",
  "/sections/politics+sport/rss.xml",
  "/sections/sport+politics/rss.xml",
  "/sections/none",
  "/sections/none/rss.xml",
  "/archive/99/rss.xml",
  "/articles/bridge",
  "/articles/ferry",
  "/articles/none",
];
type Binding = "DESK" | "AUDIENCE" | "HUB";

const BINDINGS: readonly Binding[] = ["DESK", "AUDIENCE", "HUB"];

/** A new isolate. @param down the object whose namespace throws on every use */
function startIsolate(down?: Binding) {
  const app = createApp(site, "build", undefined);
  const background: Promise<unknown>[] = [];
  const used = vi.fn<() => never>(() => {
    throw new Error(`${down} is down`);
  });
  const bindings = {
    ...env,
    ARTICLES: faulty(env.ARTICLES),
    ...(down !== undefined && { [down]: new Proxy(env[down], { get: used }) }),
  };
  const ctx = {
    waitUntil: (task: Promise<unknown>) => background.push(task),
    passThroughOnException: () => undefined,
    props: {},
  };
  const send = async (path: string, init: RequestInit): Promise<Response> =>
    app.fetch(new Request(`${ORIGIN}${path}`, { redirect: "manual", ...init }), bindings, ctx);
  return { send, background, used };
}

/** The path of the picture that an article has. */
let picture = "";

type Isolate = ReturnType<typeof startIsolate>;

/** Everything that anybody may ask for. */
async function everything({ send, background }: Isolate): Promise<{ visits: Visit[]; others: number[] }> {
  const polled = await send("/rss.xml", { headers: { "User-Agent": FEEDLY } });
  await polled.arrayBuffer();
  const visits = await crawl(
    [...START, picture],
    () => [],
    (path, headers) => send(path, { headers }),
  );
  const others = [
    await send("/rss.xml", { method: "POST" }),
    await send("/rss.xml", { method: "HEAD" }),
    await send("/rss.xml", { method: "OPTIONS" }),
    await send("/api/articles", { method: "POST", body: "A stranger’s" }),
  ];
  await Promise.all(background);
  return { visits, others: others.map(({ status }) => status) };
}

beforeEach(async () => {
  await put("bridge", wire());
  await put("ferry", wire({ sections: "Sport", headline: "Ferry" }));
  await withdraw("ferry");
  const { id, url } = await uploaded(BRIDGE);
  picture = new URL(url).pathname;
  await putJson("pier", { image: { media: id } });
  await settle();
});

test.each(BINDINGS)("without %s every public document is as before", async (down) => {
  const log = vi.spyOn(console, "error").mockReturnValue();
  const [without, whole] = [await everything(startIsolate(down)), await everything(startIsolate())];
  expect(without).toEqual(whole);
  expect(whole.visits.length).toBeGreaterThan(100);
  expect(whole.others).toEqual([405, 200, 204, 401]);
  const reason = `Error: ${down} is down`;
  const lines = log.mock.calls.map(([line]) => String(line));
  expect(new Set(lines)).toEqual(
    new Set(down !== "AUDIENCE" ? [] : [JSON.stringify({ event: "readers-not-noted", reason })]),
  );
});

test("no public request asks the Desk, and polls are counted without it", async () => {
  const isolate = startIsolate("DESK");
  await everything(isolate);
  expect(isolate.used).not.toHaveBeenCalled();
  expect(await gistOfReaders()).toContain("all rss Feedly 462 1");
});

test("no public request for a document asks the hub", async () => {
  const isolate = startIsolate("HUB");
  await everything(isolate);
  expect(isolate.used).not.toHaveBeenCalled();
});

test("no public request lists KV's keys", async () => {
  await everything(startIsolate());
  expect([faults.lists, faults.reads.length > 0]).toEqual([0, true]);
});

test("while the hub is down, a subscriber is told so in plain text, and when to come again; the log has it once", async () => {
  const lines = vi.spyOn(console, "error").mockReturnValue();
  const { send } = startIsolate("HUB");
  const response = await send("/hub", {
    method: "POST",
    body: new URLSearchParams({
      "hub.mode": "subscribe",
      "hub.topic": `${ORIGIN}/rss.xml`,
      "hub.callback": "https://subscriber.example.org/",
    }),
  });
  expect([response.status, response.headers.get("Retry-After"), await response.text()]).toEqual([
    503,
    "60",
    "The hub is out of order. Try again later.\n",
  ]);
  expect(lines.mock.calls).toEqual([[expect.stringContaining('"event":"hub-request-failed"')]]);
});
