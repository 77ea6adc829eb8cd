/** One request of an import: sends some lines, and reads the result of each. */
import * as v from "valibot";
import { parseJson, Problem, readSiteResponse, reasonsOf } from "./responses.ts";
import type { Interruption } from "./interruption.ts";
import type { Line } from "../files/lines.ts";
import { IncompleteResponse, send } from "./request.ts";
import type { Site } from "./site.ts";

const Change = v.object({ line: v.number(), change: v.string(), id: v.optional(v.string()) });
const Refused = v.object({ line: v.number(), problem: Problem });
const Summary = v.object({ summary: v.looseObject({}) });

/** The result of a line of the file, by its number, from 1. */
export type LineResult =
  | { line: number; change: string; id?: string | undefined }
  | { line: number; reasons: string[] };

export type BatchResult = { ok: true; lines: LineResult[] } | { ok: false; reasons: string[] };

/**
 * Imports some lines. A response without its summary was cut off: the lines are sent again, which changes nothing that
 * was done before.
 * @returns the result of each line, by its number in the file; or why the site refused the request as a whole
 * @throws Unanswered, Interrupted
 */
export async function importBatch(
  batch: readonly Line[],
  site: Site,
  interruption: Interruption,
): Promise<BatchResult> {
  const body = Buffer.concat(batch.flatMap(({ bytes }) => [bytes, LINE_END]));
  return send(
    site,
    {
      method: "POST",
      path: "/api/import",
      headers: { "Content-Type": "application/x-ndjson" },
      body,
      isIdempotent: true,
    },
    interruption,
    async (response) => {
      if (response.ok) return { ok: true, lines: readLines(await response.text(), batch) };
      return { ok: false, reasons: reasonsOf(await readSiteResponse(response)) };
    },
  );
}

const LINE_END = Buffer.from("\n");

function readLines(text: string, batch: readonly Line[]): LineResult[] {
  const responseLines = text.split("\n").filter((line) => line.trim() !== "");
  if (!v.is(Summary, parseJson(responseLines.pop() ?? ""))) {
    throw new IncompleteResponse("the answer to an import was cut off");
  }
  const results = responseLines.map((line) => lineResult(parseJson(line), batch));
  const mentioned = new Set(results.map(({ line }) => line));
  const unmentioned = batch.filter(({ number }) => !mentioned.has(number));
  return [...results, ...unmentioned.map(({ number }) => ({ line: number, reasons: [UNMENTIONED] }))];
}

const UNMENTIONED = "The site has said nothing of this line.";

function lineResult(value: unknown, batch: readonly Line[]): LineResult {
  const change = v.safeParse(Change, value);
  if (change.success) return { ...change.output, line: numberOf(change.output.line, batch) };
  const refused = v.safeParse(Refused, value);
  if (!refused.success) throw new IncompleteResponse("the answer to an import can't be read");
  const { line, problem } = refused.output;
  return { line: numberOf(line, batch), reasons: reasonsOf({ status: problem.status ?? 0, body: problem }) };
}

/** The number in the file of a line of the request: the site counts within the request, a person within the file. */
function numberOf(line: number, batch: readonly Line[]): number {
  const number = batch[line - 1]?.number;
  if (number === undefined)
    throw new IncompleteResponse("the answer to an import names a line that was not sent");
  return number;
}
