/** The composition of the front page. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newestFirst } from "../../../src/article/article.ts";
import { arranged } from "../../../src/pages/front/arrangement.ts";
import { compose, halves, IN_BLOCK, type Story, TOP } from "../../../src/pages/front/composition.ts";
import { seriesAmong } from "../../../src/pages/front/series.ts";

const START = Date.parse("2026-11-24T12:00:00Z");
const HOUR = 3_600_000;
const SECTIONS = ["politics", "sport", "weather", "culture"];
const HEADLINES = [
  "Bridge opens",
  "Minister resigns",
  "Tides for Sunday 22 November",
  "Tides for Monday 23 November",
  "Tides for 1 May",
  "Rovers win 2–1",
  "Rovers win 4–0",
];
/** How many stories the end of the page lists at most. */
const MOST_BELOW = 18;
const PICTURE = { url: "https://pictures.example/bridge.jpg" };

function story(id: string, own: Partial<Story> = {}): Story {
  return {
    id,
    headline: `Story ${id.replaceAll(/\d/g, "x")} of its own`,
    language: "en",
    sections: [{ id: "politics", title: "Politics" }],
    published: START,
    excerpt: "",
    ...own,
  };
}

const anyStory = fc
  .record({
    id: fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), minLength: 1, maxLength: 4 }),
    headline: fc.constantFrom(...HEADLINES),
    sections: fc
      .uniqueArray(fc.constantFrom(...SECTIONS), { minLength: 1, maxLength: 2 })
      .map((ids) => ids.map((id) => ({ id, title: id }))),
    published: fc.integer({ min: 0, max: 500 }).map((hours) => START - hours * HOUR),
    hasPicture: fc.boolean(),
  })
  .map(({ id, hasPicture, ...own }) => story(id, { ...own, ...(hasPicture && { image: PICTURE }) }));

const stories = (maxLength: number) =>
  fc.uniqueArray(anyStory, { maxLength, selector: ({ id }) => id }).map((list) => list.toSorted(newestFirst));

/** A site's newest stories, few or many, and the windows of the sections that these leave out. */
const newsroom = fc.tuple(stories(60), fc.constantFrom(4, 20)).map(([all, many]) => {
  const newest = all.slice(0, many);
  const missing = SECTIONS.filter((id) => !newest.some(({ sections }) => isIn(sections, id)));
  const windows = new Map(
    missing.map((id) => [id, all.filter(({ sections }) => isIn(sections, id)).slice(0, 8)]),
  );
  return { newest, windows, all: [...newest, ...[...windows.values()].flat()] };
});

function isIn(sections: Story["sections"], id: string): boolean {
  return sections.some((section) => section.id === id);
}

function shownBy({ lead, top, blocks, rest }: ReturnType<typeof compose>): Story[] {
  return [
    ...(lead === undefined ? [] : [lead]),
    ...top,
    ...blocks.flatMap((block) => block.stories),
    ...rest,
  ];
}

describe("the front page", () => {
  test("shows no story twice", () => {
    fc.assert(
      fc.property(newsroom, ({ newest, windows }) => {
        const ids = shownBy(compose(newest, SECTIONS, windows)).map(({ id }) => id);
        expect(ids).toEqual([...new Set(ids)]);
      }),
    );
  });

  test("leads with a picture where one of the five newest that are no routine has one", () => {
    fc.assert(
      fc.property(newsroom, ({ newest, windows, all }) => {
        const { routine } = seriesAmong(all.toSorted(newestFirst));
        const candidates = [...new Map(all.map((one) => [one.id, one])).values()]
          .toSorted(newestFirst)
          .filter(({ id }) => !routine.has(id))
          .slice(0, 5);
        const { lead } = compose(newest, SECTIONS, windows);
        const hasPicture = candidates.some(({ image }) => image !== undefined);
        expect([lead === undefined, lead?.image !== undefined]).toEqual([
          candidates.length === 0,
          hasPicture,
        ]);
      }),
    );
  });

  test("never leads with a routine series, nor has one at the top, and lists all but its newest below", () => {
    fc.assert(
      fc.property(newsroom, ({ newest, windows, all }) => {
        const sorted = [...new Map(all.map((one) => [one.id, one])).values()].toSorted(newestFirst);
        const { routine, repeated } = seriesAmong(sorted);
        const page = compose(newest, SECTIONS, windows);
        const above = [...(page.lead === undefined ? [] : [page.lead]), ...page.top];
        expect(above.filter(({ id }) => routine.has(id))).toEqual([]);
        const raised = shownBy({ ...page, rest: [] });
        expect(raised.filter(({ id }) => repeated.has(id))).toEqual([]);
        const below = sorted.filter((one) => !raised.some(({ id }) => id === one.id));
        expect(page.rest.map(({ id }) => id)).toEqual(below.slice(0, MOST_BELOW).map(({ id }) => id));
      }),
    );
  });

  test("has the newest of every section, wherever it stands", () => {
    fc.assert(
      fc.property(newsroom, ({ newest, windows, all }) => {
        const sorted = [...new Map(all.map((one) => [one.id, one])).values()].toSorted(newestFirst);
        const { repeated } = seriesAmong(sorted);
        const ids = shownBy(compose(newest, SECTIONS, windows)).map(({ id }) => id);
        const wanted = SECTIONS.flatMap((section) => {
          const first = sorted.find(({ id, sections }) => isIn(sections, section) && !repeated.has(id));
          return first === undefined ? [] : [first.id];
        });
        expect(ids).toEqual(expect.arrayContaining(wanted));
      }),
    );
  });

  test("depends on the order of time alone, and on no clock", () => {
    fc.assert(
      fc.property(newsroom, fc.integer({ min: -1e6, max: 1e6 }), ({ newest, windows }, hours) => {
        const moved = (list: readonly Story[]) =>
          list.map((one) => ({ ...one, published: one.published + hours * HOUR }));
        const later = compose(
          moved(newest),
          SECTIONS,
          new Map([...windows].map(([id, w]) => [id, moved(w)])),
        );
        expect(shownBy(later).map(({ id }) => id)).toEqual(
          shownBy(compose(newest, SECTIONS, windows)).map(({ id }) => id),
        );
      }),
    );
  });

  test("fills its blocks in the order of the sections, a picture first, and none too long or empty", () => {
    fc.assert(
      fc.property(newsroom, ({ newest, windows }) => {
        const { top, blocks } = compose(newest, SECTIONS, windows);
        expect(top.length).toBeLessThanOrEqual(TOP);
        const order = blocks.map(({ section }) => SECTIONS.indexOf(section));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        for (const block of blocks) {
          expect(block.stories.length >= 1 && block.stories.length <= IN_BLOCK).toBe(true);
          const hasPicture = block.stories.some(({ image }) => image !== undefined);
          expect(block.stories[0]?.image !== undefined).toBe(hasPicture);
        }
      }),
    );
  });

  test("loses no member of a series", () => {
    const tides = ["3 May", "2 May", "1 May"].map((day, age) =>
      story(`t${age}`, { headline: `Tides for ${day}`, published: START - age * HOUR }),
    );
    const { lead, blocks, rest } = compose(tides, ["politics"]);
    expect(lead).toBeUndefined();
    expect(blocks.flatMap(({ stories: own }) => own.map(({ id }) => id))).toEqual(["t0"]);
    expect(rest.map(({ id }) => id)).toEqual(["t1", "t2"]);
  });

  test.each([4, 5, 11])(
    "with one picture, of the story at place %d, leads with it among the first five",
    (place) => {
      const newest = Array.from({ length: 12 }, (_, age) =>
        story(`n${age}`, {
          headline: `${"a".repeat(age + 1)} story`,
          published: START - age * 24 * HOUR,
          ...(age === place && { image: PICTURE, summary: "Told." }),
        }),
      );
      expect(compose(newest, SECTIONS).lead?.id).toBe(place < 5 ? `n${place}` : "n0");
    },
  );

  test("is empty where there is nothing", () => {
    expect(compose([], SECTIONS)).toEqual({ lead: undefined, top: [], blocks: [], rest: [] });
  });

  test("doesn't lead with one of the older stories for the sake of its picture", () => {
    const newest = Array.from({ length: 30 }, (_, age) =>
      story(`n${age}`, { headline: `${"a".repeat(age + 1)} story`, published: START - age * HOUR }),
    );
    const old = { ...story("old", { published: START - 40 * HOUR }), image: PICTURE };
    expect(compose([...newest, old], SECTIONS).lead?.id).toBe("n0");
  });
});

test.each([
  ["1", ""],
  ["1 1", "0 1"],
  ["4 2 1 3", "1 2"],
  ["1 2 1", "0 1"],
  ["2 3 1", ""],
  ["1 1 1 1 4 1", "0 1 2 3"],
])("of blocks with %s stories, these stand two to a row: %s", (counts, expected) => {
  const blocks = counts
    .split(" ")
    .map((count, at) => ({ section: `${at}`, stories: Array.from({ length: Number(count) }) }));
  expect([...halves(blocks)].join(" ")).toBe(expected);
});

/** Whether some order of some members fills the places without two neighbours of one kind: every order is tried. */
function canBeAvoided(list: readonly string[], places: number, before: string | undefined): boolean {
  if (places === 0) return true;
  return list.some(
    (kind, index) => kind !== before && canBeAvoided(list.toSpliced(index, 1), places - 1, kind),
  );
}

test("no section stands twice in a row on the first screen where any choice and order avoids it", () => {
  const kinds = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 7 });
  fc.assert(
    fc.property(kinds, fc.constantFrom("a", "b", undefined), (list, before) => {
      const found = arranged(list, TOP, (kind) => kind, before);
      expect(found.length).toBe(Math.min(TOP, list.length));
      const hasNeighbours = found.some((kind, index) => kind === (index === 0 ? before : found[index - 1]));
      expect(hasNeighbours).toBe(!canBeAvoided(list, found.length, before));
    }),
    { numRuns: 500 },
  );
});

/** How many stories with these headlines belong to a series. */
function alike(language: string, ...headlines: string[]): number {
  return seriesAmong(headlines.map((headline, at) => story(`s${at}`, { headline, language }))).routine.size;
}

describe("a routine series", () => {
  test.each([
    [
      "en",
      "Sea conditions and tides for Sunday 22 November",
      "Sea conditions and tides for Monday 23 November",
      "Sea conditions and tides for Tuesday",
    ],
    ["en", "Tides on 1 May", "Tides on Tuesday, 12 December 2026", "Tides on 3 Jan"],
    [
      "de",
      "Pegelstände am Montag, 2. März",
      "Pegelstände am Dienstag, 13. Oktober",
      "Pegelstände am 14. Oktober",
    ],
    ["fr", "La mer du lundi 1 août", "La mer du mardi 22 février", "La mer du mercredi 3 mars"],
    [
      "ar",
      "المد والجزر ليوم الأحد ٢٢ نوفمبر",
      "المد والجزر ليوم الاثنين ٢٣ نوفمبر",
      "المد والجزر ليوم الثلاثاء ٢٤ نوفمبر",
    ],
    ["es", "Mareas del 1 de mayo", "Mareas del 2 de mayo", "Mareas del 13 de mayo"],
    ["pt-PT", "Marés de 22 de novembro", "Marés de 23 de novembro", "Marés de 1 de dezembro"],
    ["en", "Lottery on Sunday: 3, 17, 22", "Lottery on Monday: 8, 40", "Lottery on Friday: 1"],
  ])("in %s has headlines that are alike but for dates and numbers: %s", (language, ...headlines) => {
    expect(alike(language, ...headlines)).toBe(3);
  });

  test.each([
    ["the same headline without a date", ["Bridge opens", "Bridge opens", "Bridge opens"]],
    ["other words", ["Council raises tax by 3 per cent", "Council lowers tax by 3 per cent"]],
    ["numbers alone", ["1984", "2001", "2010"]],
    ["news that counts", ["Earthquake kills 3", "Earthquake kills 12", "Earthquake kills 40"]],
    ["two stories", ["Tides on 1 May", "Tides on 2 May"]],
    [
      "news that counts on one day",
      ["Sunday’s quake kills 12", "Sunday’s quake kills 30", "Sunday’s quake kills 55"],
    ],
    [
      "a verb that is a month too",
      ["Quake toll may pass 100", "Quake toll may pass 200", "Quake toll may pass 300"],
    ],
  ])("is not %s", (_, headlines) => {
    expect(alike("en", ...headlines)).toBe(0);
  });

  test.each([
    ["pt-PT", "Incêndio faz 10 mortos", "Incêndio faz 11 mortos", "Incêndio faz 12 mortos"],
    ["cs", "Požár má 10 obětí", "Požár má 11 obětí", "Požár má 12 obětí"],
    ["fi", "Palossa kuoli 10", "Palossa kuoli 11", "Palossa kuoli 12"],
    ["ja", "火災で 10 人死亡", "火災で 11 人死亡", "火災で 12 人死亡"],
  ])("in %s, which writes some months as numbers, is not news that counts", (language, ...headlines) => {
    expect(alike(language, ...headlines)).toBe(0);
  });

  test("is not in two sections", () => {
    const results = ["Results of 1 May", "Results of 2 May", "Results of 3 May"].map((headline, at) =>
      story(`s${at}`, { headline, sections: [{ id: SECTIONS[at % 2] ?? "", title: "" }] }),
    );
    expect(seriesAmong(results).routine.size).toBe(0);
  });
});
