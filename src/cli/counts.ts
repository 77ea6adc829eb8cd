/** Counts of the documents by outcome, as numbers and as text. Pure. */
import { issueText } from "./transport/responses.ts";
import { KEPT_AS_DRAFT } from "../upload/fields/visibility.ts";
import { type Result } from "./transport/task.ts";

type Kind = Result["outcome"]["kind"];

/** The number of documents of each kind, and the number of drafts among all of them. */
export type Counts = Record<Kind | "drafts", number>;

/** Counts documents by the kind of their outcome. */
export function countsOf(results: readonly Result[]): Counts {
  const counts: Counts = {
    created: 0,
    revised: 0,
    unchanged: 0,
    withdrawn: 0,
    reinstated: 0,
    uploaded: 0,
    "kept-already": 0,
    "withdrawn-before": 0,
    refused: 0,
    "left-out": 0,
    unanswered: 0,
    unsent: 0,
    drafts: 0,
  };
  for (const result of results) {
    counts[result.outcome.kind] += 1;
    if (isDraft(result)) counts.drafts += 1;
  }
  return counts;
}

/** Whether the site answered that the article is a draft, for whatever reason. */
function isDraft({ outcome }: Result): boolean {
  return "upload" in outcome && outcome.upload.article.status === "draft";
}

/**
 * @returns why a document became a draft, in one sentence: the document says so, the command line noticed it, or the
 *   user asked for it; undefined if it is no draft
 */
export function draftReason(result: Result): string | undefined {
  if (!isDraft(result)) return undefined;
  const reasons = result.warnings.filter(({ reason }) => reason === KEPT_AS_DRAFT);
  return reasons.length === 0 ? "The document or --draft asks for that." : reasons.map(issueText).join(" ");
}

// In the order of the text.
const WORDS: [Kind, string][] = [
  ["created", "created"],
  ["revised", "revised"],
  ["unchanged", "unchanged"],
  ["withdrawn", "withdrawn"],
  ["reinstated", "reinstated"],
  ["uploaded", "uploaded"],
  ["kept-already", "kept already"],
  ["withdrawn-before", "withdrawn earlier"],
  ["refused", "refused"],
  ["left-out", "left out"],
  ["unanswered", "without an answer"],
  ["unsent", "not sent"],
];

/** @returns a line such as `5 created (2 drafts), 1 refused, 3 left out` */
export function countsText(results: readonly Result[]): string {
  const counts = countsOf(results);
  const parts = WORDS.filter(([kind]) => counts[kind] > 0).map(([kind, word]) => {
    const ofKind = results.filter((result) => result.outcome.kind === kind && isDraft(result)).length;
    return `${counts[kind]} ${word}${ofKind === 0 ? "" : ` (${ofKind} ${ofKind === 1 ? "draft" : "drafts"})`}`;
  });
  return parts.length === 0 ? "nothing to do" : parts.join(", ");
}
