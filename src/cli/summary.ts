/** What was done and what was not, for people and for programs. Pure. */
import { issueText } from "./answers.ts";
import type { Refusal, Result } from "./task.ts";

type Kind = Result["outcome"]["result"];

/** The line that a pipe gets of each document: `created  harbour-bridge  (harbour-bridge.txt)`. */
export function lineOf({ name, outcome }: Result): string {
  switch (outcome.result) {
    case "withdrawn-before":
      return `withdrawn  ${name}  withdrawn earlier, and left so`;
    case "refused":
    case "unanswered":
      return `${outcome.result}  ${name}  ${outcome.reasons.join(" ")}`;
    case "unsent":
      return `not sent  ${name}`;
    case "created":
    case "revised":
    case "unchanged":
    case "withdrawn":
    case "reinstated": {
      const { id } = outcome.upload.article;
      return `${outcome.result}  ${id}${id === name ? "" : `  (${name})`}`;
    }
  }
}

/** Documents that were refused before anything was sent, as results. */
export function refusedResults(refusals: readonly Refusal[]): Result[] {
  return refusals.map(({ name, reasons }) => ({ name, outcome: { result: "refused", reasons } }));
}

/** Whether everything that was asked for was done. */
export function isComplete(results: readonly Result[]): boolean {
  return !results.some(({ outcome }) => INCOMPLETE.has(outcome.result));
}

const INCOMPLETE = new Set<Kind>(["refused", "unanswered", "unsent"]);

/** How many there are of each kind. */
export function countsOf(results: readonly Result[]): Record<Kind, number> {
  const counts: Record<Kind, number> = {
    created: 0,
    revised: 0,
    unchanged: 0,
    withdrawn: 0,
    reinstated: 0,
    "withdrawn-before": 0,
    refused: 0,
    unanswered: 0,
    unsent: 0,
  };
  for (const { outcome } of results) counts[outcome.result] += 1;
  return counts;
}

// In this order.
const WORDS: [Kind, string][] = [
  ["created", "created"],
  ["revised", "revised"],
  ["unchanged", "unchanged"],
  ["withdrawn", "withdrawn"],
  ["reinstated", "reinstated"],
  ["withdrawn-before", "withdrawn before and left so"],
  ["refused", "refused"],
  ["unanswered", "without an answer"],
  ["unsent", "not sent"],
];

/** The lines of the summary: the counts, then each refusal with every reason, what was not sent, and each warning. */
export function summaryOf(results: readonly Result[]): string[] {
  const counts = countsOf(results);
  const said = WORDS.filter(([kind]) => counts[kind] > 0);
  return [
    said.length === 0 ? "nothing to do" : said.map(([kind, word]) => `${counts[kind]} ${word}`).join(", "),
    ...results.flatMap(failuresOf),
    ...unsentOf(results),
    ...results.flatMap(warningsOf),
  ];
}

// Sent again with all the others the next time: nobody needs a long list of them.
const MAX_UNSENT_NAMED = 20;

function unsentOf(results: readonly Result[]): string[] {
  const names = results.flatMap(({ name, outcome }) => (outcome.result === "unsent" ? [name] : []));
  const more = names.length - MAX_UNSENT_NAMED;
  return [
    ...names.slice(0, MAX_UNSENT_NAMED).map((name) => `${name}: not sent`),
    ...(more > 0 ? [`and ${more} more not sent`] : []),
  ];
}

/** A refusal with every reason; nothing for anything else. */
export function failuresOf({ name, outcome }: Result): string[] {
  if (outcome.result !== "refused" && outcome.result !== "unanswered") return [];
  return [
    `${name}: ${outcome.result === "refused" ? "refused" : "no answer"}`,
    ...outcome.reasons.map((reason) => `  ${reason}`),
  ];
}

/** An accepted document's warnings; nothing when it has none. */
export function warningsOf({ name, outcome }: Result): string[] {
  const warnings = "upload" in outcome ? outcome.upload.warnings : [];
  return warnings.length === 0
    ? []
    : [`${name}: accepted with a warning`, ...warnings.map((warning) => `  ${issueText(warning)}`)];
}

/** The summary for programs: counts, and each document with what became of it. */
export function summaryJson(results: readonly Result[]): unknown {
  return {
    counts: countsOf(results),
    documents: results.map(({ name, outcome }) => ({
      document: name,
      result: outcome.result,
      ...("upload" in outcome && {
        id: outcome.upload.article.id,
        url: outcome.upload.article.url,
        warnings: outcome.upload.warnings,
      }),
      ...("reasons" in outcome && { reasons: outcome.reasons }),
    })),
  };
}
