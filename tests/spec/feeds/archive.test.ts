/** Archive pages (RFC 5005, section 4): their numbers, their articles and their changes. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { archived, fetchDocument, follow, newestPage, walk } from "../../support/reading/archive.ts";
import { act, at, get, settle, withdraw } from "../../support/newsroom.ts";
import { everythingPublic } from "../../support/reading/public.ts";
import { feedOf, publishAll, putStory, series, type Story, story } from "../../support/stories/stories.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";

const LONG = 120_000;
const NOW = Date.parse("2031-11-24T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 86_400;

beforeEach(() => {
  at(NOW);
});

/** Everything that tells a client that a document has changed. */
async function seen(path: string): Promise<{ tag: string; date: number; body: string }> {
  const response = await follow(path);
  const { headers } = response;
  return {
    tag: headers.get("ETag") ?? "",
    date: Date.parse(headers.get("Last-Modified") ?? ""),
    body: await response.text(),
  };
}

async function idsOn(page: number): Promise<string[]> {
  return (await fetchDocument(`/archive/${page}/atom.xml`)).ids;
}

/** @param length of its text; in a feed it weighs twice as much, for the brackets */
function heavy(id: string, length: number): Story {
  return story(id, { content_text: "[Word]".repeat(length / 6) });
}

async function caching(path: string): Promise<string | null> {
  return (await follow(path)).headers.get("Cache-Control");
}

describe("the pages of an archive:", () => {
  test.each(["0", "01", "2", "99", "abc", "-1", "1.0", "1e0", "%31x", "9999999999", "politics-1", " 1"])(
    "an archive of one page has no page %j",
    async (page) => {
      await publishAll([story("a")]);
      for (const file of ["rss.xml", "atom.xml", "feed.json"]) {
        expect([file, (await follow(`/archive/${page}/${file}`)).status]).toEqual([file, 404]);
      }
    },
  );

  test.each(["/archive/1/atom.xml", "/sections/politics/archive/1/rss.xml", "/tags/x/archive/1/feed.json"])(
    "there is no %s before anything is published",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  test("a page has fifty articles, in the order in which they came", async () => {
    await publishAll(series("s", 101));
    const pages = await Promise.all([1, 2, 3].map(idsOn));
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 1]);
    expect([pages[0]?.at(-1), pages[0]?.[0], pages[1]?.at(-1), pages[2]?.[0]]).toEqual([
      "s-1",
      "s-50",
      "s-51",
      "s-101",
    ]);
  });

  test("heavy articles close a page before a megabyte, and the ones that no feed shows count too", async () => {
    await publishAll([heavy("a", 150_000), heavy("b", 150_000), heavy("c", 150_000), heavy("d", 150_000)]);
    await publishAll([heavy("e", 190_000), heavy("f", 190_000), story("light")]);
    const [feed, ...pages] = (await walk("/atom.xml")).map(({ ids }) => ids.toSorted());
    expect([feed, pages]).toEqual([
      ["light"],
      [
        ["f", "light"],
        ["d", "e"],
        ["a", "b", "c"],
      ],
    ]);
  });

  test(
    "a page is there even when every article on it has become heavy since then",
    async () => {
      await publishAll(series("s", 50));
      for (let first = 1; first <= 50; first += 10) {
        await publishAll(Array.from({ length: 10 }, (_, index) => heavy(`s-${first + index}`, 190_000)));
      }
      expect(new Set(archived(await walk("/atom.xml"))).size).toBe(50);
    },
    LONG,
  );

  test(
    "every kind of feed has them, each linked to its neighbours and to the feed",
    async () => {
      layout.feeds = [feedOf("andes", { any: ["politics"] })];
      startAnotherIsolate();
      const stories = series("s", 60, { authors: [{ name: "Jane Roe" }], tags: ["Bridges"] });
      await publishAll(stories);
      const homes = ["", "/sections/politics", "/feeds/andes", "/authors/jane-roe", "/tags/bridges"];
      for (const home of homes) {
        for (const file of ["rss.xml", "atom.xml", "feed.json"]) {
          const documents = await walk(`${home}/${file}`);
          const paths = ["1", "2.10"].map((page) => `${home}/archive/${page}/${file}`);
          expect(documents.map(({ path }) => path)).toEqual([`${home}/${file}`, paths[1], paths[0]]);
          expect(documents.map(({ self }) => self)).toEqual(documents.map(({ path }) => path));
          expect(archived(documents).toSorted()).toEqual(stories.map(({ id }) => id).toSorted());
          if (file === "feed.json") continue;
          const current = `${home}/${file}`;
          expect(documents.map((one) => [one.isArchive, one.current, one.next])).toEqual([
            [false, undefined, undefined],
            [true, current, undefined],
            [true, current, undefined],
          ]);
        }
      }
    },
    LONG,
  );
});

test("a full page may be kept for a day, the newest one as long as a feed", async () => {
  await publishAll(series("s", 51));
  for (const file of ["rss.xml", "atom.xml", "feed.json"]) {
    expect(await caching(`/archive/1/${file}`)).toBe(`public, max-age=${DAY}`);
    expect(await caching(`/archive/2/${file}`)).toBe(await caching(`/${file}`));
  }
});

describe("an article of a full page", () => {
  const changes: [string, () => Promise<Response>, boolean][] = [
    ["is corrected", () => act("s-7", "correct", { correction: "It was Tuesday." }), true],
    ["is revised", () => putStory(story("s-7", { content_text: "Otherwise." })), true],
    ["gets another date", () => putStory(story("s-7", { date_published: "2001-02-03T04:05:06Z" })), true],
    ["is withdrawn", () => withdraw("s-7"), false],
    [
      "goes under an embargo",
      () => putStory(story("s-7", { date_published: "2099-01-01T00:00:00Z" })),
      false,
    ],
  ];

  test.each(changes)("that %s changes its page, and no other full page", async (_what, change, isThere) => {
    await publishAll(series("s", 101));
    const [before, other] = [await seen("/archive/1/atom.xml"), await seen("/archive/2/atom.xml")];
    expect((await change()).ok).toBe(true);
    await settle();
    const after = await seen("/archive/1/atom.xml");
    expect(after.tag).not.toBe(before.tag);
    expect(after.date).toBeGreaterThan(before.date);
    expect(after.body).not.toBe(before.body);
    expect((await idsOn(1)).includes("s-7")).toBe(isThere);
    expect(await seen("/archive/2/atom.xml")).toEqual(other);
  });

  test("gives its page a later date with each of two changes within a second", async () => {
    await publishAll(series("s", 51));
    const dates = [(await seen("/archive/1/atom.xml")).date];
    for (const correction of ["One.", "Two."]) {
      const before = Date.now();
      await act("s-7", "correct", { correction });
      await settle();
      dates.push((await seen("/archive/1/atom.xml")).date);
      vi.setSystemTime(before);
    }
    expect(dates).toEqual([...new Set(dates)].toSorted((a, b) => a - b));
  });
});

test("an article that comes late with an old date enters the newest page, and moves no other", async () => {
  await publishAll(series("s", 101));
  const before = [await seen("/archive/1/atom.xml"), await seen("/archive/2/atom.xml")];
  await publishAll([story("late", { date_published: "1999-12-31T00:00:00Z" })]);
  expect(await idsOn(3)).toEqual(["s-101", "late"]);
  expect([await seen("/archive/1/atom.xml"), await seen("/archive/2/atom.xml")]).toEqual(before);
});

test("a page has a link to the next one as soon as that is full", async () => {
  await publishAll(series("s", 100));
  const before = await seen("/archive/1/atom.xml");
  expect((await fetchDocument("/archive/1/atom.xml")).next).toBeUndefined();
  await publishAll([story("next")]);
  expect((await fetchDocument("/archive/1/atom.xml")).next).toBe("/archive/2/atom.xml");
  expect((await seen("/archive/1/atom.xml")).tag).not.toBe(before.tag);
});

test("a page that isn't full gets a new name with each article, and its former names lead to the present one", async () => {
  await publishAll(series("s", 3));
  const three = await newestPage();
  await publishAll([story("another")]);
  const four = await newestPage();
  expect([three, four]).toEqual(["/archive/1.3", "/archive/1.4"]);
  for (const former of ["/archive/1", three, "/archive/1.99"]) {
    const { status, headers } = await get(`${former}/atom.xml`);
    expect([status, headers.get("Location")]).toEqual([302, `${four}/atom.xml`]);
    expect(headers.get("Cache-Control")).toBe("public, max-age=30");
  }
  await publishAll(series("more", 47));
  const { status, headers } = await get(`${four}/atom.xml`);
  expect([status, headers.get("Location")]).toEqual([301, "/archive/1/atom.xml"]);
});

describe("a hidden article", () => {
  test("is on no page, as a draft, under embargo or expired", async () => {
    await publishAll([
      story("open"),
      story("draft", { draft: true }),
      story("fall", { date_published: new Date(NOW + 2 * HOUR).toISOString() }),
      story("brief", { expires: new Date(NOW + HOUR).toISOString() }),
    ]);
    expect((await idsOn(1)).toSorted()).toEqual(["brief", "open"]);
    vi.setSystemTime(NOW + HOUR);
    await settle();
    expect(await idsOn(1)).toEqual(["open"]);
    vi.setSystemTime(NOW + 2 * HOUR);
    await settle();
    expect(await idsOn(1)).toEqual(["fall", "open"]);
  });

  test("changes nothing when it is uploaded: no page, no validator, no key", async () => {
    await publishAll(series("s", 51, { authors: [{ name: "Jane Roe" }], tags: ["Bridges"] }));
    const before = await everythingPublic(["politics"], ["fall"]);
    const hidden = { authors: [{ name: "New" }], tags: ["New"], sections: ["New"] };
    await publishAll([story("fall", { ...hidden, date_published: "2099-01-01T00:00:00Z" })]);
    await publishAll([story("draft", { ...hidden, draft: true })]);
    expect(await everythingPublic(["politics"], ["fall"])).toEqual(before);
  });
});
