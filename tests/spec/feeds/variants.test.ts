/** Variants of a feed: the parameters of its query. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { at, get } from "../../support/newsroom.ts";
import { fetchDocument, newestPage } from "../../support/reading/archive.ts";
import { publishAll, putStory, series, story } from "../../support/stories/stories.ts";
import { ATOM, named, parseXml, texts } from "../../support/reading/xml.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const FILES = ["/rss.xml", "/atom.xml", "/feed.json"];

beforeEach(() => {
  at(NOW);
});

describe("a variant has one address", () => {
  test.each([
    ["?limit=10&content=summary", "?content=summary&limit=10"],
    ["?content=full", ""],
    ["?content=full&limit=10", "?limit=10"],
    ["?limit=50", ""],
    ["?limit=050", ""],
    ["?limit=05", "?limit=5"],
    ["?limit=5&limit=6", "?limit=5"],
    ["?content=summary&content=full", "?content=summary"],
    ["?l%69mit=5", "?limit=5"],
    ["?limit=%35", "?limit=5"],
    ["?utm_source=x&limit=10&content=summary", "?content=summary&limit=10"],
  ])("%s is found under %j", async (asked, canonical) => {
    for (const path of [...FILES, "/feed", "/sections/politics/atom.xml"]) {
      const response = await get(`${path}${asked}`);
      expect([path, response.status, response.headers.get("Location")]).toEqual([
        path,
        301,
        `${path}${canonical}`,
      ]);
      expect((await get(`${path}${canonical}`)).status).toBe(200);
    }
  });

  test.each(["?limit=10", "?content=summary", "?content=summary&limit=10"])(
    "%s is a variant’s own address, and the variant names it",
    async (query) => {
      await publishAll(series("s", 12));
      for (const path of FILES) {
        const response = await get(`${path}${query}`);
        expect([path, response.status]).toEqual([path, 200]);
        expect(response.headers.get("Link")).toBe(
          `<https://news.example/hub>; rel="hub", <https://news.example${path}${query}>; rel="self"`,
        );
        expect((await fetchDocument(`${path}${query}`)).self).toBe(`${path}${query}`);
      }
    },
  );

  test("a limit that isn't below the feed's own number of articles gives the whole feed", async () => {
    const response = await get("/rss.xml?content=summary&limit=50");
    expect(response.headers.get("Location")).toBe("/rss.xml?content=summary");
  });
});

describe("a wrong value is refused with a problem", () => {
  test.each([
    "?limit=0",
    "?limit=51",
    "?limit=",
    "?limit=abc",
    "?limit=-1",
    "?limit=%2B5",
    "?limit=1e1",
    "?limit=5.0",
    "?limit=0005",
    "?limit=٣",
    "?content=",
    "?content=SUMMARY",
    "?content=none&limit=5",
  ])("%s", async (query) => {
    const response = await get(`/atom.xml${query}`);
    expect([response.status, response.headers.get("Content-Type")]).toEqual([
      400,
      "application/problem+json",
    ]);
    expect(await response.json()).toMatchObject({
      status: 400,
      type: expect.stringMatching(/invalid-query$/),
    });
  });
});

test("a limit shows that number of the newest articles, in each format", async () => {
  await publishAll(series("s", 7));
  for (const path of FILES) {
    expect((await fetchDocument(`${path}?limit=3`)).ids).toEqual(["s-7", "s-6", "s-5"]);
    expect((await fetchDocument(`${path}?content=summary&limit=1`)).ids).toEqual(["s-7"]);
  }
});

test("a feed of summaries has each article's summary or a substitute, and no body", async () => {
  const [secret, summary] = ["Nobody must read this", "It is open."];
  const body = `${"A bridge. ".repeat(40)}${secret}`;
  await publishAll([story("a", { content_text: body, summary }), story("b", { content_text: body })]);
  for (const path of FILES) {
    const text = await (await get(`${path}?content=summary`)).text();
    expect([path, text.includes(secret), text.includes(summary)]).toEqual([path, false, true]);
    expect([path, (await (await get(path)).text()).includes(secret)]).toEqual([path, true]);
  }
  const atom = parseXml(await (await get("/atom.xml?content=summary")).text(), ATOM);
  for (const entry of named(atom, "entry")) {
    expect([texts(entry, "content").length, texts(entry, "summary").length]).toEqual([0, 1]);
  }
  const json = await (await get("/feed.json?content=summary")).json<{ items: Record<string, unknown>[] }>();
  for (const item of json.items) {
    expect(["content_html" in item, typeof item["content_text"]]).toEqual([false, "string"]);
  }
});

describe("each variant has a tag of its own", () => {
  const variants = FILES.flatMap((path) =>
    ["", "?limit=1", "?limit=2", "?content=summary", "?content=summary&limit=1"].map(
      (query) => `${path}${query}`,
    ),
  );

  test("that matches no other variant, even when the feed has changed", async () => {
    await publishAll(series("s", 3));
    const before = await Promise.all(
      variants.map(async (path) => (await get(path)).headers.get("ETag") ?? ""),
    );
    expect(new Set(before).size).toBe(variants.length);
    const statuses = await Promise.all(
      variants.map(async (path, index) =>
        Promise.all(
          before.map(async (tag, other) => [
            path,
            index === other,
            (await get(path, { "If-None-Match": tag })).status,
          ]),
        ),
      ),
    );
    const wrong = statuses.flat().filter(([, isOwn, status]) => status !== (isOwn === true ? 304 : 200));
    expect(wrong).toEqual([]);
  });

  test("that changes with the feed", async () => {
    await publishAll(series("s", 3));
    const before = await Promise.all(variants.map(async (path) => (await get(path)).headers.get("ETag")));
    vi.setSystemTime(NOW + 60_000);
    await putStory(story("new"));
    const after = await Promise.all(variants.map(async (path) => (await get(path)).headers.get("ETag")));
    expect(after.filter((tag, index) => tag === before[index])).toEqual([]);
  });
});

test("an archive page has no variants: a request for one is redirected to the page", async () => {
  await publishAll(series("s", 3));
  const path = `${await newestPage()}/atom.xml`;
  const { status, headers } = await get(`${path}?limit=1&content=summary`);
  expect([status, headers.get("Location")]).toEqual([301, path]);
});
