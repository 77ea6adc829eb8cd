/** The description of the API itself, open to everybody: for people and for programs. */
import { PAGE_CACHING } from "../../http/caching.ts";
import type { Fields } from "../../http/isolate-cache.ts";
import type { UndatedDocument } from "../../http/undated-documents.ts";
import { apiPage } from "../../pages/api-page.tsx";
import { UNWRITTEN } from "../../store/edition.ts";
import { guide } from "../openapi/guide.ts";
import { openapi } from "../openapi/openapi.ts";
import { Description, Page } from "../schemas/documents.ts";
import { type Answer, NOTHING, type OpenOperation } from "./operation.ts";

// RFC 8631, section 4.1.
const SERVICE_DESCRIPTION = '</api/openapi.json>; rel="service-desc"; type="application/json"';

const UNCHANGED: Answer = { status: 304, description: "It is still the version in If-None-Match." };

export const DESCRIPTION: readonly OpenOperation[] = [
  {
    ...NOTHING,
    id: "getGuide",
    method: "get",
    path: "/api",
    summary: "Read this guide",
    description: "Shows the page that describes this API to people.",
    access: "everybody",
    answers: [
      { status: 200, description: "The page.", fields: ["Link"], content: { "text/html": Page } },
      UNCHANGED,
    ],
    problems: [],
    example: { address: "/api", output: "api.html" },
    handle: ({ site, documents, topics }) => {
      const fields = { ...PAGE_CACHING, Link: SERVICE_DESCRIPTION };
      const page = undated("api", "text/html", fields, () => apiPage(site, guide(site, topics)));
      return (request) => documents.respond(request, Date.now(), page);
    },
  },
  {
    ...NOTHING,
    id: "getDescription",
    method: "get",
    path: "/api/openapi.json",
    summary: "Read the description for programs",
    description: "Describes this API in an OpenAPI document.",
    access: "everybody",
    answers: [
      { status: 200, description: "The document.", content: { "application/json": Description } },
      UNCHANGED,
    ],
    problems: [],
    example: { address: "/api/openapi.json" },
    handle: ({ site, documents, topics }) => {
      const render = (): string => JSON.stringify(openapi(site, topics));
      const document = undated("openapi", "application/json", PAGE_CACHING, render);
      return (request) => documents.respond(request, Date.now(), document);
    },
  },
];

/** A document that changes with a deployment alone. */
function undated(name: string, mediaType: string, fields: Fields, render: () => string): UndatedDocument {
  return { name, variant: name, edition: UNWRITTEN, values: [], mediaType, fields: () => fields, render };
}
