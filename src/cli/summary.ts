/** The end of a run, for people and for programs: what was done and what was not. Pure. */
import { issueText } from "./transport/responses.ts";
import { countsOf, countsText, draftReason } from "./counts.ts";
import type { FileWarnings } from "./files/plan.ts";
import { KEPT_AS_DRAFT } from "../upload/fields/visibility.ts";
import { type Result } from "./transport/task.ts";

/** The line that a pipe gets of each document: `created  harbour-bridge  (harbour-bridge.txt)`. */
export function lineOf({ name, outcome }: Result): string {
  switch (outcome.kind) {
    case "withdrawn-before":
      return `withdrawn  ${name}  withdrawn earlier, and left so`;
    case "refused":
    case "unanswered":
      return `${outcome.kind}  ${name}  ${outcome.reasons.join(" ")}`;
    case "left-out":
      return `left out  ${name}  ${outcome.reasons.join(" ")}`;
    case "unsent":
      return `not sent  ${name}`;
    case "created":
    case "revised":
    case "unchanged":
    case "withdrawn":
    case "reinstated": {
      const { id } = outcome.upload.article;
      return `${outcome.kind}  ${id}${id === name ? "" : `  (${name})`}`;
    }
  }
}

/** Whether everything that was asked for was done. */
export function isComplete(results: readonly Result[]): boolean {
  return !results.some(({ outcome }) => INCOMPLETE.has(outcome.kind));
}

const INCOMPLETE = new Set<Result["outcome"]["kind"]>(["refused", "unanswered", "unsent"]);

/**
 * The lines of the summary: the counts, then each refusal with every reason, what was not sent, what was left out, each
 * draft, and each warning.
 */
export function summaryOf(results: readonly Result[], fileWarnings: readonly FileWarnings[] = []): string[] {
  return [
    countsText(results),
    ...results.flatMap(failureLines),
    ...unsentLines(results),
    ...leftOutLines(results),
    ...results.flatMap(draftLines),
    ...results.flatMap(acceptedWithWarnings),
    ...fileWarnings.flatMap(fileWarningLines),
  ];
}

// Sent again with all the others the next time: nobody needs a long list of them.
const MAX_UNSENT_NAMED = 20;

function unsentLines(results: readonly Result[]): string[] {
  const names = results.flatMap(({ name, outcome }) => (outcome.kind === "unsent" ? [name] : []));
  const more = names.length - MAX_UNSENT_NAMED;
  return [
    ...names.slice(0, MAX_UNSENT_NAMED).map((name) => `${name}: not sent`),
    ...(more > 0 ? [`and ${more} more not sent`] : []),
  ];
}

/** A refusal with every reason and every warning; nothing for anything else. */
export function failureLines(result: Result): string[] {
  const { name, outcome } = result;
  if (outcome.kind !== "refused" && outcome.kind !== "unanswered") return [];
  return [
    `${name}: ${outcome.kind === "refused" ? "refused" : "no answer"}`,
    ...outcome.reasons.map((reason) => `  ${reason}`),
    ...warningLines(result).map((line) => `${line} (a warning)`),
  ];
}

/** A document that was left out, and why; nothing for anything else. */
export function leftOutLine({ name, outcome }: Result): string[] {
  return outcome.kind === "left-out" ? [`${name}: left out. ${outcome.reasons.join(" ")}`] : [];
}

function leftOutLines(results: readonly Result[]): string[] {
  const lines = results.flatMap(leftOutLine);
  return lines.length === 0 ? [] : [...lines, LEFT_OUT_STAYS];
}

const LEFT_OUT_STAYS =
  "What was left out changes nothing here: an article that came from it earlier stays as it is, until it is withdrawn.";

/** A document that no reader sees, and why; nothing for anything else. */
function draftLines(result: Result): string[] {
  const reason = draftReason(result);
  return reason === undefined ? [] : [`${result.name}: kept as a draft. ${reason}`];
}

/** An accepted document's warnings; nothing when it has none. */
function acceptedWithWarnings(result: Result): string[] {
  const lines = "upload" in result.outcome ? warningLines(result) : [];
  return lines.length === 0 ? [] : [`${result.name}: accepted with a warning`, ...lines];
}

/** A line for each warning, but for the one by which a draft is told already. */
export function warningLines({ warnings }: Result): string[] {
  return warnings
    .filter(({ reason }) => reason !== KEPT_AS_DRAFT)
    .map((warning) => `  ${issueText(warning)}`);
}

/** What was noticed about a file as a whole. */
export function fileWarningLines({ file, warnings }: FileWarnings): string[] {
  return [`${file}: read with a warning`, ...warnings.map((warning) => `  ${issueText(warning)}`)];
}

/** The summary for programs: counts, each document with what became of it, and what was noticed about files. */
export function summaryJson(results: readonly Result[], fileWarnings: readonly FileWarnings[] = []): unknown {
  return {
    counts: countsOf(results),
    documents: results.map(({ name, outcome, warnings }) => ({
      document: name,
      result: outcome.kind,
      ...("upload" in outcome && {
        id: outcome.upload.article.id,
        url: outcome.upload.article.url,
        status: outcome.upload.article.status,
      }),
      ...("reasons" in outcome && { reasons: outcome.reasons }),
      warnings,
    })),
    files: fileWarnings,
  };
}
