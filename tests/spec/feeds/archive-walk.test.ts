/** A walk by `prev-archive` through the archive of a working newsroom: it misses nothing and meets nothing twice. */
import { expect, test } from "vitest";
import { archived, type FeedDocument, repeated, walk } from "../../support/reading/archive.ts";
import { act, at, settle, withdraw } from "../../support/newsroom.ts";
import { sized } from "../../support/size.ts";
import { publishAll, putStory, type Story, story } from "../../support/stories/stories.ts";

// Ahead of the real clock: the platform's own alarms don't interfere with those that the test runs.
const NOW = Date.parse("2031-11-24T12:00:00Z");
const HOUR = 3_600_000;
const COUNT = sized(1000, 5000);
const POSTS = sized(1, 5);
// The number of documents that are fetched between two steps of the newsroom.
const PACE = sized(1, 4);
const LONG = 120_000;
// Coprime to COUNT, so that the dates are in no order, and every story occurs once.
const STRIDE = 1777;
const SECTIONS = [["Politics"], ["Sport"], ["Sport", "Culture"], ["Politics", "Sport"]];

function numbered(n: number): Story {
  return story(`story-${n}`, {
    sections: SECTIONS[n % SECTIONS.length] ?? [],
    date_published: new Date(NOW - HOUR * (1 + ((n * STRIDE) % COUNT))).toISOString(),
    tags: n % 3 === 0 ? ["bridges"] : [],
  });
}

const isSport = (n: number): boolean => n % SECTIONS.length > 0;
const isTagged = (n: number): boolean => n % 3 === 0;

/** The newsroom at work: each step does something else to a story that it has not touched before. */
class Newsroom {
  #steps = 0;
  readonly moved = new Set<string>();
  readonly withdrawn = new Set<string>();
  /** The number of documents that the present walk had fetched when a withdrawal was delivered. */
  readonly delivered = new Map<string, number>();

  /** A walk during which the newsroom works now and then. */
  async follow(start: string): Promise<FeedDocument[]> {
    this.delivered.clear();
    return walk(start, (documents) =>
      documents.length % PACE === 0 ? this.#work(documents.length) : Promise.resolve(),
    );
  }

  async #work(fetched: number): Promise<void> {
    const kind = this.#steps++ % 6;
    // From both ends: some are on pages that are fetched already, and some on later pages.
    const n = this.#steps % 2 === 0 ? COUNT - 1 - this.#steps * 20 : this.#steps * 20;
    const answer = await this.#change(kind, n);
    if (!answer.ok) throw new Error(await answer.text());
    await settle();
    if (kind === 3) this.delivered.set(`story-${n}`, fetched);
  }

  #change(kind: number, n: number): Promise<Response> {
    const id = `story-${n}`;
    switch (kind) {
      case 0:
        return putStory(story(`new-${n}`, { sections: ["Sport"], tags: ["bridges"] }));
      case 1:
        return act(id, "correct", { correction: "It was Tuesday." });
      case 2:
        this.moved.add(id);
        return putStory({ ...numbered(n), sections: ["Weather"], tags: [] });
      case 3:
        this.withdrawn.add(id);
        return withdraw(id);
      case 4:
        return putStory({ ...numbered(n), date_published: "2001-02-03T04:05:06Z" });
      default:
        return putStory({ ...numbered(n), date_published: new Date(NOW - 1000).toISOString() });
    }
  }
}

/**
 * Expects every story that `isAmong` accepts once, and no other.
 * @param excused the stories that may be missing
 */
function expectWhole(
  documents: readonly FeedDocument[],
  { delivered }: Newsroom,
  isAmong: (n: number) => boolean,
  excused: ReadonlySet<string>,
): void {
  const found = archived(documents).filter((id) => id.startsWith("story-"));
  const wanted = Array.from({ length: COUNT }, (_, n) => n)
    .filter(isAmong)
    .map((n) => `story-${n}`);
  const [all, asked] = [new Set(found), new Set(wanted)];
  expect(repeated(archived(documents))).toEqual([]);
  expect(wanted.filter((id) => !all.has(id) && !excused.has(id))).toEqual([]);
  expect(found.filter((id) => !asked.has(id))).toEqual([]);
  const late = [...delivered].filter(([id, fetched]) =>
    documents.slice(fetched).some(({ ids }) => ids.includes(id)),
  );
  expect(late).toEqual([]);
  expect(delivered.size).toBeGreaterThan(0);
}

test(
  "a walk through an archive of thousands finds each article once, whatever changes between two fetches",
  async () => {
    at(NOW);
    for (let post = 0; post < POSTS; post++) {
      const first = (post * COUNT) / POSTS;
      await publishAll(Array.from({ length: COUNT / POSTS }, (_, index) => numbered(first + index)));
    }
    const newsroom = new Newsroom();
    const { moved, withdrawn } = newsroom;
    const everything = await newsroom.follow("/atom.xml");
    expect(everything.length).toBeGreaterThan(COUNT / 50);
    expectWhole(everything, newsroom, () => true, withdrawn);
    const sport = await newsroom.follow("/sections/sport/rss.xml");
    expectWhole(sport, newsroom, isSport, new Set([...moved, ...withdrawn]));
    const bridges = await newsroom.follow("/tags/bridges/feed.json");
    expectWhole(bridges, newsroom, isTagged, new Set([...moved, ...withdrawn]));
  },
  LONG,
);
