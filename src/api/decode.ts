/** Decodes queries and small JSON bodies, or refuses them with every reason. */
import * as v from "valibot";
import { excerptOf, type Issue } from "../upload/issue.ts";
import { pointerTo } from "../upload/fields/json-pointer.ts";
import { parseTime } from "../upload/time/time.ts";
import { Refusal } from "../http/problems.ts";

/** A query parameter that is true when it is there: `?silent`, `?silent=true`. */
export const flag = v.optional(
  v.pipe(
    v.picklist(["", "true", "1", "false", "0"]),
    v.transform((text) => text === "" || text === "true" || text === "1"),
  ),
  "false",
);

/** The query of a request that takes no parameter. */
export const NoQuery = v.strictObject({});

/** A time in RFC 3339 with its offset, decoded to an instant. */
export const time = v.pipe(
  v.string(),
  v.metadata({ description: "An RFC 3339 time with its offset.", format: "date-time" }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const read = parseTime(dataset.value);
    if (read.ok) return read.instant;
    addIssue({ message: "must be an RFC 3339 time with an offset, such as 2026-11-04T07:07:06+01:00" });
    return NEVER;
  }),
);

/** The parameters of a query, each with all of its values. */
export type QueryParameters = Record<string, string[]>;

/**
 * Decodes a query.
 * @param schema of the whole query. It should be strict: a slip such as `?silnet` must be refused, not ignored.
 * @param lists the parameters that may be repeated; the schema gets a list of values for each
 * @throws Refusal "invalid-query"
 */
export function readQuery<T>(
  query: QueryParameters,
  schema: v.GenericSchema<unknown, T>,
  lists: readonly string[] = [],
): T {
  const parameters = Object.entries(query).map(([name, values]) => [
    name,
    values.length > 1 || lists.includes(name) ? values : values[0],
  ]);
  const result = v.safeParse(schema, Object.fromEntries(parameters));
  if (result.success) return result.output;
  throw new Refusal("invalid-query", {
    detail: result.issues
      .map((issue) => `${v.getDotPath(issue) ?? "The query"}: ${explain(issue).detail}`)
      .join(" "),
  });
}

const LIST: Issue = {
  path: "",
  field: "document",
  reason: "wrong-type",
  detail: "This must be an object.",
  found: "a list",
};

/**
 * Decodes a body in JSON; an empty one counts as `{}`.
 * @param fields the members of the body that are parts of an article, which issues name
 * @throws Refusal "unreadable-document" for a body that is no JSON, "invalid-document" for one that the schema refuses
 */
export function readBody<T>(
  body: Uint8Array,
  schema: v.GenericSchema<unknown, T>,
  fields: readonly Issue["field"][] = [],
): T {
  const value = body.byteLength === 0 ? {} : parse(body);
  // Valibot takes a list for an object: an empty one would count as an empty body.
  if (Array.isArray(value)) throw new Refusal("invalid-document", { issues: [LIST] });
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new Refusal("invalid-document", {
    issues: result.issues.map((issue) => issueOf(issue, fields)),
  });
}

function issueOf(issue: v.BaseIssue<unknown>, fields: readonly Issue["field"][]): Issue {
  const keys = (issue.path ?? []).map(({ key }) => String(key));
  return {
    path: pointerTo(...keys),
    field: fields.find((field) => field === keys[0]) ?? "document",
    ...explain(issue),
    found: issue.input === undefined ? "" : excerptOf(issue.received),
  };
}

function explain(issue: v.BaseIssue<unknown>): Pick<Issue, "reason" | "detail"> {
  if (issue.kind !== "schema") return { reason: "wrong-value", detail: `This ${issue.message}.` };
  if (issue.expected === "never")
    return { reason: "unknown-member", detail: "There is no such member here." };
  if (issue.input === undefined) {
    return { reason: "missing-member", detail: `This is missing: it must be ${issue.expected}.` };
  }
  return { reason: "wrong-type", detail: `This must be ${issue.expected}.` };
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body));
  } catch {
    throw new Refusal("unreadable-document", { detail: "The body is not JSON in UTF-8." });
  }
}
