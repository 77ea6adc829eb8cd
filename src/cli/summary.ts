/** The report of a run, for people and for programs: what was done and what was not. Pure. */
import { issueText } from "./transport/responses.ts";
import { countsOf, countsText, draftReason } from "./counts.ts";
import type { FileWarnings } from "./files/plan.ts";
import { KEPT_AS_DRAFT } from "../upload/fields/visibility.ts";
import { type Result } from "./transport/task.ts";

/** @returns the line about a document that goes to a pipe: `created  harbour-bridge  (harbour-bridge.txt)` */
export function lineOf({ name, outcome }: Result): string {
  switch (outcome.kind) {
    case "uploaded":
      return `uploaded  ${outcome.picture.media.id}  (${name})`;
    case "kept-already":
      return `kept already  ${outcome.picture.media.id}  (${name})`;
    case "withdrawn-before":
      return `withdrawn earlier  ${name}`;
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

/** Whether everything that the user asked for was done. */
export function isComplete(results: readonly Result[]): boolean {
  return !results.some(({ outcome }) => INCOMPLETE.has(outcome.kind));
}

const INCOMPLETE = new Set<Result["outcome"]["kind"]>(["refused", "unanswered", "unsent"]);

/**
 * The summary for people.
 * @returns lines: the counts, then each refusal with every reason, what was not sent, what was left out, each draft,
 *   and each warning
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

// The next run sends them with all the others: nobody needs a long list.
const MAX_UNSENT_NAMED = 20;

function unsentLines(results: readonly Result[]): string[] {
  const names = results.flatMap(({ name, outcome }) => (outcome.kind === "unsent" ? [name] : []));
  const more = names.length - MAX_UNSENT_NAMED;
  return [
    ...names.slice(0, MAX_UNSENT_NAMED).map((name) => `${name}: not sent`),
    ...(more > 0 ? [`and ${more} more not sent`] : []),
  ];
}

/** @returns a refusal with every reason and every warning; no line for any other outcome */
export function failureLines(result: Result): string[] {
  const { name, outcome } = result;
  if (outcome.kind !== "refused" && outcome.kind !== "unanswered") return [];
  return [
    `${name}: ${outcome.kind === "refused" ? "refused" : "no answer"}`,
    ...outcome.reasons.map((reason) => `  ${reason}`),
    ...warningLines(result).map((line) => `  Warning: ${line.trimStart()}`),
  ];
}

/** @returns a line for a document that was left out, with the reason; none for any other outcome */
export function leftOutLine({ name, outcome }: Result): string[] {
  return outcome.kind === "left-out" ? [`${name}: left out. ${outcome.reasons.join(" ")}`] : [];
}

function leftOutLines(results: readonly Result[]): string[] {
  const lines = results.flatMap(leftOutLine);
  return lines.length === 0 ? [] : [...lines, LEFT_OUT_STAYS];
}

const LEFT_OUT_STAYS =
  "Leaving a document out changes nothing on the site: an article made from it earlier stays until you withdraw it.";

/** @returns a line for a draft, with the reason; none for any other document */
function draftLines(result: Result): string[] {
  const reason = draftReason(result);
  return reason === undefined ? [] : [`${result.name}: kept as a draft. ${reason}`];
}

/** @returns the warnings of an accepted document; no line when it has none */
function acceptedWithWarnings(result: Result): string[] {
  const isAccepted = "upload" in result.outcome || "picture" in result.outcome;
  const lines = isAccepted ? warningLines(result) : [];
  return lines.length === 0 ? [] : [`${result.name}: accepted with ${warningsWord(lines)}`, ...lines];
}

/** @returns a line for each warning, except the one that is a draft's reason: the draft's line has it already */
export function warningLines({ warnings }: Result): string[] {
  return warnings
    .filter(({ reason }) => reason !== KEPT_AS_DRAFT)
    .map((warning) => `  ${issueText(warning)}`);
}

/** @returns the warnings about a file as a whole */
export function fileWarningLines({ file, warnings }: FileWarnings): string[] {
  return [
    `${file}: read with ${warningsWord(warnings)}`,
    ...warnings.map((warning) => `  ${issueText(warning)}`),
  ];
}

function warningsWord({ length }: readonly unknown[]): string {
  return length === 1 ? "a warning" : "warnings";
}

/** The summary for programs: counts, each document with its outcome, and the warnings about files. */
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
      ...("picture" in outcome && { media: outcome.picture.media, proposed: outcome.picture.proposed }),
      ...("reasons" in outcome && { reasons: outcome.reasons }),
      warnings,
    })),
    files: fileWarnings,
  };
}
