/** Deliveries (WebSub, section 7): what a subscriber gets, and which answers are successes. */
import { beforeEach, describe, expect, test } from "vitest";
import {
  advance,
  deliveries,
  hub,
  hurry,
  MINUTE,
  publish,
  SECOND,
  signedWith,
  subscribe,
} from "../../support/hub.ts";
import { get } from "../../support/newsroom.ts";
import { fieldLinks } from "../../support/reading/link-field.ts";
import { ORIGIN } from "../../support/site.ts";
import { putStory, story, type Story } from "../../support/stories/stories.ts";
import type { BehaviourInput } from "../../support/subscribers/behaviour.ts";

const FORMATS = ["rss.xml", "atom.xml", "feed.json"];
const PARTNERS = ["smartnews.xml", "msn.xml", "flipboard.xml"];
const TOPICS = [
  ...["", "/sections/politics", "/sections/business+politics", "/feeds/sea-and-harbour"].flatMap((home) =>
    [...FORMATS, ...PARTNERS].map((file) => `${home}/${file}`),
  ),
  ...["/authors/jane-roe", "/tags/tides"].flatMap((home) => FORMATS.map((file) => `${home}/${file}`)),
  ...["", "/sections/business+politics"].flatMap((home) => [
    `${home}/rss.xml?content=summary`,
    `${home}/atom.xml?limit=1`,
    `${home}/feed.json?content=summary&limit=1`,
  ]),
];

/** A story that stands in all of the topics. */
function everywhere(id: string, changes: Partial<Story> = {}): Story {
  return story(id, {
    sections: ["Politics", "Business"],
    authors: [{ name: "Jane Roe" }],
    tags: ["Tides"],
    ...changes,
  });
}

beforeEach(async () => {
  await putStory(everywhere("first", { title: "Möwen über dem Hafen 🌊" }));
  await advance(5 * SECOND);
});

describe.each(TOPICS)("a delivery of %s", (topic) => {
  test("has the bytes, the type and the links that the topic serves, and is signed", async () => {
    const one = await subscribe(topic, {}, [["hub.secret", "old"]]);
    await putStory(everywhere("second"));
    await advance(5 * SECOND);
    const [delivery, ...more] = await deliveries(one);
    const served = await get(topic);
    const fields = new Headers(delivery?.headers);
    expect({ text: delivery?.body.text, type: fields.get("Content-Type"), more }).toEqual({
      text: await served.text(),
      type: served.headers.get("Content-Type"),
      more: [],
    });
    expect(fieldLinks(fields.get("Link")).map(({ rel, href }) => `${rel} ${href}`)).toEqual([
      `hub ${ORIGIN}/hub`,
      `self ${ORIGIN}${topic}`,
    ]);
    expect(await signedWith(delivery)).toBe("old");
  });
});

test("a delivery has the fields that it needs and no others, and none of a secret that there isn't", async () => {
  const one = await subscribe("/rss.xml");
  await publish("Second");
  await advance(5 * SECOND);
  const [delivery] = await deliveries(one);
  const sent = new Headers(delivery?.headers);
  // The local runtime adds it.
  sent.delete("CF-Worker");
  expect(Object.fromEntries(sent)).toEqual({
    "content-length": String(delivery?.body.bytes),
    "content-type": "application/rss+xml; charset=utf-8",
    host: new URL(one.callback).host,
    link: `<${ORIGIN}/hub>; rel="hub", <${ORIGIN}/rss.xml>; rel="self"`,
    "user-agent": `Dateline-Hub/1 (+${ORIGIN}/)`,
  });
});

/** How often a subscriber with a behaviour got an edition within two minutes, a minute being the first pause. */
async function attempts(delivery: BehaviourInput["delivery"]): Promise<number> {
  const one = await subscribe("/rss.xml", { delivery });
  await publish("Second");
  await advance(2 * MINUTE);
  return (await one.received()).length - 1;
}

describe("an answer", () => {
  test.each([200, 201, 202, 204, 299])("of %d is a success", async (status) => {
    expect(await attempts([status, 500])).toBe(1);
  });

  test.each([
    300,
    301,
    302,
    303,
    304,
    307,
    308,
    "redirect-loop",
    400,
    401,
    404,
    410,
    429,
    500,
    502,
    503,
  ] as const)(
    "of %s is a failure: the edition is sent again, and nothing else is asked for",
    async (answer) => {
      expect(await attempts([answer, 200])).toBe(2);
    },
  );

  test.each(["endless", "drip"] as const)(
    "whose body is of the kind %s is a success: nobody reads it",
    async (answer) => {
      expect(await attempts([answer, 500])).toBe(1);
    },
  );

  test.each(["never", "drip-head"] as const)(
    "of the kind %s is a failure after ten seconds",
    async (answer) => {
      const limits = hurry(300);
      expect(await attempts([answer, 200])).toBe(2);
      expect(new Set(limits())).toEqual(new Set([10_000]));
    },
  );
});

test("a notice that changes no byte of a topic is no delivery of it", async () => {
  const one = await subscribe("/rss.xml");
  await publish("Second");
  await advance(10 * SECOND);
  await hub().changed([{ feed: "all", isRecall: false }]);
  await advance(10 * SECOND);
  await hub().changed([{ feed: "all", isRecall: true }]);
  await advance(10 * SECOND);
  expect(await deliveries(one)).toHaveLength(1);
});

test("every subscriber of a topic gets one delivery of a change, and subscribers of others get none", async () => {
  const readers = await Promise.all(Array.from({ length: 40 }, () => subscribe("/rss.xml")));
  const other = await subscribe("/feeds/sea-and-harbour/rss.xml");
  await publish("Second");
  await advance(10 * SECOND);
  const counts = await Promise.all(readers.map(async (reader) => (await deliveries(reader)).length));
  expect([new Set(counts), await deliveries(other)]).toEqual([new Set([1]), []]);
});
