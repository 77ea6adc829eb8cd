/** WebSub (W3C Recommendation, 2018), section 4: how a subscriber finds the hub and the topic of a feed. */
import { beforeEach, describe, expect, test } from "vitest";
import { get, request } from "../support/newsroom.ts";
import { newestPage } from "../support/reading/archive.ts";
import { fieldLinks, type Link } from "../support/reading/link-field.ts";
import { linksOf } from "../support/reading/links.ts";
import { ORIGIN } from "../support/site.ts";
import { publishAll, story } from "../support/stories/stories.ts";

const HUB = `${ORIGIN}/hub`;
const FORMATS = ["rss.xml", "atom.xml", "feed.json"];
const PARTNERS = ["smartnews.xml", "msn.xml", "flipboard.xml"];
const SECTION = "/sections/politics";
const UNION = "/sections/business+politics";

/** Every kind of document that readers subscribe to. */
const TOPICS = [
  ...["", SECTION, UNION, "/feeds/sea-and-harbour"].flatMap((home) =>
    [...FORMATS, ...PARTNERS].map((file) => `${home}/${file}`),
  ),
  ...["/authors/jane-roe", "/tags/tides"].flatMap((home) => FORMATS.map((file) => `${home}/${file}`)),
  ...["", UNION].flatMap((home) => FORMATS.map((file) => `${home}/${file}?content=summary&limit=10`)),
];

beforeEach(async () => {
  const changes = { authors: [{ name: "Jane Roe" }], tags: ["Tides"] };
  await publishAll([story("bridge", changes), story("boats", { sections: ["Business"] })]);
});

/** The links to hubs and to the topic itself, each as its relation and its address. */
function announced(links: Link[]): string[] {
  return links
    .filter(({ rel }) => ["hub", "self", "feed_url"].includes(rel))
    .map(({ rel, href }) => `${rel === "feed_url" ? "self" : rel} ${href}`)
    .toSorted();
}

async function inBody(response: Response): Promise<string[]> {
  const [type = ""] = (response.headers.get("Content-Type") ?? "").split(";");
  return announced(await linksOf(type, await response.text()));
}

function inField({ headers }: Response): string[] {
  return announced(fieldLinks(headers.get("Link")));
}

describe.each(TOPICS)("[WebSub 4] the topic %s", (path) => {
  const expected = [`hub ${HUB}`, `self ${ORIGIN}${path}`];

  test("has a Link field with the hub and exactly one rel=self, its own address, and says the same in its body", async () => {
    const response = await get(path);
    expect(response.headers.get("Link")).toBe(`<${HUB}>; rel="hub", <${ORIGIN}${path}>; rel="self"`);
    expect({ field: inField(response), body: await inBody(response) }).toEqual({
      field: expected,
      body: expected,
    });
  });

  test("has the same Link field for HEAD, which a subscriber may ask with", async () => {
    const head = await request(path, { method: "HEAD" });
    expect({ status: head.status, links: inField(head) }).toEqual({ status: 200, links: expected });
  });

  test("has the same Link field in a 304", async () => {
    const full = await get(path);
    await full.text();
    const unchanged = await get(path, { "If-None-Match": full.headers.get("ETag") ?? "" });
    expect({ status: unchanged.status, links: inField(unchanged) }).toEqual({ status: 304, links: expected });
  });
});

test.each([
  ["application/rss+xml", "rss.xml"],
  ["application/atom+xml", "atom.xml"],
  ["application/feed+json", "feed.json"],
])("[WebSub 4.1] /feed for %s names as its topic the address of that format", async (accept, file) => {
  for (const home of ["", SECTION, UNION]) {
    const response = await get(`${home}/feed`, { Accept: accept });
    const expected = [`hub ${HUB}`, `self ${ORIGIN}${home}/${file}`];
    expect([inField(response), await inBody(response)]).toEqual([expected, expected]);
  }
});

test.each(FORMATS)("[WebSub 4] an archive page names itself in its %s, and no hub", async (file) => {
  for (const home of ["", SECTION]) {
    const path = `${await newestPage(home)}/${file}`;
    const response = await get(path);
    expect(response.headers.get("Link")).toBe(`<${ORIGIN}${path}>; rel="self"`);
    expect(await inBody(response)).toEqual([`self ${ORIGIN}${path}`]);
  }
});

test.each(["/feed.json", `${SECTION}/feed.json`, `${UNION}/feed.json`, "/feed.json?content=summary"])(
  "[JSON Feed 1.1 hubs] %s lists one hub with the type WebSub and its address",
  async (path) => {
    const { hubs } = await (await get(path)).json<{ hubs: unknown }>();
    expect(hubs).toEqual([{ type: "WebSub", url: HUB }]);
  },
);
