/** JSON Feed 1.1. */
import { expect, test } from "vitest";
import { get, put, settle, until } from "../support/newsroom.ts";
import { ORIGIN, site } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";

type Feed = Record<string, unknown> & { items: Record<string, unknown>[] };

async function fetchFeed(path = "/feed.json"): Promise<Feed> {
  return (await get(path)).json<Feed>();
}

async function fetchItem(path = "/feed.json"): Promise<Record<string, unknown>> {
  const { items } = await fetchFeed(path);
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`One item was expected, not ${items.length}`);
  return item;
}

const PUBLISHER = { name: "The Alder Bay Courier", url: "https://courier.example/" };
const HUBS = [{ type: "WebSub", url: `${ORIGIN}/hub` }];

test("[JSON Feed 1.1 top-level] the site's feed gives its version, its title and authors, and its addresses", async () => {
  await put("harbour-bridge", wire());
  const { items, ...top } = await fetchFeed();
  expect(items).toHaveLength(1);
  expect(top).toEqual({
    version: "https://jsonfeed.org/version/1.1",
    title: site.title,
    home_page_url: `${ORIGIN}/`,
    feed_url: `${ORIGIN}/feed.json`,
    next_url: `${ORIGIN}/archive/1.1/feed.json`,
    description: site.description,
    language: "en",
    authors: [PUBLISHER],
    author: PUBLISHER,
    hubs: HUBS,
  });
});

test("[JSON Feed 1.1 top-level] a feed without articles has an empty list of items, and every other member", async () => {
  expect(await fetchFeed("/sections/weather/feed.json")).toEqual({
    version: "https://jsonfeed.org/version/1.1",
    title: "Weather – The Alder Bay Courier",
    home_page_url: `${ORIGIN}/sections/weather`,
    feed_url: `${ORIGIN}/sections/weather/feed.json`,
    description:
      "Forecasts, warnings and sea conditions for Alder Bay, the Wendle valley and the Quillan Islands.",
    language: "en",
    authors: [PUBLISHER],
    author: PUBLISHER,
    hubs: HUBS,
    items: [],
  });
});

test("[JSON Feed 1.1 top-level] an undeclared section's feed has its own title, description and addresses", async () => {
  await put("harbour-bridge", wire({ sections: "Gardening" }));
  const { title, description, home_page_url, feed_url } = await fetchFeed("/sections/gardening/feed.json");
  expect({ title, description, home_page_url, feed_url }).toEqual({
    title: "Gardening – The Alder Bay Courier",
    description: "Gardening: the latest from The Alder Bay Courier.",
    home_page_url: `${ORIGIN}/sections/gardening`,
    feed_url: `${ORIGIN}/sections/gardening/feed.json`,
  });
});

test("[JSON Feed 1.1 language] the feed of a section in another language names that language", async () => {
  expect((await fetchFeed("/sections/arabic/feed.json"))["language"]).toBe("ar");
});

test("[JSON Feed 1.1 authors] version 1's single author stands beside the authors, for older readers", async () => {
  const { author, authors } = await fetchFeed();
  expect([author]).toEqual(authors);
});

test("[JSON Feed 1.1 items] an item has everything that its article has, and no member without a value", async () => {
  await put(
    "harbour-bridge",
    wire({ sections: "Human Rights Gardening", time: "2026-11-04T08:07:06+01:00" }),
  );
  expect(await fetchItem()).toEqual({
    id: expect.stringMatching(/^tag:courier\.example,\d{4}-\d{2}-\d{2}:harbour-bridge$/),
    url: `${ORIGIN}/articles/harbour-bridge`,
    title: "Harbour bridge reopens",
    summary: "The bridge over the harbour is open again.",
    content_html: "<p>Cars crossed the bridge at noon.</p>\n<p>The repairs took four months.</p>",
    date_published: "2026-11-04T07:07:06.000Z",
    date_modified: "2026-11-04T07:07:06.000Z",
    tags: ["Human Rights", "Gardening"],
    language: "en",
  });
});

test("[JSON Feed 1.1 items] an item of an article without summary has none", async () => {
  await put("harbour-bridge", wire({ summary: "" }));
  expect(Object.keys(await fetchItem())).not.toContain("summary");
});

test("[JSON Feed 1.1 items] an item in another language names its language within the site's feed", async () => {
  await put("market", wire({ sections: "العربية", headline: "سوق الميناء" }));
  expect((await fetchItem())["language"]).toBe("ar");
});

test("[JSON Feed 1.1 items] title and summary are plain text, content_html is HTML", async () => {
  await put(
    "harbour-bridge",
    wire({ headline: "R&D <or> not &amp; why", summary: "Vec<T> & more", body: "Cars & <i>vans</i>" }),
  );
  const { title, summary, content_html } = await fetchItem();
  expect({ title, summary, content_html }).toEqual({
    title: "R&D <or> not &amp; why",
    summary: "Vec<T> & more",
    content_html: "<p>Cars &amp; &lt;i&gt;vans&lt;/i&gt;</p>",
  });
});

test("[JSON Feed 1.1 items] a revision keeps id and date_published, and moves date_modified", async () => {
  await put("harbour-bridge", wire());
  const before = await fetchItem();
  await put("harbour-bridge", wire({ headline: "Bridge closes again" }));
  await settle();
  await until("/feed.json", (body) => body.includes("Bridge closes again"));
  const after = await fetchItem();
  expect({ id: after["id"], date_published: after["date_published"] }).toEqual({
    id: before["id"],
    date_published: before["date_published"],
  });
  expect(Date.parse(String(after["date_modified"]))).toBeGreaterThan(
    Date.parse(String(before["date_modified"])),
  );
});

test("[JSON Feed 1.1 items] items are newest first", async () => {
  await put("second", wire({ headline: "Second", time: "2026-11-04T09:30:00+02:00" }));
  await put("first", wire({ headline: "First", time: "2026-11-04T06:00:00-02:00" }));
  await settle();
  await until("/feed.json", (body) => body.includes("First"));
  expect((await fetchFeed()).items.map(({ title }) => title)).toEqual(["First", "Second"]);
});

test.each(["/feed.json", "/sections/politics/feed.json", "/sections/gardening/feed.json"])(
  "[JSON Feed 1.1 feed_url] the feed at %s gives its own address",
  async (path) => {
    await put("harbour-bridge", wire({ sections: "Politics Gardening" }));
    expect((await fetchFeed(path))["feed_url"]).toBe(`${ORIGIN}${path}`);
  },
);

test("[JSON Feed 1.1 media type] a feed comes as application/feed+json in UTF-8", async () => {
  expect((await get("/feed.json")).headers.get("Content-Type")).toBe("application/feed+json; charset=utf-8");
});
