/** Unions of sections over HTTP: one address, its validators, and an archive of their own. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { archived, fetchDocument, repeated, walk } from "../../support/reading/archive.ts";
import { faults } from "../../support/faulty-kv.ts";
import { act, at, get, settle } from "../../support/newsroom.ts";
import { publishAll, putStory, series, story } from "../../support/stories/stories.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";

const LONG = 120_000;
const NOW = Date.parse("2031-11-24T12:00:00Z");
const MINUTE = 60_000;
const UNION = "/sections/events+politics";
const TEN = "arabic+business+country+culture+events+human-rights+politics+public-health+science+sport";

beforeEach(() => {
  at(NOW);
});

/** The end of a chain of redirects, and the number of redirects. */
async function follow(start: string): Promise<{ path: string; status: number; steps: number }> {
  let path = start;
  for (let steps = 0; ; steps++) {
    const response = await get(path);
    if (![301, 302].includes(response.status) || steps > 5) return { path, status: response.status, steps };
    path = response.headers.get("Location") ?? "";
  }
}

async function validators(): Promise<(string | null)[]> {
  const { headers } = await get(`${UNION}/atom.xml`);
  return [headers.get("ETag"), headers.get("Last-Modified")];
}

describe("a union has one address", () => {
  test.each([
    ["/sections/politics+events/rss.xml", `${UNION}/rss.xml`],
    ["/sections/events+politics+events/rss.xml", `${UNION}/rss.xml`],
    ["/sections/events%2Bpolitics/atom.xml", `${UNION}/atom.xml`],
    ["/sections/events%2bpolitics/feed.json", `${UNION}/feed.json`],
    ["/sections/politics%2Bevents/feed", `${UNION}/feed`],
    ["/sections/Politics+Events/rss.xml", `${UNION}/rss.xml`],
    ["/sections/events+politics/rss.xml/", `${UNION}/rss.xml`],
    ["/sections/politics+events/rss", `${UNION}/rss.xml`],
    ["/sections/politics+politics/rss.xml", "/sections/politics/rss.xml"],
    ["/sections/politics+events/rss.xml?limit=5", `${UNION}/rss.xml?limit=5`],
    [
      "/sections/politics+events/rss.xml?limit=05&content=summary&utm_source=x",
      `${UNION}/rss.xml?content=summary&limit=5`,
    ],
    ["/sections/politics+events/archive/politics-1/atom.xml", `${UNION}/archive/politics-1.1/atom.xml`],
    ["/sections/politics+events/smartnews.xml", `${UNION}/smartnews.xml`],
  ])("%s is found at %s", async (asked, path) => {
    await publishAll([story("a"), story("b", { sections: ["Events"] })]);
    const found = await follow(asked);
    expect({ path: found.path, status: found.status }).toEqual({ path, status: 200 });
    expect(found.steps).toBeLessThanOrEqual(2);
    expect(found.steps).toBeGreaterThan(0);
  });

  test.each(["rss.xml", "atom.xml", "feed.json"])("and its %s names that as its own", async (file) => {
    expect((await fetchDocument(`${UNION}/${file}`)).self).toBe(`${UNION}/${file}`);
    expect((await get(`${UNION}/${file}`)).headers.get("Link")).toBe(
      `<https://news.example/hub>; rel="hub", <https://news.example${UNION}/${file}>; rel="self"`,
    );
  });

  test("and a title made from its sections", async () => {
    const { title } = await (await get(`${UNION}/feed.json`)).json<{ title: string }>();
    expect(title).toBe("Events + Politics – The Alder Bay Courier");
  });
});

test.each([
  [`/sections/${TEN}/rss.xml`, 200],
  [`/sections/${TEN}+weather/rss.xml`, 404],
  ["/sections/events+nowhere/rss.xml", 404],
  ["/sections/nowhere+events/rss.xml", 404],
  ["/sections/events+politics/archive/0/atom.xml", 404],
])(
  "%s is answered with %i: a union has at most ten sections, and all of them exist",
  async (path, status) => {
    expect((await follow(path)).status).toBe(status);
  },
);

test("a section that an article opened can be in a union as soon as something is published in it", async () => {
  expect((await follow("/sections/events+harvest/rss.xml")).status).toBe(404);
  await publishAll([story("a", { sections: ["Harvest"] })]);
  startAnotherIsolate();
  expect((await fetchDocument("/sections/events+harvest/rss.xml")).ids).toEqual(["a"]);
});

describe("the validators of a union", () => {
  test(
    "move with each change of a section’s feed, and with nothing else",
    async () => {
      layout.itemsPerFeed = 3;
      startAnotherIsolate();
      await publishAll(series("p", 4));
      await publishAll(series("e", 4, { sections: ["Events"] }));
      const seen = [await validators()];
      const change = async (run: () => Promise<Response>): Promise<void> => {
        vi.setSystemTime(Date.now() + 10 * MINUTE);
        expect((await run()).ok).toBe(true);
        await settle();
        vi.setSystemTime(Date.now() + 10 * MINUTE);
        seen.push(await validators());
      };
      vi.setSystemTime(Date.now() + 10 * MINUTE);
      seen[0] = await validators();
      await change(() => putStory(story("other", { sections: ["Sport"] })));
      await change(() => putStory(story("old", { date_published: "2001-01-01T00:00:00Z" })));
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
      await change(() => act("p-4", "correct", { correction: "It was Tuesday." }));
      await change(() => putStory(story("new", { sections: ["Events"] })));
      await change(() => putStory(story("new", { sections: ["Sport"] })));
      const moved = seen.slice(2);
      expect(new Set(moved.map(([tag]) => tag)).size).toBe(moved.length);
      const dates = moved.map(([, date]) => Date.parse(date ?? ""));
      expect(dates).toEqual([...new Set(dates)].toSorted((a, b) => a - b));
    },
    LONG,
  );

  test("never hide a change in the same second from a client that has only a date", async () => {
    await putStory(story("first"));
    const date = (await get(`${UNION}/atom.xml`)).headers.get("Last-Modified") ?? "";
    await putStory(story("second", { sections: ["Events"] }));
    const response = await get(`${UNION}/atom.xml`, { "If-Modified-Since": date });
    expect([response.status, (await response.text()).includes("Story second")]).toEqual([200, true]);
  });

  test("never hide a change that reached KV minutes after a newer one from a client that has only a date", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    await publishAll([story("a"), story("b", { sections: ["Events"] })]);
    faults.onWrite = (key) => (key === "window:section:events" ? "fails" : "none");
    await putStory(story("late", { sections: ["Events"] }));
    vi.setSystemTime(Date.now() + MINUTE / 2);
    await putStory(story("early"));
    vi.setSystemTime(Date.now() + 10 * MINUTE);
    const before = await get(`${UNION}/atom.xml`);
    expect((await before.text()).includes("Story late")).toBe(false);
    const date = before.headers.get("Last-Modified") ?? "";
    faults.onWrite = () => "none";
    await settle();
    vi.setSystemTime(Date.now() + 10 * MINUTE);
    const after = await get(`${UNION}/atom.xml`, { "If-Modified-Since": date });
    expect([after.status, (await after.text()).includes("Story late")]).toEqual([200, true]);
  });
});

describe("the archive of a union", () => {
  const both = series("both", 20, { sections: ["Politics", "Events"] });
  const all = [...series("p", 60), ...both, ...series("e", 50, { sections: ["Events"] })];

  test(
    "has each article of its sections once, in every format",
    async () => {
      await publishAll([...all, ...series("s", 5, { sections: ["Sport"] })]);
      for (const file of ["rss.xml", "atom.xml", "feed.json"]) {
        const documents = await walk(`${UNION}/${file}`);
        expect([file, repeated(archived(documents))]).toEqual([file, []]);
        expect(archived(documents).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        expect(documents.slice(1).map(({ path }) => path)).toEqual(
          [
            `${UNION}/archive/politics-2.30`,
            `${UNION}/archive/politics-1`,
            "/sections/events/archive/2.20",
            "/sections/events/archive/1",
          ].map((page) => `${page}/${file}`),
        );
      }
    },
    LONG,
  );

  test.each([
    ["events-1", "/sections/events/archive/1"],
    ["events-2.20", "/sections/events/archive/2.20"],
  ])("has as its page %s the first section’s own, with nothing left out", async (page, own) => {
    const { status, headers } = await get(`${UNION}/archive/${page}/atom.xml`);
    expect([status, headers.get("Location")]).toEqual([301, `${own}/atom.xml`]);
    expect(faults.reads).toEqual([]);
  });

  test.each([
    "politics-0",
    "politics-01",
    "politics-3",
    "sport-1",
    "politics",
    "politics-",
    "-1",
    "1",
    "x-1",
  ])("has no page %s", async (page) => {
    await publishAll([story("a"), story("b", { sections: ["Events"] })]);
    expect((await follow(`${UNION}/archive/${page}/atom.xml`)).status).toBe(404);
  });

  test(
    "leads to a section’s newest page, even from a page that has not changed itself",
    async () => {
      await publishAll(all);
      const across = `${UNION}/archive/politics-1/atom.xml`;
      const before = await get(across);
      expect((await fetchDocument(across)).previous).toBe(`/sections/events/archive/2.20/atom.xml`);
      await publishAll(series("more", 40, { sections: ["Events"] }));
      const after = await get(across, { "If-None-Match": before.headers.get("ETag") ?? "" });
      expect(after.status).toBe(200);
      expect((await fetchDocument(across)).previous).toBe(`/sections/events/archive/3.10/atom.xml`);
      const dated = await get(across, { "If-Modified-Since": new Date(Date.now() + MINUTE).toUTCString() });
      expect(dated.status).toBe(200);
    },
    LONG,
  );

  test("lets caches keep a page with a link to another section only as long as a feed, because that link changes by itself", async () => {
    await publishAll(all);
    const feed = await get(`${UNION}/atom.xml`);
    const across = await get(`${UNION}/archive/politics-1/atom.xml`);
    expect(across.headers.get("Cache-Control")).toBe(feed.headers.get("Cache-Control"));
  });
});
