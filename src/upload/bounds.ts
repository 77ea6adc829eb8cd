/** Reports what a document has beyond the limits of an article, as issues. Pure. */
import type { Draft } from "../article/article.ts";
import { type Bounded, type Excess, excessesOf } from "../article/bounds.ts";
import { withExcerpt } from "../article/excerpt.ts";
import { ARTICLE_PARTS } from "../article/part.ts";
import { MAX_SHARE_BYTES, weightOf } from "../article/weight.ts";
import { excerptOf, type Issue, type IssueField, type Place } from "./issue.ts";

/** The place of a part in its document; of the n-th of its members, if `index` is given. */
type PlaceOf = (field: IssueField, index?: number) => Place;

// Most members of a record have the name of their part.
const FIELDS: ReadonlyMap<string, IssueField> = new Map([
  ...ARTICLE_PARTS.map((part): [string, IssueField] => [part, part]),
  ["shortHeadline", "headline"],
  ["html", "body"],
  ["text", "body"],
]);

/** The part of an article that a member of its record is; "document" for a member that is none. */
export function partOf(member: string | number | undefined): IssueField {
  return FIELDS.get(String(member)) ?? "document";
}

/**
 * An issue for each part that is beyond its limit, whatever the format.
 * @param content what is known of the article; the number of its sections is judged where they are named
 */
export function boundIssues(content: Bounded, placeOf: PlaceOf): Issue[] {
  return excessesOf(content)
    .filter(({ keys, unit }) => unit !== "members" || keys[0] !== "sections")
    .map((excess) => {
      const [member, index] = excess.keys;
      const field = partOf(member);
      return excessIssue(excess, placeOf(field, typeof index === "number" ? index : undefined));
    });
}

/**
 * The issue about a part that is beyond its limit.
 * @param place the place of the part in the document
 */
export function excessIssue({ keys, unit, found, max, text }: Excess, place: Place): Issue {
  const what = unit === "bytes" ? "The article is too long: its record would have" : "This has";
  return {
    ...place,
    field: partOf(keys[0]),
    reason: unit === "members" ? "too-many" : "too-long",
    detail: `${what} ${found} ${unit}, and may have ${max} at most.`,
    found: unit === "characters" ? excerptOf(text) : `${found} ${unit}`,
  };
}

// The Desk adds identity, times and state to a draft.
const LIFE_BYTES = 2000;

/** The warning about a draft that is too heavy for feeds: none, or one. */
export function weightWarnings(draft: Draft, place: Place): Issue[] {
  const weight = weightOf(withExcerpt(draft)) + LIFE_BYTES;
  if (weight <= MAX_SHARE_BYTES) return [];
  return [
    {
      ...place,
      field: "body",
      reason: "too-heavy-for-feeds",
      detail: `Feeds show no article of more than ${MAX_SHARE_BYTES} bytes: this one appears only on its page and in the archive.`,
      found: `${weight} bytes`,
    },
  ];
}
