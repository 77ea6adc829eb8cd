/**
 * The composition of the front page: which story leads, which follow, what each section shows. It knows no clock: stories are
 * judged beside the newest of them. Pure.
 */
import { newestFirst, type WindowArticle } from "../../article/article.ts";
import { arranged } from "./arrangement.ts";
import { seriesAmong } from "./series.ts";

/** What the composition looks at. */
export type Story = Pick<
  WindowArticle,
  "id" | "headline" | "language" | "sections" | "published" | "image" | "summary" | "excerpt"
>;

export type FrontPage<S extends Story> = {
  /** Undefined where there is nothing but routine. */
  lead: S | undefined;
  /** The stories that follow the lead on the first screen, by weight. */
  top: S[];
  /** The newest of each section that has some, besides those above; no block is empty. */
  blocks: { section: string; stories: S[] }[];
  /** What else there is, newest first, the earlier members of a series among it. */
  rest: S[];
};

/** How many stories follow the lead on the first screen. */
export const TOP = 4;
/** How many stories a section's block has at most. */
export const IN_BLOCK = 4;
// Lead and top come from so many of the newest stories.
const CANDIDATES = 12;
// What leads is among so many of them: an older story doesn't, whatever its picture.
const LEADING = 5;
const MAX_REST = 18;

// Each place further down the list costs as much as a summary is worth; a picture is worth several places.
const AGE_WEIGHT = 1;
const SUMMARY_WEIGHT = 1;
const PICTURE_WEIGHT = 4;
const SECTIONS_WEIGHT = 1;

/**
 * Composes the front page.
 * @param newest of the whole site, newest first
 * @param sections by id, in the order of the page
 * @param windows of sections: their newest stories, newest first, where the site's newest have none of them
 */
export function compose<S extends Story>(
  newest: readonly S[],
  sections: readonly string[],
  windows: ReadonlyMap<string, readonly S[]> = new Map(),
): FrontPage<S> {
  const all = once([...newest, ...[...windows.values()].flat()]).toSorted(newestFirst);
  const { routine, repeated } = seriesAmong(all);
  const shown = all.filter(({ id }) => !repeated.has(id));
  const candidates = shown.filter(({ id }) => !routine.has(id)).slice(0, CANDIDATES);
  const leading = byWeight(candidates.slice(0, LEADING));
  const lead = leading.find(({ image }) => image !== undefined) ?? leading[0];
  const others = byWeight(candidates).filter((story) => story !== lead);
  const top = arranged(others, TOP, sectionOf, lead && sectionOf(lead));
  const placed = new Set([...(lead === undefined ? [] : [lead]), ...top]);
  const blocks = sections.flatMap((section) => {
    const stories = shown
      .filter((story) => !placed.has(story) && story.sections.some(({ id }) => id === section))
      .slice(0, IN_BLOCK);
    for (const story of stories) placed.add(story);
    return stories.length === 0 ? [] : [{ section, stories: pictureFirst(stories) }];
  });
  const rest = all.filter((story) => !placed.has(story)).slice(0, MAX_REST);
  return { lead, top, blocks, rest };
}

/** How many stories a block has at most that stands beside another one. */
const IN_HALF = 2;

/**
 * The blocks that share a row of a wide page with the one before or behind: each would leave much of the row empty.
 * @returns the sections of pairs of short blocks that follow each other
 */
export function halves(blocks: readonly { section: string; stories: readonly unknown[] }[]): Set<string> {
  const found = new Set<string>();
  let before: string | undefined;
  for (const { section, stories } of blocks) {
    const isShort = stories.length <= IN_HALF;
    if (isShort && before !== undefined) found.add(before).add(section);
    before = isShort && !found.has(section) ? section : undefined;
  }
  return found;
}

/** The section under which a story stands. */
export function sectionOf({ sections }: Pick<Story, "sections">): string | undefined {
  return sections[0]?.id;
}

/** Each story once: the site's window and a section's may both have it. */
function once<S extends Story>(stories: readonly S[]): S[] {
  return [...new Map(stories.toReversed().map((story) => [story.id, story])).values()];
}

/** The heaviest first. A story's weight is its place among the newest, and what it has to show. */
function byWeight<S extends Story>(stories: readonly S[]): S[] {
  return stories
    .map((story, place) => ({ story, weight: weightOf(story) - place * AGE_WEIGHT }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ story }) => story);
}

function weightOf({ image, summary, sections }: Story): number {
  return (
    (image === undefined ? 0 : PICTURE_WEIGHT) +
    (summary === undefined ? 0 : SUMMARY_WEIGHT) +
    (sections.length > 1 ? SECTIONS_WEIGHT : 0)
  );
}

/** A block begins with a picture where one of its stories has one. */
function pictureFirst<S extends Story>(stories: S[]): S[] {
  const first = stories.find(({ image }) => image !== undefined);
  return first === undefined ? stories : [first, ...stories.filter((story) => story !== first)];
}
