/** Feeds of several sections at once, against a brute-force model. */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { clear } from "../../support/clear.ts";
import { at } from "../../support/newsroom.ts";
import { feedItems } from "../../support/reading/public.ts";
import { sized } from "../../support/size.ts";
import { publishAll, type Story, story } from "../../support/stories/stories.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const SECTIONS = ["Country", "Events", "Politics", "Sport"] as const;
const LONG = 120_000;

/** A fresh installation whose feeds show this many articles. */
async function startAnew(itemsPerFeed: number): Promise<void> {
  await clear();
  layout.itemsPerFeed = itemsPerFeed;
  startAnotherIsolate();
  vi.setSystemTime(NOW);
}

/** All articles of a union, without a limit: the newest first; of two with the same time, the greater id first. */
function inOrder(stories: readonly Story[], sections: readonly string[]): string[] {
  return stories
    .filter((one) => one.sections.some((section) => sections.includes(section)))
    .toSorted(
      (a, b) =>
        Date.parse(b.date_published) - Date.parse(a.date_published) ||
        (a.id > b.id ? -1 : Number(a.id < b.id)),
    )
    .map(({ title }) => title);
}

function homeOf(sections: readonly string[]): string {
  return `/sections/${sections
    .map((section) => section.toLowerCase())
    .toSorted()
    .join("+")}`;
}

/** The titles that a union shows in each of its formats. */
async function shownIn(sections: readonly string[]): Promise<string[][]> {
  const { rss, atom, json } = await feedItems(homeOf(sections));
  return [rss, atom, json].map((items) => items.map(({ title }) => title));
}

const times = fc.integer({ min: 1, max: 5 }).map((hour) => new Date(NOW - hour * 3_600_000).toISOString());
const someSections = fc.subarray([...SECTIONS], { minLength: 1 });
const unions = fc.uniqueArray(fc.subarray([...SECTIONS], { minLength: 2 }), {
  minLength: 1,
  maxLength: 3,
  selector: (sections) => sections.join(),
});

function storiesOf(given: readonly { time: string; sections: string[]; length: number }[]): Story[] {
  return given.map(({ time, sections, length }, index) =>
    story(`s${index}`, {
      sections,
      date_published: time,
      content_text: "[Words]".repeat(Math.ceil(length / 7)),
    }),
  );
}

test(
  "a union shows the newest articles of its sections, each once, in the order of every feed, in each format",
  async () => {
    at(NOW);
    const articles = fc.array(fc.record({ time: times, sections: someSections, length: fc.constant(20) }), {
      maxLength: 14,
    });
    await fc.assert(
      fc.asyncProperty(articles, unions, fc.integer({ min: 1, max: 4 }), async (given, asked, size) => {
        await startAnew(size);
        const stories = storiesOf(given);
        await publishAll(stories);
        for (const sections of asked) {
          const expected = inOrder(stories, sections).slice(0, size);
          expect([sections, ...(await shownIn(sections))]).toEqual([sections, expected, expected, expected]);
        }
      }),
      { numRuns: sized(4, 12) },
    );
  },
  LONG,
);

test(
  "a union of feeds that were cut for their weight has no gap: it ends before the first one",
  async () => {
    at(NOW);
    const articles = fc.array(
      fc.record({
        time: times,
        sections: someSections,
        length: fc.constantFrom(20, 20, 20, 95_000, 95_000, 95_000, 150_000),
      }),
      { minLength: 8, maxLength: 16 },
    );
    await fc.assert(
      fc.asyncProperty(articles, unions, async (given, asked) => {
        await startAnew(14);
        const stories = storiesOf(given);
        await publishAll(stories);
        for (const sections of asked) {
          // An article that is too heavy for every feed is in none, and leaves no gap.
          const whole = inOrder(
            stories.filter(({ content_text: text }) => text.length < 100_000),
            sections,
          );
          for (const shown of await shownIn(sections)) {
            expect([sections, shown]).toEqual([sections, whole.slice(0, shown.length)]);
            expect(shown.length > 0 || whole.length === 0).toBe(true);
          }
        }
      }),
      { numRuns: sized(3, 6) },
    );
  },
  LONG,
);
