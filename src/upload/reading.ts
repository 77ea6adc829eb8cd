/** Reads the fields of a document one by one, so that one that is wrong hides none of the others. Pure. */
import * as v from "valibot";
import { excerptOf, type Issue, type Place } from "./issue.ts";
import { RULES, ruleNamed } from "./rules.ts";

/** A JSON object: a value of unknown members. */
export type Members = Record<string, unknown>;

/** The keys from the document down to a value. */
export type Keys = readonly (string | number)[];

/** How a document tells where its values stand, and which part of an article each is. */
export type Layout = {
  placeOf: (keys: Keys) => Place;
  fieldOf: (key: string) => Issue["field"];
};

/** Whether a value is a JSON object, and so has members. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads one field: undefined when the document hasn't it, or when it is wrong. */
export type Reader = <Schema extends v.GenericSchema>(
  key: string,
  schema: Schema,
) => v.InferOutput<Schema> | undefined;

/** @param issues takes an issue for each thing that is wrong with what is read */
export function reader(members: Members, layout: Layout, issues: Issue[]): Reader {
  return (key, schema) => {
    if (!Object.hasOwn(members, key)) return undefined;
    const result = v.safeParse(schema, members[key]);
    if (result.success) return result.output;
    for (const found of result.issues.slice(0, MAX_REPORTED)) issues.push(...issuesOf(found, [key], layout));
    return undefined;
  };
}

/** Members that a schema doesn't name: nothing is made of them, and the author should know. */
export function strangers(members: Members, known: Iterable<string>, at: Keys, layout: Layout): Issue[] {
  const names = new Set(known);
  return Object.keys(members)
    .filter((key) => !names.has(key))
    .slice(0, MAX_REPORTED)
    .map((key) => {
      const { line, path } = layout.placeOf([...at, key]);
      const field = at.length === 0 ? "document" : layout.fieldOf(String(at[0]));
      const detail = "This field means nothing here: it was ignored.";
      return { line, path, field, reason: "unknown-field", detail, found: excerptOf(key) };
    });
}

/** Of one field, and of fields that nothing is known of: what a person would still read. */
export const MAX_REPORTED = 20;

function issuesOf(found: v.BaseIssue<unknown>, at: Keys, layout: Layout): Issue[] {
  const keys = [...at, ...(found.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)))];
  // Of the kinds that a union may be, the one whose members were looked at is the one that was meant.
  const inside = (found.issues ?? []).filter(({ path }) => path !== undefined);
  if (inside.length > 0) return inside.flatMap((issue) => issuesOf(issue, keys, layout));
  const rule = ruleNamed(found.message);
  const isMissing = found.kind === "schema" && found.input === undefined;
  const reason = rule ?? (isMissing ? "missing-field" : "wrong-type");
  const detail = isMissing
    ? "This field is missing."
    : `This must be ${TYPES[found.expected ?? ""] ?? "something else"}.`;
  return [
    {
      ...layout.placeOf(keys),
      field: layout.fieldOf(String(keys[0])),
      reason,
      detail: rule === undefined ? detail : RULES[rule],
      found: shown(found.input),
    },
  ];
}

const TYPES: Partial<Record<string, string>> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  Array: "a list",
  Object: "an object",
  "(string | null)": "a text or null",
  "(string | number)": "a text or a number",
  "(string | Object)": "an address or an object",
};

/** A value as an issue shows it; of a list or an object, no more than that it is one. */
function shown(value: unknown): string {
  if (typeof value === "string") return excerptOf(value);
  if (Array.isArray(value)) return "[…]";
  if (isMembers(value)) return "{…}";
  if (value === null) return "null";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
