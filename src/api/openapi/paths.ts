/** An operation as an Operation Object of the OpenAPI Specification. Pure. */
import type { JsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import type { Site } from "../../article/site.ts";
import { nameOf, schemaOf } from "./components.ts";
import { exampleBody } from "./curl.ts";
import { REQUEST_FIELDS } from "../operations/fields.ts";
import type { Content } from "../operations/body.ts";
import { type Answer, type Operation, problemsOf, rightOf } from "../operations/operation.ts";
import { fieldReferences, refusals } from "./problem-responses.ts";

export function operationObject(site: Site, operation: Operation): object {
  const { id, summary, description, access } = operation;
  const right = rightOf(operation);
  const needed = right === undefined ? "" : ` Needs the right \`${right}\`.`;
  const parameters = parametersOf(operation);
  return {
    operationId: id,
    summary,
    description: `${description}${needed}`,
    ...(access === "everybody" && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...requestBody(site, operation),
    responses: {
      ...Object.fromEntries(operation.answers.map((answer) => [answer.status, responseOf(answer)])),
      ...refusals(site, problemsOf(operation)),
    },
  };
}

/** A parameter, wherever it stands in a request. */
export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description: string;
  schema: JsonSchema;
};

/** An operation's parameters: of its path, of its query, and header fields. */
export function parametersOf({ params, query, fields = [] }: Operation): Parameter[] {
  return [
    ...Object.entries(params.entries).map(([name, schema]) => parameter(name, "path", schema)),
    ...Object.entries(query.entries).map(([name, schema]) => parameter(name, "query", schema)),
    ...fields.map((name) => ({
      name,
      in: "header" as const,
      required: false,
      description: REQUEST_FIELDS[name],
      schema: { type: "string" as const },
    })),
  ];
}

function parameter(name: string, place: "path" | "query", schema: v.GenericSchema): Parameter {
  const { description = "", ...rest } = schemaOf(schema);
  return { name, in: place, required: place === "path", description, schema: rest };
}

function requestBody(site: Site, { body: { described }, example }: Operation): { requestBody?: object } {
  if (described === undefined) return {};
  const given = exampleBody(site, example);
  const content = Object.entries(contentOf(described.content)).map(([type, media]) => [
    type,
    given?.type === type ? { ...media, example: asExample(given) } : media,
  ]);
  return {
    requestBody: {
      description: described.description,
      required: described.isRequired,
      content: Object.fromEntries(content),
    },
  };
}

function responseOf({ description, fields = [], content }: Answer): object {
  return {
    description,
    ...fieldReferences(fields),
    ...(content !== undefined && { content: contentOf(content) }),
  };
}

function contentOf(content: Content): Record<string, object> {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [
      type,
      { schema: { $ref: `#/components/schemas/${nameOf(schema)}` } },
    ]),
  );
}

/** A JSON example stands in the document as JSON, every other as text. */
function asExample({ type, text }: { type: string; text: string }): unknown {
  return type === "application/json" ? JSON.parse(text) : text;
}
