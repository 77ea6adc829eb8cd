/** Archives in copies of a newsroom: in a fresh installation, in one that has other feeds, in one that has articles already. */
import { beforeEach, expect, test, vi } from "vitest";
import type { StandingFeed } from "../../../src/article/site.ts";
import { clear } from "../../support/clear.ts";
import { archived, repeated, walk } from "../../support/reading/archive.ts";
import { exported, importBody } from "../../support/stories/copies.ts";
import { act, at, get, settle, withdraw } from "../../support/newsroom.ts";
import { everythingPublic } from "../../support/reading/public.ts";
import { feedOf, publishAll, series, story } from "../../support/stories/stories.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const LONG = 120_000;

beforeEach(() => {
  at(NOW);
});

/** A fresh installation. */
async function startAnew(feeds: StandingFeed[] = []): Promise<void> {
  await clear();
  layout.feeds = feeds;
  startAnotherIsolate();
}

async function take(copy: string): Promise<void> {
  const { answers } = await importBody(copy);
  expect(answers.filter(({ problem }) => problem !== undefined)).toEqual([]);
  await settle();
}

test(
  "a copy in a fresh installation has the same archive: every page, author, tag and standing feed, byte for byte",
  async () => {
    const feeds = [feedOf("sport-alone", { any: ["sport"], none: ["events"] })];
    await startAnew(feeds);
    const more = { authors: [{ name: "Jane Roe" }], tags: ["Bridges", "橋"] };
    await publishAll([...series("a", 52, more), ...series("b", 5, { sections: ["Sport"] })]);
    await publishAll(
      series("c", 5, { sections: ["Events", "Sport"], date_published: "1999-01-01T00:00:00Z" }),
    );
    vi.setSystemTime(Date.now() + 60_000);
    // The last two are the only articles on their section's newest page.
    for (const id of ["a-3", "a-51", "a-52"]) await withdraw(id);
    await act("b-4", "correct", { correction: "It was Tuesday." });
    await publishAll([
      story("a-5", { sections: ["Sport"], authors: [{ name: "John" }] }),
      story("late", { sections: ["Sport"] }),
    ]);
    for (const id of ["c-1", "c-2"]) await publishAll([story(id, { sections: ["Weather"] })]);
    await settle();
    const sections = ["politics", "sport", "events", "weather"];
    const original = (await everythingPublic(sections, ["a-3", "a-5"])).slice(0, -1);
    const copy = await exported();
    await startAnew(feeds);
    await take(copy);
    const copied = (await everythingPublic(sections, ["a-3", "a-5"])).slice(0, -1);
    expect(withoutTags(copied)).toEqual(withoutTags(original));
  },
  LONG,
);

/** An installation's epoch is part of its tags, and no other installation's. */
function withoutTags(seen: unknown[]): unknown[] {
  return seen.map((one) => (Array.isArray(one) ? one.filter((_value, index) => index !== 2) : one));
}

test(
  "a page keeps in a copy the name that its author had when it was written",
  async () => {
    await publishAll(series("s", 51, { authors: [{ name: "Jane Roe" }] }));
    await publishAll([story("last", { authors: [{ name: "JANE ROE" }] })]);
    const paths = ["", "/archive/1", "/archive/2"].map((part) => `/authors/jane-roe${part}/feed.json`);
    const bodies = async (): Promise<string[]> =>
      Promise.all(paths.map(async (path) => (await get(path)).text()));
    const original = await bodies();
    const copy = await exported();
    await startAnew();
    await take(copy);
    expect(await bodies()).toEqual(original);
  },
  LONG,
);

test(
  "a standing feed that the other installation didn't have still has its archive",
  async () => {
    await publishAll(series("s", 60));
    const copy = await exported();
    await startAnew([feedOf("new", { any: ["politics"] })]);
    await take(copy);
    const documents = await walk("/feeds/new/atom.xml");
    expect(documents[0]?.ids.length).toBe(50);
    expect(archived(documents).toSorted()).toEqual(
      series("s", 60)
        .map(({ id }) => id)
        .toSorted(),
    );
  },
  LONG,
);

test(
  "three newsrooms that become one have one archive, whose pages all answer",
  async () => {
    const copies: string[] = [];
    for (const name of ["one", "two"]) {
      await publishAll(series(name, 51));
      copies.push(await exported());
      await startAnew();
    }
    await publishAll(series("three", 51));
    for (const copy of copies) await take(copy);
    const found = archived(await walk("/atom.xml"));
    expect(repeated(found)).toEqual([]);
    expect(found.length).toBe(153);
  },
  LONG,
);
