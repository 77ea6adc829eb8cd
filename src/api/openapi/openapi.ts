/** The OpenAPI 3.1 document, made from the table of operations and the schemas that validate. Pure. */
import type { Site } from "../../article/site.ts";
import { schemaComponents } from "./components.ts";
import { RESPONSE_FIELDS } from "../operations/fields.ts";
import type { Topic } from "../operations/operation.ts";
import { operationObject } from "./paths.ts";
import { problemComponents, problemExamples } from "./problem-responses.ts";
import { webhookRequests } from "./webhook-requests.ts";

const API_VERSION = "1";

/** The whole document (https://spec.openapis.org/oas/v3.1.1.html). It takes milliseconds to make: never at start-up. */
export function openapi(site: Site, topics: readonly Topic[]): object {
  return {
    openapi: "3.1.1",
    info: {
      title: `The editor's API of ${site.title}`,
      version: API_VERSION,
      description: `Uploads, publishes, corrects and withdraws the articles of ${site.title}. The guide for people, with an example of each operation, is at ${site.url}/api.`,
    },
    servers: [{ url: site.url }],
    security: [{ token: [] }, { access: [] }],
    tags: topics.map(({ id, title }) => ({ name: id, description: title })),
    paths: pathsOf(site, topics),
    webhooks: webhookRequests(),
    components: {
      schemas: schemaComponents(),
      responses: problemComponents(site),
      examples: problemExamples(site),
      headers: Object.fromEntries(
        Object.entries(RESPONSE_FIELDS).map(([name, description]) => [
          name,
          { description, schema: { type: "string" } },
        ]),
      ),
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "A token that an administrator made: POST /api/tokens.",
        },
        access: {
          type: "apiKey",
          in: "header",
          name: "Cf-Access-Jwt-Assertion",
          description:
            "Optional: Cloudflare Access adds it to the requests of a team's members, if the owner has set that up.",
        },
      },
    },
  };
}

function pathsOf(site: Site, topics: readonly Topic[]): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const { id, operations } of topics) {
    for (const operation of operations) {
      const item = (paths[operation.path] ??= {});
      item[operation.method] = { tags: [id], ...operationObject(site, operation) };
    }
  }
  return paths;
}
