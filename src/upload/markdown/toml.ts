/** Reads TOML to fields whose values are texts. Pure. */
import { parse, TomlDate, TomlError } from "smol-toml";
import { type FieldsRead, refusal } from "./front-matter-issue.ts";
import { isMembers } from "../fields/members.ts";
import { linesOf } from "../paragraphs.ts";

// Deeper than any field nests.
const MAX_DEPTH = 20;

/** Reads TOML 1.0. Numbers, booleans and times become texts; a time keeps its offset, or has none. */
export function readToml(source: string): FieldsRead {
  const lines = linesOf(source);
  try {
    const read = parse(source, { maxDepth: MAX_DEPTH });
    // The parser's own limit doesn't count dotted keys.
    if (isDeeper(read, MAX_DEPTH)) {
      return { issues: [refusal("not-toml", 1, `Nothing may nest deeper than ${MAX_DEPTH} levels.`)] };
    }
    const value = asTexts(read);
    return { value, lineOf: ([key]) => lines.findIndex((line) => isLineOf(line, String(key))) + 1 };
  } catch (error) {
    if (!(error instanceof TomlError)) return { issues: [refusal("not-toml", 1)] };
    const { line, message } = error;
    // After the sentence the message has a drawing of the place.
    const [sentence = ""] = message.split("\n");
    return { issues: [refusal("not-toml", line + 1, `${sentence}.`, lines[line - 1])] };
  }
}

/** Whether tables and lists nest deeper than so many levels. */
function isDeeper(value: unknown, levels: number): boolean {
  if (value instanceof TomlDate || !(isMembers(value) || Array.isArray(value))) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

function asTexts(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(asTexts);
  if (isMembers(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asTexts(member)]));
  }
  return String(value);
}

/** Whether a line assigns a value to a key, or opens the table of that name. */
function isLineOf(line: string, key: string): boolean {
  const written = line
    .trimStart()
    .replace(/^\[+\s*/, "")
    .replace(/^["']/, "");
  return written.startsWith(key) && /^["']?\s*[=\].]/.test(written.slice(key.length));
}
