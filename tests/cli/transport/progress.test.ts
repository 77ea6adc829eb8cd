/** The progress of a command: a bar at a terminal, lines in a pipe. */
import { deepEqual, match } from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import type { Output } from "../../../src/cli/output.ts";
import { showProgress } from "../../../src/cli/progress.ts";

/** The output of a command of two steps, by which of its streams are terminals. */
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

test("at a terminal there is a bar and no lines", () => {
  const { lines, drawn } = shown({ stdout: true, stderr: true });
  deepEqual(lines, []);
  match(drawn, /0%/);
});

test("in a pipe there are lines and no bar", () => {
  deepEqual(shown({ stdout: false, stderr: false }), { lines: ["one", "two"], drawn: "" });
});

test("with stdout in a file the terminal has the bar", () => {
  const { lines, drawn } = shown({ stdout: false, stderr: true });
  deepEqual(lines, ["one", "two"]);
  match(drawn, /0%/);
});

test("with stderr in a file the terminal has the lines", () => {
  deepEqual(shown({ stdout: true, stderr: false }), { lines: ["one", "two"], drawn: "" });
});

test("with JSON on standard output there are no lines", () => {
  deepEqual(shown({ stdout: false, stderr: false }, true), { lines: [], drawn: "" });
});
