/** An import: NDJSON in, NDJSON out, line by line. Memory never holds more than a batch of lines. */
import type { Site } from "../../article/site.ts";
import type { Imported, ImportItem } from "../../desk/commands/import-item.ts";
import { among, requireType } from "../../http/content-type.ts";
import { type Line, linesOf, streamOf } from "../../http/ndjson.ts";
import { type Problem, problemDocument } from "../../http/problems.ts";
import type { Issue } from "../../upload/issue.ts";
import { MissingPermissionRefusal } from "../access.ts";
import { problemOf } from "../desk-refusals.ts";
import type { Call } from "../operations/operation.ts";
import { readLine } from "./import-line.ts";
import { isUnreadable } from "./uploads.ts";

/** The media types of NDJSON. */
export const NDJSON_TYPES = ["application/x-ndjson", "application/ndjson", "application/jsonl"] as const;

/** The limit of a line. The longest line of an export has a body of a mebibyte twice, and JSON doubles every quotation mark. */
export const MAX_LINE_BYTES = 8 * 1024 * 1024;
// The limits of a batch. At the Desk an editor's change goes before it; the Worker reads on meanwhile.
const MAX_BATCH_LINES = 40;
const MAX_BATCH_BYTES = 2 * 1024 * 1024;
// The isolate serves other requests meanwhile: it reads so much before it looks for them.
const LINES_AT_A_TIME = 10;
const BYTES_AT_A_TIME = 64 * 1024;
// Answers that wait for a client which sends everything before it reads: 100,000 short ones.
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

type Answer = { line: number; warnings?: Issue[] } & (
  | { change: string; id: string; revision?: number | undefined; resembles?: string | undefined }
  | { problem: Problem }
);
type Taken = { line: number; warnings: Issue[]; item: ImportItem };

/**
 * Imports the lines of a request, and answers each with a line of its own. A line that needs a right which the sender lacks is refused.
 * @throws Refusal "unsupported-media-type"
 */
export async function importLines(site: Site, call: Call): Promise<Response> {
  requireType(call.request, among(NDJSON_TYPES), NDJSON_TYPES);
  await call.desk.open();
  return new Response(streamOf(linesOut(site, call), MAX_WAITING_BYTES), {
    headers: { "Content-Type": "application/x-ndjson; charset=utf-8" },
  });
}

/** The answers as text, with a summary at the end. */
async function* linesOut(site: Site, call: Call): AsyncGenerator<string, void, undefined> {
  const summary: Record<string, number> = { lines: 0, refused: 0 };
  for await (const answers of answersTo(site, call)) {
    for (const answer of answers) {
      const kind = "problem" in answer ? "refused" : answer.change;
      summary["lines"] = (summary["lines"] ?? 0) + 1;
      summary[kind] = (summary[kind] ?? 0) + 1;
    }
    if (answers.length > 0) yield answers.map((answer) => `${JSON.stringify(answer)}\n`).join("");
  }
  yield `${JSON.stringify({ summary })}\n`;
}

/** The answers, a batch at a time. */
async function* answersTo(site: Site, call: Call): AsyncGenerator<Answer[], void, undefined> {
  const { body } = call.request;
  if (body === null) return;
  let batch: (Taken | Answer)[] = [];
  let bytes = 0;
  let bytesAtOnce = 0;
  let open: Taken | undefined;
  for await (const line of linesOf(body, MAX_LINE_BYTES)) {
    const next = read(site, call, line);
    if (open !== undefined) batch.push(decided(open, isPastBefore(open, next)));
    open = "item" in next && isUndecided(next.item) ? next : undefined;
    if (open === undefined) batch.push(next);
    bytes += line.bytes?.byteLength ?? 0;
    bytesAtOnce += line.bytes?.byteLength ?? 0;
    if (batch.length % LINES_AT_A_TIME === 0 || bytesAtOnce >= BYTES_AT_A_TIME) {
      await scheduler.wait(0);
      bytesAtOnce = 0;
    }
    if (batch.length < MAX_BATCH_LINES && bytes < MAX_BATCH_BYTES) continue;
    yield await commit(site, call, batch);
    batch = [];
    bytes = 0;
  }
  if (open !== undefined) batch.push(decided(open, false));
  yield await commit(site, call, batch);
}

/** Reads a line; one that can't be taken has its answer at once. */
function read(site: Site, { actor, note }: Call, { number: line, bytes }: Line): Taken | Answer {
  if (bytes === undefined) {
    return { line, problem: problemDocument(site.url, "too-large", { members: { max: MAX_LINE_BYTES } }) };
  }
  const asked = readLine(bytes, site, actor.rights.includes("admin"));
  if ("isOfCopy" in asked) {
    const refusal = new MissingPermissionRefusal({ right: "admin" }, "import");
    note(refusal);
    return { line, problem: problemDocument(site.url, refusal.code, refusal.evidence) };
  }
  if ("max" in asked) {
    return { line, problem: problemDocument(site.url, "too-large", { members: { max: asked.max } }) };
  }
  if (!asked.ok) {
    const { issues, warnings } = asked;
    const code = isUnreadable(issues) ? "unreadable-document" : "invalid-document";
    return { line, problem: problemDocument(site.url, code, { issues, warnings }) };
  }
  const { item, warnings } = asked;
  if (item.kind === "end") return { line, change: "unchanged", id: "" };
  return { line, warnings, item };
}

/** Has the Desk take a batch, and answers each of its lines. */
async function commit(
  { url }: Site,
  { actor, desk }: Call,
  batch: readonly (Taken | Answer)[],
): Promise<Answer[]> {
  const items = batch.flatMap((entry) => ("item" in entry ? [entry.item] : []));
  const writeRequest = { actor, preconditions: {}, isDryRun: false };
  const imported = items.length === 0 ? [] : await desk.import(items, writeRequest);
  let next = 0;
  return batch.map((entry) => ("item" in entry ? answerTo(url, entry, imported[next++]) : entry));
}

function answerTo(siteUrl: string, { line, warnings }: Taken, outcome: Imported | undefined): Answer {
  const noted = warnings.length > 0 ? { warnings } : {};
  if (outcome?.ok) {
    const { change, id, revision, resembles } = outcome;
    return { line, change, id, revision, resembles, ...noted };
  }
  if (outcome === undefined || outcome.reason === "internal-error") {
    return { line, problem: problemDocument(siteUrl, "internal-error") };
  }
  const { code, evidence } = problemOf(outcome);
  return { line, problem: problemDocument(siteUrl, code, evidence), ...noted };
}

/** Whether a copied revision leaves open whether another one follows. No release wrote such a line. */
function isUndecided(item: ImportItem): boolean {
  return item.kind === "revision" && item.copied.isPast === undefined;
}

/** Whether the line after a copied revision brings the next revision of that article, or may have been meant to. */
function isPastBefore({ item }: Taken, next: Taken | Answer): boolean {
  if (!("item" in next)) return "problem" in next;
  if (item.kind !== "revision" || next.item.kind !== "revision") return false;
  return next.item.copied.article.id === item.copied.article.id;
}

function decided(taken: Taken, isPast: boolean): Taken {
  if (taken.item.kind !== "revision") return taken;
  return { ...taken, item: { kind: "revision", copied: { ...taken.item.copied, isPast } } };
}
