/** Remarks on an article's HTML, counted by kind, so that a hostile document gets a short response. Pure. */
import { excerptOf, type Issue, type Place } from "../issue.ts";

// The most kinds for each reason: as many as a person still reads.
const MAX_KINDS = 20;

const DETAIL = {
  "removed-element": "An article can’t carry this element: it was removed with its content",
  "concealed-element": "The page hid this element from its readers: it was removed with its content",
  "unwrapped-element": "An article can’t carry this element: its content stays",
  "removed-attribute": "An article can’t carry this attribute, or this value of it: it was removed",
  "removed-url": "An article can’t carry this address: it was removed",
  "removed-placeholder":
    "This picture is a placeholder for another, whose address is missing: it was removed",
  "repeated-picture": "This picture repeats the one beside it for readers without scripts: it was removed",
  "replaced-frame": "An article can’t carry this frame: a link or its other content replaces it",
  "replaced-player":
    "This player has no film or sound with a usable address: a link, its picture or its other content replaces it",
  "relative-address":
    "This address is relative, and the document doesn’t say where it starts: it was resolved against the site’s address",
  "raised-to-https": "A page may load this by https only: its address was changed from http",
  "image-without-alt": "This image has no alt text: readers who can’t see it learn nothing about it",
};

export type Remark = keyof typeof DETAIL;

/** How often each thing was found, by reason. */
export type Remarks = Map<Remark, Map<string, number>>;

/** Counts a remark. */
export function note(remarks: Remarks, reason: Remark, found: string): void {
  const kinds = remarks.get(reason) ?? new Map<string, number>();
  remarks.set(reason, kinds);
  const excerpt = excerptOf(found);
  kinds.set(excerpt, (kinds.get(excerpt) ?? 0) + 1);
}

/** One warning for each kind. Of very many kinds the first get one, and the last of these counts the rest. */
export function warningsOf(remarks: Remarks, place: Place): Issue[] {
  return [...remarks].flatMap(([reason, kinds]) => {
    const more = kinds.size - MAX_KINDS;
    return [...kinds].slice(0, MAX_KINDS).map(([found, times], index): Issue => {
      const { line, path } = place;
      const often = times > 1 ? `, ${times} times` : "";
      const others = more > 0 && index === MAX_KINDS - 1 ? `; the same holds for ${more} others` : "";
      return { line, path, field: "body", reason, detail: `${DETAIL[reason]}${often}${others}.`, found };
    });
  });
}
