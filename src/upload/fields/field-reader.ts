/** Reads the fields of a document one by one: a field that is wrong hides none of the others. Pure. */
import * as v from "valibot";
import { cleanedValue, type Writing } from "./field-text.ts";
import { excerptOf, type Findings, type Issue, type IssueField, type Place } from "../issue.ts";
import { isMembers, type Keys, type Members } from "./members.ts";
import { RULES, ruleNamed } from "./rules.ts";

/**
 * The layout of a document: where its values stand, which part of an article each is, and how its texts are written.
 */
export type Layout = {
  placeOf: (keys: Keys) => Place;
  fieldOf: (key: string) => IssueField;
  writingOf: (key: string) => Writing;
};

/** Reads one field. The result is undefined when the document hasn't got it, or when it is wrong. */
type Read = <Schema extends v.GenericSchema>(
  key: string,
  schema: Schema,
) => v.InferOutput<Schema> | undefined;

export type FieldReader = {
  /** Reads a field that the document needs in order to mean what was meant: what is wrong with it is an issue. */
  read: Read;
  /**
   * Reads a field that the article can do without: wrong parts of it are left out, with a warning. A field of another
   * type, or of more than an article may have, is an issue.
   */
  readPart: Read;
};

/**
 * Makes a reader of a document's fields. Texts are cleaned before a schema judges them. A member that is null counts
 * as absent, unless its schema takes null.
 * @param base the address that relative ones start from, where the document names one
 * @param found takes an issue or a warning for each thing that is wrong
 */
export function fieldReader(
  members: Members,
  layout: Layout,
  { issues, warnings }: Findings,
  base?: string,
): FieldReader {
  const valueOf = (key: string, schema: v.GenericSchema): unknown => {
    if (!Object.hasOwn(members, key)) return undefined;
    const written = members[key];
    if (written === null && !v.is(schema, null)) return undefined;
    const lost: Issue[] = [];
    const value = cleanedValue(written, [key], { ...layout, base, warnings: lost });
    warnings.push(...lost.slice(0, MAX_REPORTED));
    return value;
  };
  return {
    read: (key, schema) => {
      const value = valueOf(key, schema);
      if (value === undefined) return undefined;
      const result = v.safeParse(schema, value);
      if (result.success) return result.output;
      issues.push(...flawsOf(result.issues, [key]).map((flaw) => issueOf(flaw, layout)));
      return undefined;
    },
    readPart: (key, schema) => {
      let value = valueOf(key, schema);
      for (let round = 0; value !== undefined; round++) {
        const result = v.safeParse(schema, value);
        if (result.success) return result.output;
        const flaws = flawsOf(result.issues, [], Number.POSITIVE_INFINITY);
        const grave = flaws.find(isGrave);
        if (grave !== undefined) {
          issues.push(issueOf({ ...grave, keys: [key, ...grave.keys] }, layout));
          return undefined;
        }
        // A flaw that appears after the first round follows from what was left out in it.
        if (round === 0) warnings.push(...leftOut(key, flaws, layout));
        const paths = flaws.map(({ keys, isMissing }) => (isMissing ? keys.slice(0, -1) : keys));
        value = paths.some((path) => path.length === 0) ? undefined : without(value, paths);
      }
      return undefined;
    },
  };
}

/** Warns of members that a schema doesn't name: Dateline ignores them, and the author should know. */
export function unknownFields(members: Members, known: Iterable<string>, at: Keys, layout: Layout): Issue[] {
  const names = new Set(known);
  return Object.keys(members)
    .filter((key) => !names.has(key))
    .slice(0, MAX_REPORTED)
    .map((key) => {
      const { line, path } = layout.placeOf([...at, key]);
      const field = at.length === 0 ? "document" : layout.fieldOf(String(at[0]));
      const detail = "Dateline doesn’t know this field: it was ignored.";
      return { line, path, field, reason: "unknown-field", detail, found: excerptOf(key) };
    });
}

/** The most issues about one field, and about unknown fields: as many as a person still reads. */
export const MAX_REPORTED = 20;

type Flaw = {
  keys: Keys;
  rule: ReturnType<typeof ruleNamed>;
  isMissing: boolean;
  expected: string;
  input: unknown;
};

function flawsOf(found: readonly v.BaseIssue<unknown>[], at: Keys, limit = MAX_REPORTED): Flaw[] {
  return found.slice(0, limit).flatMap((issue): Flaw[] => {
    const keys = [
      ...at,
      ...(issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key))),
    ];
    // Of several kinds in a union, the one whose members were checked is the one that was meant.
    const inside = (issue.issues ?? []).filter(({ path }) => path !== undefined);
    if (inside.length > 0) return flawsOf(inside, keys, limit);
    return [
      {
        keys,
        rule: ruleNamed(issue.message),
        isMissing: issue.kind === "schema" && issue.input === undefined,
        expected: issue.expected ?? "",
        input: issue.input,
      },
    ];
  });
}

/** @param more what was done about it, as a sentence */
function issueOf({ keys, rule, isMissing, expected, input }: Flaw, layout: Layout, more = ""): Issue {
  const detail = isMissing
    ? "This field is missing."
    : `This must be ${TYPES[expected] ?? "something else"}.`;
  return {
    ...layout.placeOf(keys),
    field: layout.fieldOf(String(keys[0])),
    reason: rule ?? (isMissing ? "missing-field" : "wrong-type"),
    detail: `${rule === undefined ? detail : RULES[rule]}${more}`,
    found: shown(input),
  };
}

/** Whether a part can't be repaired: nobody can tell what was meant, or leaving something out would change it. */
function isGrave({ keys, rule }: Flaw): boolean {
  return rule === "too-many" || (rule === undefined && keys.length === 0);
}

function leftOut(key: string, flaws: readonly Flaw[], layout: Layout): Issue[] {
  return flaws
    .slice(0, MAX_REPORTED)
    .map((flaw) => issueOf({ ...flaw, keys: [key, ...flaw.keys] }, layout, " It was left out."));
}

/** Removes what stands under some keys from a value: members of objects and elements of lists. */
function without(value: unknown, paths: readonly Keys[]): unknown {
  const below = Map.groupBy(paths, ([first]) => first);
  const isGone = (key: string | number): boolean =>
    below.get(key)?.some(({ length }) => length === 1) ?? false;
  const rest = (key: string | number, member: unknown): unknown => {
    const deeper = below.get(key)?.map(([, ...keys]) => keys);
    return deeper === undefined ? member : without(member, deeper);
  };
  if (Array.isArray(value)) {
    return value.flatMap((member: unknown, index) => (isGone(index) ? [] : [rest(index, member)]));
  }
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (isGone(key) ? [] : [[key, rest(key, member)]])),
  );
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

/** A value as an issue shows it; for a list or an object only its kind. */
function shown(value: unknown): string {
  if (typeof value === "string") return excerptOf(value);
  if (Array.isArray(value)) return "[…]";
  if (isMembers(value)) return "{…}";
  if (value === null) return "null";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
