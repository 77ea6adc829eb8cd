/** A bar for a terminal, lines for a pipe. */
import { deepEqual, match } from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import type { Output } from "../../../src/cli/output.ts";
import { showProgress } from "../../../src/cli/progress.ts";

/** What a command would show of two steps, when its streams are terminals or not. */
function shown(
  isTerminal: { stdout: boolean; stderr: boolean },
  isQuiet = false,
): { lines: string[]; drawn: string } {
  const lines: string[] = [];
  const out: Output = { line: (text) => lines.push(text), note: () => undefined, json: () => undefined };
  const stderr = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY: isTerminal.stderr });
  const progress = showProgress(2, out, { stdout: { isTTY: isTerminal.stdout }, stderr }, isQuiet);
  progress.line("one");
  progress.reach(1);
  progress.line("two");
  progress.reach(2);
  progress.end();
  return { lines, drawn: drawnOn(stderr) };
}

function drawnOn(stream: PassThrough): string {
  let drawn = "";
  for (let piece: unknown = stream.read(); typeof piece === "string"; piece = stream.read()) drawn += piece;
  return drawn;
}

test("a person at a terminal sees a bar, and no lines", () => {
  const { lines, drawn } = shown({ stdout: true, stderr: true });
  deepEqual(lines, []);
  match(drawn, /0%/);
});

test("a pipe gets lines, and no bar", () => {
  deepEqual(shown({ stdout: false, stderr: false }), { lines: ["one", "two"], drawn: "" });
});

test("with the lines in a file a person at a terminal sees the bar", () => {
  const { lines, drawn } = shown({ stdout: false, stderr: true });
  deepEqual(lines, ["one", "two"]);
  match(drawn, /0%/);
});

test("with errors in a file a person at a terminal sees the lines", () => {
  deepEqual(shown({ stdout: true, stderr: false }), { lines: ["one", "two"], drawn: "" });
});

test("standard output is left to JSON", () => {
  deepEqual(shown({ stdout: false, stderr: false }, true), { lines: [], drawn: "" });
});
