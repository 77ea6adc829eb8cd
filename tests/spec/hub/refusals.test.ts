/** Requests that the hub refuses (WebSub, section 5.1): 4xx with the reasons in plain text. */
import { beforeEach, expect, test } from "vitest";
import { askIsolate } from "../../support/ask-isolate.ts";
import { type Parameters, post } from "../../support/hub.ts";
import { request } from "../../support/newsroom.ts";
import { ORIGIN } from "../../support/site.ts";
import { publishAll, story } from "../../support/stories/stories.ts";
import { freshIsolate, layout } from "../../support/worker.ts";

const GOOD = {
  mode: "subscribe",
  topic: `${ORIGIN}/rss.xml`,
  callback: "https://reader.example.org/callback",
  secret: "s",
  lease_seconds: "86400",
  verify_token: "t",
};
type Form = { [Name in keyof typeof GOOD]?: string | undefined };

/** The parameters of a good request, with changes; one that is undefined is left out. */
function form(changes: Form): Parameters {
  return Object.entries({ ...GOOD, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [[`hub.${name}`, value] as const],
  );
}

/** What the subscriber's developer sees. */
async function gist(response: Response): Promise<unknown> {
  return { status: response.status, type: response.headers.get("Content-Type"), text: await response.text() };
}

/** A refusal with these sentences. */
function refusal(status: number, ...sentences: string[]): unknown {
  return { status, type: "text/plain; charset=utf-8", text: `${sentences.join("\n")}\n` };
}

beforeEach(() => publishAll([story("bridge"), story("boats", { sections: ["Business"] })]));

test("a good request is taken", async () => {
  expect((await post(form({}))).status).toBe(202);
});

const MODE = "hub.mode must be subscribe or unsubscribe";
const TOPIC = "hub.topic must be an absolute URL";
const NO_FEED = `hub.topic names no feed of ${ORIGIN}`;
const OTHER_SITE = `hub.topic must be a feed of ${ORIGIN}`;
const ABSENT = "hub.topic names a feed that is not there";
const CALLBACK = "hub.callback must be";

test.each<[string, Form, string]>([
  ["a missing mode", { mode: undefined }, MODE],
  ["another mode", { mode: "renew" }, MODE],
  ["a mode in capitals", { mode: "SUBSCRIBE" }, MODE],
  ["a publisher's ping", { mode: "publish" }, MODE],
  ["a missing callback", { callback: undefined }, `${CALLBACK} a valid absolute URL`],
  ["a callback without TLS", { callback: "http://reader.example.org/" }, `${CALLBACK} https`],
  ["a callback on the site", { callback: `${ORIGIN}/x` }, "hub.callback must not be on this site"],
  ["a callback on a private host", { callback: "https://x.internal/" }, `${CALLBACK} on the public internet`],
  ["a missing topic", { topic: undefined }, TOPIC],
  ["a path as the topic", { topic: "/rss.xml" }, TOPIC],
  ["a topic of another site", { topic: "https://other.example/rss.xml" }, OTHER_SITE],
  ["a topic without TLS", { topic: "http://news.example/rss.xml" }, OTHER_SITE],
  ["a topic with a user's name", { topic: "https://me@news.example/rss.xml" }, OTHER_SITE],
  ["the home page", { topic: `${ORIGIN}/` }, NO_FEED],
  ["an article", { topic: `${ORIGIN}/articles/bridge` }, NO_FEED],
  ["an archive page", { topic: `${ORIGIN}/archive/1/rss.xml` }, NO_FEED],
  ["an address where the client chooses the format", { topic: `${ORIGIN}/feed` }, NO_FEED],
  ["the source of a feed's page", { topic: `${ORIGIN}/rss.xml?raw` }, NO_FEED],
  ["a variant that there isn't", { topic: `${ORIGIN}/rss.xml?limit=0` }, NO_FEED],
  ["a feed that the owner never defined", { topic: `${ORIGIN}/feeds/nothing/rss.xml` }, NO_FEED],
  ["an unknown section", { topic: `${ORIGIN}/sections/nothing/rss.xml` }, ABSENT],
  ["an unknown author", { topic: `${ORIGIN}/authors/nobody/rss.xml` }, ABSENT],
  ["a secret of 200 bytes", { secret: "é".repeat(100) }, "hub.secret must have less than 200 bytes"],
  ["a long token", { verify_token: "t".repeat(1001) }, "hub.verify_token must have at most 1000 characters"],
])("%s is refused", async (_, changes, reason) => {
  expect(await gist(await post(form(changes)))).toEqual(refusal(400, reason));
});

test.each(["mode", "topic", "callback", "secret"] as const)("hub.%s twice is refused", async (name) => {
  const twice: Parameters = [...form({}), [`hub.${name}`, GOOD[name]]];
  expect(await gist(await post(twice))).toEqual(refusal(400, `hub.${name} must be given once`));
});

test.each([
  ["/rss", "/rss.xml"],
  ["/rss.xml/", "/rss.xml"],
  ["/rss.xml#top", "/rss.xml"],
  ["/rss.xml?utm_source=x", "/rss.xml"],
  ["/rss.xml?limit=10&content=summary", "/rss.xml?content=summary&limit=10"],
  ["/sections/politics+business/rss.xml", "/sections/business+politics/rss.xml"],
])(
  "%s, another spelling of a feed's address, is refused with the canonical one",
  async (spelling, canonical) => {
    expect(await gist(await post(form({ topic: `${ORIGIN}${spelling}` })))).toEqual(
      refusal(400, `hub.topic must be the feed's own address: ${ORIGIN}${canonical}`),
    );
  },
);

test("all reasons are told at once", async () => {
  const wrong = form({
    mode: "publish",
    topic: "rss.xml",
    callback: "http://x.example.org/",
    secret: "s".repeat(200),
  });
  expect(await gist(await post([...wrong, ["hub.secret", "t"]]))).toEqual(
    refusal(
      400,
      "hub.secret must be given once",
      MODE,
      `${CALLBACK} https`,
      TOPIC,
      "hub.secret must have less than 200 bytes",
    ),
  );
});

const FORM = "Send the parameters as application/x-www-form-urlencoded.";

test.each([
  ["another media type", { body: "{}", headers: { "Content-Type": "application/json" } }, 415, FORM],
  ["no media type", { body: new Uint8Array(1) }, 415, FORM],
  [
    "too many bytes",
    { body: new URLSearchParams({ x: "x".repeat(10_000) }) },
    413,
    "A request has at most 10000 bytes.",
  ],
])("a body with %s is refused", async (_, init, status, sentence) => {
  expect(await gist(await request("/hub", { method: "POST", ...init }))).toEqual(refusal(status, sentence));
});

test.each(["GET", "PUT", "DELETE"])("%s /hub is answered with 405, and Allow names POST", async (method) => {
  const response = await request("/hub", { method });
  expect([response.status, response.headers.get("Allow")]).toEqual([405, "POST"]);
});

test("a POST to the hub is never redirected, whatever its query", async () => {
  const body = new URLSearchParams({ "hub.mode": "none" });
  for (const path of ["/hub", "/hub?utm_source=x"])
    expect((await request(path, { method: "POST", body })).status).toBe(400);
});

test("a site without a hub answers every request to it with 404", async () => {
  layout.hub = undefined;
  const isolate = freshIsolate();
  for (const method of ["GET", "POST"]) {
    const body = method === "GET" ? null : new URLSearchParams({ "hub.mode": "subscribe" });
    expect((await askIsolate(isolate, "/hub", { method, body })).status).toBe(404);
  }
});
