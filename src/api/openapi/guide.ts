/** The content of the guide for people, from the same table as the OpenAPI document. Pure. */
import type { Site } from "../../article/site.ts";
import type { GuideOperation, GuideParameter } from "../../pages/api-operation.tsx";
import type { Guide } from "../../pages/api-page.tsx";
import { PROBLEMS } from "../../http/problems.ts";
import { COMPONENTS, type ComponentName, nameOf, schemaOf } from "./components.ts";
import { curl } from "./curl.ts";
import { REQUEST_FIELDS } from "../operations/fields.ts";
import { type Operation, rightOf, type Topic } from "../operations/operation.ts";
import { parametersOf } from "./paths.ts";
import { PROBLEM_CODES } from "./problem-responses.ts";
import { schemaSummary } from "./schema-summary.ts";

/** The bodies of requests whose members the page tells. */
const BODIES = [
  "Item",
  "Publication",
  "Correction",
  "TokenGrant",
  "WebhookGrant",
  "Redelivery",
] as const satisfies ComponentName[];

export function guide(site: Site, topics: readonly Topic[]): Guide {
  return {
    topics: topics.map(({ id, title, operations }) => ({
      id,
      title,
      operations: operations.map((operation) => guideOperation(site, operation)),
    })),
    bodies: BODIES.map(guideBody),
    fields: Object.entries(REQUEST_FIELDS).map(([name, description]) => ({ name, takes: "", description })),
    problems: PROBLEM_CODES.map((code) => ({ code, status: PROBLEMS[code][0], title: PROBLEMS[code][1] })),
  };
}

function guideOperation(site: Site, operation: Operation): GuideOperation {
  const { id, method, path, summary, description, body, fields = [] } = operation;
  return {
    id,
    request: `${method.toUpperCase()} ${path}`,
    summary,
    description,
    right: rightOf(operation),
    parameters: parametersOf(operation)
      .filter((parameter) => parameter.in === "query")
      .map(({ name, schema, description: meaning }) => ({
        name,
        takes: schemaSummary(schema),
        description: meaning,
      })),
    types: Object.entries(body.described?.content ?? {}).map(([type, schema]) => ({
      type,
      body: BODIES.find((known) => known === nameOf(schema)),
    })),
    fields,
    example: curl(site, operation),
  };
}

function guideBody(name: (typeof BODIES)[number]): Guide["bodies"][number] {
  const { description = "", required = [] } = schemaOf(COMPONENTS[name]);
  const members = Object.entries(COMPONENTS[name].entries).map(([member, entry]): GuideParameter => {
    const schema = schemaOf(entry);
    const needed = required.includes(member) ? "needed" : "";
    return {
      name: member,
      takes: [needed, schemaSummary(schema)].filter((word) => word !== "").join("; "),
      description: schema.description ?? "",
    };
  });
  return { name, description, members };
}
