/** The front matter of a Markdown document: YAML between two lines of three hyphens. Pure. */
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import { excerptOf, type Issue } from "./issue.ts";
import { linesOf } from "./paragraphs.ts";
import { isMembers, type Keys, MAX_REPORTED, type Members } from "./reading.ts";

// A few dozen fields; YAML of any length may hold what takes long to read.
const MAX_LENGTH = 20_000;
const MAX_ALIASES = 20;

export type FrontMatter = {
  members: Members;
  /** The line of the document on which a value stands, or the nearest one above it that has a line. */
  lineOf: (keys: Keys) => number;
  /** What follows the front matter, and the number of its first line. */
  body: string;
  bodyLine: number;
};

/**
 * Reads YAML 1.2 (core schema: no tags of its own, and times stay texts). A key that stands twice is an error.
 * @returns the front matter, or every error with its line
 */
export function readFrontMatter(text: string): FrontMatter | { issues: Issue[] } {
  const lines = linesOf(text);
  const end = lines.findIndex((line, index) => index > 0 && /^(---|\.\.\.)[ \t]*$/.test(line));
  if (!/^---[ \t]*$/.test(lines[0] ?? "")) return { issues: [refusal("missing-front-matter", 1)] };
  if (end < 0) return { issues: [refusal("unclosed-front-matter", 1)] };
  const source = lines.slice(1, end).join("\n");
  if (source.length > MAX_LENGTH) return { issues: [refusal("front-matter-too-long", 1)] };
  const counter = new LineCounter();
  const read = readYaml(source, counter);
  if (read === undefined) return { issues: [refusal("not-yaml", 1)] };
  const { document, value } = read;
  const flaws = [...document.errors, ...document.warnings].slice(0, MAX_REPORTED);
  if (flaws.length > 0) {
    return {
      issues: flaws.map(({ pos, message }) => {
        const { line } = counter.linePos(pos[0]);
        return refusal("not-yaml", line + 1, `${message}.`, lines[line]);
      }),
    };
  }
  // Nothing between the lines is no field.
  if (value !== null && !isMembers(value)) return { issues: [refusal("not-fields", 2)] };
  return {
    members: value ?? {},
    lineOf: (keys) => lineIn(document, keys, counter),
    body: lines.slice(end + 1).join("\n"),
    bodyLine: end + 2,
  };
}

/** Undefined for what the library gives up on: nesting without end, aliases that multiply. */
function readYaml(
  source: string,
  lineCounter: LineCounter,
): { document: Document; value: unknown } | undefined {
  try {
    const document = parseDocument(source, {
      version: "1.2",
      schema: "core",
      uniqueKeys: true,
      prettyErrors: false,
      // A library that writes to the log of its own accord is no part of a pure function.
      logLevel: "error",
      lineCounter,
    });
    // Nesting without end is an error of the library's own, and its text is no answer.
    if (document.errors.some(({ message }) => message.includes("call stack"))) return undefined;
    const value: unknown =
      document.errors.length === 0 ? document.toJS({ maxAliasCount: MAX_ALIASES }) : null;
    return { document, value };
  } catch {
    return undefined;
  }
}

function lineIn(document: Document, keys: Keys, counter: LineCounter): number {
  for (let length = keys.length; length > 0; length--) {
    const node = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line + 1;
  }
  return 1;
}

const DETAIL = {
  "missing-front-matter":
    "The document must begin with its fields in YAML, between two lines of three hyphens.",
  "unclosed-front-matter": "The fields at the beginning must end in a line of three hyphens.",
  "front-matter-too-long": "The fields at the beginning are too long.",
  "not-yaml": "The fields at the beginning are not valid YAML.",
  "not-fields": "The YAML at the beginning must be fields with values.",
};

function refusal(reason: keyof typeof DETAIL, line: number, more = "", found = ""): Issue {
  const detail = [DETAIL[reason], more].filter(Boolean).join(" ");
  return { line, field: "document", reason, detail, found: excerptOf(found) };
}
