/** Requests to the hub (WebSub, section 5.1): what it takes, and for how long. */
import { beforeEach, describe, expect, test } from "vitest";
import {
  DAY,
  formOf,
  HOUR,
  type Parameters,
  post,
  SECOND,
  subscribe,
  verifications,
} from "../../support/hub.ts";
import { publishAll, story } from "../../support/stories/stories.ts";
import { subscriber } from "../../support/subscribers/control.ts";

const CALLBACK = "https://reader.example.org/callback";
const FORMATS = ["rss.xml", "atom.xml", "feed.json"];
const PARTNERS = ["smartnews.xml", "msn.xml", "flipboard.xml"];
const TOPICS = [
  ...["", "/sections/politics", "/sections/business+politics", "/feeds/sea-and-harbour"].flatMap((home) =>
    [...FORMATS, ...PARTNERS].map((file) => `${home}/${file}`),
  ),
  ...["/authors/jane-roe", "/tags/tides"].flatMap((home) => FORMATS.map((file) => `${home}/${file}`)),
  ...["", "/sections/business+politics"].flatMap((home) => [
    `${home}/rss.xml?content=summary`,
    `${home}/atom.xml?limit=10`,
    `${home}/feed.json?content=summary&limit=1`,
  ]),
];

beforeEach(() =>
  publishAll([
    story("bridge", { authors: [{ name: "Jane Roe" }], tags: ["Tides"] }),
    story("boats", { sections: ["Business"] }),
  ]),
);

describe("the hub takes", () => {
  test.each(TOPICS)("a subscription to %s: 202 without a body", async (path) => {
    const response = await post(formOf("subscribe", path, CALLBACK));
    expect([response.status, response.headers.get("Content-Type"), await response.text()]).toEqual([
      202,
      null,
      "",
    ]);
  });

  test.each([
    ["an upper-case host", `HTTPS://NEWS.EXAMPLE/rss.xml`],
    ["the port that https has", "https://news.example:443/rss.xml"],
  ])("a topic with %s, and repeats it to the subscriber as it was sent", async (_, topic) => {
    const [query] = await verifications(await subscribe(topic));
    expect(query?.get("hub.topic")).toBe(topic);
  });

  test("a request whose callback will never confirm it: 202 says nothing about the verification", async () => {
    for (const verification of ["wrong", 404] as const) {
      const { callback } = await subscriber({ verification });
      expect((await post(formOf("subscribe", "/rss.xml", callback))).status).toBe(202);
    }
  });

  test("a request before anybody is asked", async () => {
    const one = await subscriber();
    expect((await post(formOf("subscribe", "/rss.xml", one.callback))).status).toBe(202);
    expect(await verifications(one)).toEqual([]);
  });

  test("parameters that it doesn't know, as often as they come", async () => {
    const more: Parameters = [
      ["foo", "bar"],
      ["hub.foo", "1"],
      ["hub.foo", "2"],
      ["hub.verify", "async"],
      ["hub.verify", "sync"],
    ];
    expect((await post(formOf("subscribe", "/rss.xml", CALLBACK, more))).status).toBe(202);
  });

  test.each([
    ["199 letters", "s".repeat(199)],
    ["199 bytes of other letters", `s${"é".repeat(99)}`],
    ["no letter", ""],
  ])("a secret of %s", async (_, secret) => {
    expect((await post(formOf("subscribe", "/rss.xml", CALLBACK, [["hub.secret", secret]]))).status).toBe(
      202,
    );
  });

  test("an end of a subscription that there isn't, and of one to a feed that is no longer there", async () => {
    for (const topic of ["/rss.xml", "/sections/gone/rss.xml"])
      expect((await post(formOf("unsubscribe", topic, CALLBACK))).status).toBe(202);
  });
});

const SECONDS = { hour: HOUR / SECOND, tenDays: (10 * DAY) / SECOND, thirtyDays: (30 * DAY) / SECOND };

describe("the lease", () => {
  test.each<[string | undefined, number]>([
    [undefined, SECONDS.tenDays],
    ["", SECONDS.tenDays],
    ["0", SECONDS.tenDays],
    ["forever", SECONDS.tenDays],
    ["-1", SECONDS.tenDays],
    ["1e6", SECONDS.tenDays],
    ["1", SECONDS.hour],
    ["3599", SECONDS.hour],
    ["3600", SECONDS.hour],
    ["86400", 86_400],
    [" 86400 ", 86_400],
    ["86400.9", 86_400],
    ["2592000", SECONDS.thirtyDays],
    ["2592001", SECONDS.thirtyDays],
    ["99999999999999999999", SECONDS.thirtyDays],
  ])("is never refused: who asks for %o seconds is told of %d", async (wished, told) => {
    const more: Parameters = wished === undefined ? [] : [["hub.lease_seconds", wished]];
    const [query] = await verifications(await subscribe("/rss.xml", {}, more));
    expect(query?.get("hub.lease_seconds")).toBe(String(told));
  });

  test("counts as it is named first", async () => {
    const more: Parameters = [
      ["hub.lease_seconds", "7200"],
      ["hub.lease_seconds", "86400"],
    ];
    const [query] = await verifications(await subscribe("/rss.xml", {}, more));
    expect(query?.get("hub.lease_seconds")).toBe("7200");
  });
});
