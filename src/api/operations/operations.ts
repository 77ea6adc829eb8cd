/** The one table of what the API can do, in the order in which its page tells it. */
import { ADMINISTRATION } from "./administration.ts";
import { READING } from "./articles.ts";
import { CHANGES } from "./changes.ts";
import { AUDIENCE } from "./readers.ts";
import { COPIES } from "./copies.ts";
import { HEALTH } from "./health.ts";
import type { Answer, Operation, Topic } from "./operation.ts";
import { UPLOADS } from "./uploads.ts";
import type { ProblemCode } from "../../http/problems.ts";
import { Description, Page } from "../schemas/documents.ts";

const UNCHANGED: Answer = { status: 304, description: "It is still what the request's If-None-Match names." };

const DESCRIPTION: readonly Operation[] = [
  {
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
  },
  {
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
  },
];

export const TOPICS: readonly Topic[] = [
  { id: "upload", title: "Upload", operations: UPLOADS },
  { id: "read", title: "Read", operations: READING },
  { id: "change", title: "Publish, correct, withdraw", operations: CHANGES },
  { id: "readers", title: "Who reads, and how the newsroom is", operations: [...AUDIENCE, ...HEALTH] },
  { id: "copy", title: "Import and export", operations: COPIES },
  { id: "administer", title: "Tokens and audit", operations: ADMINISTRATION },
  { id: "describe", title: "This description", operations: DESCRIPTION },
];

/** Everything that an operation may answer instead of what was asked for. */
export function problemsOf({ access, problems }: Operation): ProblemCode[] {
  const common = ["internal-error"] as const;
  return access === "everybody"
    ? [...problems, "precondition-failed", ...common]
    : [...problems, "unauthorized", "too-many-attempts", "sign-in-unavailable", ...common, "newer-ledger"];
}
