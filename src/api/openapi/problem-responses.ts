/** Problems as responses of the OpenAPI document: one for each code, and one for codes that share a status. Pure. */
import type { Site } from "../../article/site.ts";
import { isProblemCode, problemDocument, type ProblemCode, PROBLEMS } from "../../http/problems.ts";
import { PROBLEM_FIELDS, type ResponseField } from "../operations/fields.ts";

/** The codes of every problem, in the order of their table. */
export const PROBLEM_CODES = Object.keys(PROBLEMS).filter(isProblemCode);

/** A response for each problem type, by its code. */
export function problemComponents(site: Site): Record<string, object> {
  return Object.fromEntries(PROBLEM_CODES.map((code) => [code, responseFor(site, [code])]));
}

/** The document of each problem type, by its code. */
export function problemExamples(site: Site): Record<string, object> {
  return Object.fromEntries(
    PROBLEM_CODES.map((code) => [
      code,
      { summary: PROBLEMS[code][1], value: withoutUndefined(problemDocument(site.url, code)) },
    ]),
  );
}

/** The responses of an operation that may answer these problems, by status. */
export function refusals(site: Site, codes: readonly ProblemCode[]): Record<string, object> {
  const byStatus = Map.groupBy(
    PROBLEM_CODES.filter((code) => codes.includes(code)),
    (code) => PROBLEMS[code][0],
  );
  return Object.fromEntries(
    [...byStatus].map(([status, [only, ...others]]) => [
      status,
      only !== undefined && others.length === 0
        ? { $ref: `#/components/responses/${only}` }
        : responseFor(site, byStatus.get(status) ?? []),
    ]),
  );
}

/** References to header fields, as a response lists them. */
export function fieldReferences(names: readonly ResponseField[]): { headers?: Record<string, object> } {
  if (names.length === 0) return {};
  return {
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  };
}

function responseFor(site: Site, codes: readonly ProblemCode[]): object {
  const described = codes.map(
    (code) => `${PROBLEMS[code][1]}. ${PROBLEMS[code][2]} ${addressOf(site, code)}`,
  );
  const schema = {
    allOf: [
      { $ref: "#/components/schemas/Problem" },
      {
        properties: {
          type: { enum: codes.map((code) => addressOf(site, code)) },
          status: { enum: [...new Set(codes.map((code) => PROBLEMS[code][0]))] },
        },
      },
    ],
  };
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: described.join("\n\n"),
    ...fieldReferences(codes.flatMap((code) => PROBLEM_FIELDS[code] ?? [])),
    content: { "application/problem+json": { schema, examples } },
  };
}

function addressOf(site: Site, code: ProblemCode): string {
  return problemDocument(site.url, code).type;
}

function withoutUndefined(problem: object): object {
  return Object.fromEntries(Object.entries(problem).filter(([, value]) => value !== undefined));
}
