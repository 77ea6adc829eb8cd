/** What was taken out of an article's HTML, counted by kind, so that a hostile document gets a short answer. Pure. */
import { excerptOf, type Issue, type Place } from "./issue.ts";

// Of each reason; what a person would still read.
const MAX_KINDS = 20;

const DETAIL = {
  "removed-element": "An article can’t carry this element: it was removed with its content",
  "unwrapped-element": "An article can’t carry this element: its content stays",
  "removed-attribute": "An article can’t carry this attribute, or this value of it: it was removed",
  "removed-url": "An article can’t carry this address: it was removed",
  "image-without-alt": "Who can’t see this image learns nothing of it: it has no alt text",
};

export type Removal = keyof typeof DETAIL;

/** How often each thing was removed, by reason. */
export type Removals = Map<Removal, Map<string, number>>;

/** Counts one more. */
export function note(removals: Removals, reason: Removal, found: string): void {
  const kinds = removals.get(reason) ?? new Map<string, number>();
  removals.set(reason, kinds);
  const excerpt = excerptOf(found);
  kinds.set(excerpt, (kinds.get(excerpt) ?? 0) + 1);
}

/** One warning for each kind; of very many kinds the first, and how many more. */
export function warningsOf(removals: Removals, place: Place): Issue[] {
  return [...removals].flatMap(([reason, kinds]) => {
    const more = kinds.size - MAX_KINDS;
    return [...kinds].slice(0, MAX_KINDS).map(([found, times], index): Issue => {
      const { line, path } = place;
      const often = times > 1 ? `, ${times} times` : "";
      const others = more > 0 && index === MAX_KINDS - 1 ? `; so it is with ${more} others` : "";
      return { line, path, field: "body", reason, detail: `${DETAIL[reason]}${often}${others}.`, found };
    });
  });
}
