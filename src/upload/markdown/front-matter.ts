/**
 * Reads the front matter of a Markdown document: YAML between lines of three hyphens, or TOML between lines of three
 * pluses. Pure.
 */
import { type FieldsRead, refusal } from "./front-matter-issue.ts";
import type { Issue } from "../issue.ts";
import { isMembers, type Keys, type Members } from "../fields/members.ts";
import { linesOf } from "../paragraphs.ts";
import { readToml } from "./toml.ts";
import { readYaml } from "./yaml.ts";

// Enough for a few dozen fields. Longer YAML may hold what takes long to read.
const MAX_LENGTH = 20_000;

export type FrontMatter = {
  /** Every value is a text as it is written, a list or an object; empty values and nulls are left out. */
  members: Members;
  /** The line of the document on which a value stands, or the nearest line above that is known. */
  lineOf: (keys: Keys) => number;
  /** The text after the front matter, and the number of its first line. */
  body: string;
  bodyLine: number;
};

type Fence = { start: RegExp; end: RegExp; read: (source: string) => FieldsRead };

const FENCES: readonly Fence[] = [
  { start: /^---[ \t]*$/, end: /^(---|\.\.\.)[ \t]*$/, read: readYaml },
  { start: /^\+\+\+[ \t]*$/, end: /^\+\+\+[ \t]*$/, read: readToml },
];

/**
 * Reads the fields at the beginning of a document.
 * @returns the front matter, or every error with its line
 */
export function readFrontMatter(text: string): FrontMatter | { issues: Issue[] } {
  const lines = linesOf(text);
  const fence = FENCES.find(({ start }) => start.test(lines[0] ?? ""));
  if (fence === undefined) return { issues: [refusal("missing-front-matter", 1)] };
  const end = lines.findIndex((line, index) => index > 0 && fence.end.test(line));
  if (end < 0) return { issues: [refusal("unclosed-front-matter", 1)] };
  const source = lines.slice(1, end).join("\n");
  if (source.length > MAX_LENGTH)
    return {
      issues: [refusal("front-matter-too-long", 1, `They may have at most ${MAX_LENGTH} characters.`)],
    };
  const read = fence.read(source);
  if ("issues" in read) return read;
  const members = withoutEmpty(read.value) ?? {};
  if (!isMembers(members)) return { issues: [refusal("not-fields", 2)] };
  return {
    members: withTaxonomies(members),
    lineOf: (keys) => read.lineOf(keys) + 1,
    body: lines.slice(end + 1).join("\n"),
    bodyLine: end + 2,
  };
}

const NULLS = new Set(["", "~", "null", "Null", "NULL"]);

/** Removes members and elements that say nothing from a value; undefined where nothing remains. */
function withoutEmpty(value: unknown): unknown {
  if (value === null || (typeof value === "string" && NULLS.has(value.trim()))) return undefined;
  if (Array.isArray(value)) return value.map(withoutEmpty).filter((member) => member !== undefined);
  if (!isMembers(value)) return value;
  const members = Object.entries(value).map(([key, member]): [string, unknown] => [
    key,
    withoutEmpty(member),
  ]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

/** Zola keeps tags and categories under `taxonomies`. */
function withTaxonomies(members: Members): Members {
  const { taxonomies, ...rest } = members;
  return isMembers(taxonomies) ? { ...taxonomies, ...rest } : members;
}
