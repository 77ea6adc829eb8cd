/** Issues of front matter that can't be read. Pure. */
import { excerptOf, type Issue } from "../issue.ts";
import type { Keys } from "../fields/members.ts";

/** The fields, with the line of each in the source, counted from 1; or every issue. */
export type FieldsRead = { value: unknown; lineOf: (keys: Keys) => number } | { issues: Issue[] };

const DETAIL = {
  "missing-front-matter":
    "The document must begin with its fields: YAML between two lines of three hyphens, or TOML between two lines of three pluses.",
  "unclosed-front-matter":
    "The fields at the beginning must end with a line like the one with which they begin.",
  "front-matter-too-long": "The fields at the beginning are too long.",
  "not-yaml": "The fields at the beginning are not valid YAML.",
  "not-toml": "The fields at the beginning are not valid TOML.",
  "not-fields": "The document must begin with fields that have values.",
};

/** @param line of the document */
export function refusal(reason: keyof typeof DETAIL, line: number, more = "", found = ""): Issue {
  const detail = [DETAIL[reason], more].filter(Boolean).join(" ");
  return { line, field: "document", reason, detail, found: excerptOf(found) };
}
