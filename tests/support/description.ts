/** Compares the Worker's responses with the descriptions of its operations. */
import * as v from "valibot";
import { expect } from "vitest";
import { ProblemView } from "../../src/api/schemas/problem.ts";
import { type Operation, problemsOf } from "../../src/api/operations/operation.ts";
import { TOPICS } from "../../src/api/operations/operations.ts";
import { PROBLEM_FIELDS, type ResponseField } from "../../src/api/operations/fields.ts";
import { isProblemCode, PROBLEMS } from "../../src/http/problems.ts";

export const OPERATIONS: readonly Operation[] = TOPICS.flatMap(({ operations }) => operations);

export function operationNamed(id: string): Operation {
  const operation = OPERATIONS.find((known) => known.id === id);
  if (operation === undefined) throw new Error(`There is no operation ${id}`);
  return operation;
}

/**
 * Expects status, header fields, media type and body to be as described, down to the last member.
 * @param without a header field that this response may lack
 */
export async function expectDescribed(
  id: string,
  response: Response,
  without?: ResponseField,
): Promise<void> {
  const [type = ""] = (response.headers.get("Content-Type") ?? "").split(";");
  if (type === "application/problem+json") return expectProblem(id, response);
  const answer = operationNamed(id).answers.find(({ status }) => status === response.status);
  expect(answer, `${id} answers ${response.status}`).toBeDefined();
  const { fields = [], content = {} } = answer ?? {};
  expect(fields.filter((name) => name !== without && !response.headers.has(name))).toEqual([]);
  const body = await textOf(response);
  const [[described, schema] = ["", undefined]] = Object.entries(content);
  expect(type).toBe(described);
  if (schema === undefined) expect(body).toBe("");
  else for (const value of valuesOf(type, body)) expectShape(schema, value);
}

/** A response's body as text, whatever its media type. */
export async function textOf(response: Response): Promise<string> {
  return new TextDecoder().decode(await response.arrayBuffer());
}

async function expectProblem(id: string, response: Response): Promise<void> {
  const problem: unknown = await response.json();
  expectShape(ProblemView, problem);
  const { type, status } = v.parse(ProblemView, problem);
  const code = type.slice(type.lastIndexOf("/") + 1);
  if (!isProblemCode(code)) throw new Error(`There is no problem ${code}`);
  expect(problemsOf(operationNamed(id))).toContain(code);
  expect([response.status, status]).toEqual([PROBLEMS[code][0], PROBLEMS[code][0]]);
  const fields = code === "precondition-failed" ? [] : (PROBLEM_FIELDS[code] ?? []);
  expect(fields.filter((name) => !response.headers.has(name))).toEqual([]);
}

function valuesOf(type: string, body: string): unknown[] {
  if (type === "application/json") return [JSON.parse(body)];
  if (type === "application/x-ndjson")
    return body
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
  return [body];
}

/** A schema drops the members that it doesn't describe: the comparison shows them. */
function expectShape(schema: v.GenericSchema, value: unknown): void {
  expect(v.parse(schema, value)).toEqual(value);
}
