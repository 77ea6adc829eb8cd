/** Feeds that the owner defines by conditions, against a plain reading of those conditions. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { StandingFeed } from "../../../src/article/site.ts";
import { clear } from "../../support/clear.ts";
import { archived, fetchDocument, walk } from "../../support/reading/archive.ts";
import { act, at, desk, get, settle, withdraw } from "../../support/newsroom.ts";
import { sized } from "../../support/size.ts";
import { feedOf, publishAll, putStory, series, type Story, story } from "../../support/stories/stories.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const LONG = 120_000;
const SECTIONS = ["country", "events", "politics", "sport"];
// Two of them are one tag in another spelling.
const TAGS = ["Bridges", "bridges", "Café", "Fish"];

beforeEach(() => {
  at(NOW);
});

/** The owner deploys another site.json: both sides start with it. */
async function deploy(feeds: StandingFeed[]): Promise<void> {
  layout.feeds = feeds;
  await evictDurableObject(desk());
  startAnotherIsolate();
}

/** Waits until the backfill is done and readers have all articles. */
async function backfill(): Promise<void> {
  await vi.waitUntil(
    async () => {
      await settle();
      return runInDurableObject(
        desk(),
        (_instance, { storage }) =>
          storage.sql.exec("SELECT 1 FROM filing WHERE done = 1").toArray().length > 0,
      );
    },
    { timeout: 20_000, interval: 0 },
  );
  await settle();
  startAnotherIsolate();
}

function folded(tag: string): string {
  return tag.toLowerCase().replace("é", "e");
}

/** Whether a feed's conditions accept a story, in other words than the code's. */
function isGathered({ all, any, none, tags }: StandingFeed, { sections, tags: own = [] }: Story): boolean {
  const missesOne = all.some((section) => !sections.includes(section));
  const hasNone = any.length > 0 && any.filter((section) => sections.includes(section)).length === 0;
  const hasForbidden = none.some((section) => sections.includes(section));
  const isUntagged = tags.length > 0 && !tags.map(folded).some((tag) => own.map(folded).includes(tag));
  return !(missesOne || hasNone || hasForbidden || isUntagged);
}

async function shown(id: string): Promise<string[]> {
  return (await fetchDocument(`/feeds/${id}/atom.xml`)).ids.toSorted();
}

function gathered(feed: StandingFeed, stories: readonly Story[]): string[] {
  return stories
    .filter((one) => isGathered(feed, one))
    .map(({ id }) => id)
    .toSorted();
}

const some = fc.subarray(SECTIONS, { maxLength: 2 });
const conditions = fc
  .record({ all: some, any: some, none: some, tags: fc.subarray(TAGS, { maxLength: 2 }) })
  .filter((lists) => Object.values(lists).some(({ length }) => length > 0));
const subjects = fc.record({ sections: fc.subarray(SECTIONS, { minLength: 1 }), tags: fc.subarray(TAGS) });

test(
  "a feed shows exactly the articles that its conditions accept, before and after revisions, older articles included",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(conditions, { minLength: 2, maxLength: 4 }),
        fc.array(subjects, { minLength: 3, maxLength: 10 }),
        fc.array(subjects, { maxLength: 3 }),
        async (given, first, revised) => {
          await clear();
          const feeds = given.map((lists, index) => feedOf(`feed-${index}`, lists));
          layout.feeds = feeds.slice(1);
          startAnotherIsolate();
          const stories = first.map((one, index) => story(`s${index}`, one));
          await publishAll(stories);
          for (const feed of feeds.slice(1))
            expect([feed, await shown(feed.id)]).toEqual([feed, gathered(feed, stories)]);
          const others = revised.map((one, index) => story(`s${index}`, one));
          await publishAll(others);
          const present = [...others, ...stories.slice(others.length)];
          for (const feed of feeds.slice(1))
            expect([feed, await shown(feed.id)]).toEqual([feed, gathered(feed, present)]);
          await deploy(feeds);
          await backfill();
          for (const feed of feeds)
            expect([feed, await shown(feed.id)]).toEqual([feed, gathered(feed, present)]);
        },
      ),
      { numRuns: sized(3, 8) },
    );
  },
  LONG,
);

test("a feed loses a withdrawn article, and announces that to its readers", async () => {
  layout.feeds = [feedOf("fish", { tags: ["fish"] })];
  startAnotherIsolate();
  await publishAll([story("a", { tags: ["Fish"] }), story("b", { tags: ["fish"] })]);
  await withdraw("a");
  await settle();
  expect(await shown("fish")).toEqual(["b"]);
  expect(await (await get("/feeds/fish/atom.xml")).text()).toContain("deleted-entry");
  await act("a", "reinstate");
  await settle();
  expect(await shown("fish")).toEqual(["a", "b"]);
});

describe("a feed that the owner adds", () => {
  const stories = series("s", 230);

  test(
    "is filled from the archive, the oldest articles on the first page",
    async () => {
      await publishAll([...stories.slice(100), ...stories.slice(0, 100)]);
      await deploy([feedOf("all", { any: ["politics"] })]);
      await backfill();
      const documents = await walk("/feeds/all/atom.xml");
      expect(documents.map(({ ids }) => ids.length)).toEqual([50, 30, 50, 50, 50, 50]);
      expect(archived(documents)).toEqual(stories.map(({ id }) => id).toReversed());
    },
    LONG,
  );

  test(
    "gets the articles that are published while it is being filled",
    async () => {
      await publishAll(stories);
      await deploy([feedOf("all", { any: ["politics"] })]);
      await putStory(story("new", { date_published: "2031-11-24T11:00:00Z" }));
      await backfill();
      const found = archived(await walk("/feeds/all/feed.json"));
      expect(found.toSorted()).toEqual(["new", ...stories.map(({ id }) => id)].toSorted());
    },
    LONG,
  );

  test(
    "changes no feed that was there before: neither what it shows nor its validators",
    async () => {
      await publishAll(series("s", 60));
      const paths = [
        "/atom.xml",
        "/sections/politics/atom.xml",
        "/archive/1/atom.xml",
        "/archive/2.10/atom.xml",
      ];
      const seen = async (): Promise<unknown[]> =>
        Promise.all(
          paths.map(async (path) => [(await get(path)).headers.get("ETag"), (await fetchDocument(path)).ids]),
        );
      const before = await seen();
      await deploy([feedOf("all", { any: ["politics"] })]);
      await backfill();
      expect(await seen()).toEqual(before);
    },
    LONG,
  );

  test("answers at once, though empty, and carries its title", async () => {
    await publishAll(series("s", 2));
    await deploy([feedOf("all", { any: ["politics"] })]);
    const { title, items } = await (
      await get("/feeds/all/feed.json")
    ).json<{ title: string; items: unknown[] }>();
    expect([title, items]).toEqual(["Feed all – The Alder Bay Courier", []]);
    await backfill();
    expect(await shown("all")).toEqual(["s-1", "s-2"]);
  });
});

describe("a feed that the owner changes or removes", () => {
  test("shows the articles that its new conditions accept", async () => {
    await publishAll([story("p"), story("s", { sections: ["Sport"] }), story("e", { sections: ["Events"] })]);
    await deploy([feedOf("one", { any: ["politics", "events"] })]);
    await backfill();
    expect(await shown("one")).toEqual(["e", "p"]);
    await deploy([feedOf("one", { any: ["sport", "events"] })]);
    await backfill();
    expect(await shown("one")).toEqual(["e", "s"]);
    expect(archived(await walk("/feeds/one/rss.xml")).toSorted()).toEqual(["e", "s"]);
  });

  test(
    "answers 404 with its archive after it is removed, and has everything again when it comes back",
    async () => {
      await publishAll(series("s", 60));
      await deploy([feedOf("one", { any: ["politics"] })]);
      await backfill();
      await deploy([]);
      const paths = ["/feeds/one/rss.xml", "/feeds/one/feed", "/feeds/one/archive/1/atom.xml"];
      for (const path of paths) expect([path, (await get(path)).status]).toEqual([path, 404]);
      await backfill();
      await publishAll([story("meanwhile", { date_published: "2026-11-30T00:00:00Z" })]);
      await deploy([feedOf("one", { any: ["politics"] })]);
      await backfill();
      const found = archived(await walk("/feeds/one/atom.xml"));
      expect(found.toSorted()).toEqual(["meanwhile", ...series("s", 60).map(({ id }) => id)].toSorted());
    },
    LONG,
  );
});
