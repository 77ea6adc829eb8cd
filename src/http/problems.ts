/** Problem documents (RFC 9457): one table of what can go wrong, and one place that makes a response of it. */
import type { Issue } from "../upload/issue.ts";

/** Every problem type: its status, its title, and what it means. */
export const PROBLEMS = {
  "unreadable-document": [400, "The document can't be read", "Its bytes are not text in UTF-8."],
  "invalid-cursor": [
    400,
    "The cursor or the limit is not valid",
    "A list's cursor is taken from the answer before; its limit is a whole number within bounds.",
  ],
  unauthorized: [
    401,
    "A valid editor token is needed",
    "Send the token in the field Authorization, as: Bearer <token>.",
  ],
  "not-found": [404, "There is nothing here", "No page, feed, section or article has this address."],
  "method-not-allowed": [
    405,
    "The method is not allowed here",
    "The field Allow lists the methods that are.",
  ],
  withdrawn: [410, "The article was withdrawn", "It left every feed, and its id is not used again."],
  "precondition-failed": [
    412,
    "The article is not as expected",
    "If-Match or If-None-Match did not hold: somebody else was faster, or the article exists already. Read it again before deciding.",
  ],
  "too-large": [413, "The document is too large", "The member `max` gives the limit in bytes."],
  "unsupported-media-type": [
    415,
    "The media type is not taken",
    "The field Accept lists the types that are, in UTF-8 and without a Content-Encoding.",
  ],
  "invalid-document": [
    422,
    "The document has errors",
    "The member `issues` lists every one of them, with its line.",
  ],
  "invalid-id": [
    422,
    "The id is not valid",
    "An id consists of lower-case letters, digits and single hyphens between them, at most 80 characters.",
  ],
  "internal-error": [
    500,
    "Something went wrong",
    "The request may be sent again. The log of the Worker says more.",
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(PROBLEMS, text);
}

/** What goes with a refusal: further members of the problem document, and header fields. */
export type Evidence = {
  detail?: string;
  issues?: Issue[];
  warnings?: Issue[];
  members?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
};

/** A request that is refused: thrown in http/ alone, and made a response in one place. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly code: ProblemCode;
  readonly evidence: Evidence;

  constructor(code: ProblemCode, evidence: Evidence = {}) {
    super(code);
    this.code = code;
    this.evidence = evidence;
  }
}

/**
 * The problem document of a refusal.
 * @param siteUrl where the problem types are described
 */
export function problemResponse(siteUrl: string, code: ProblemCode, evidence: Evidence = {}): Response {
  const [status, title, description] = PROBLEMS[code];
  const { detail = description, issues, warnings, members, headers } = evidence;
  const problem = {
    type: `${siteUrl}/problems/${code}`,
    title,
    status,
    detail,
    ...members,
    issues,
    warnings,
  };
  return Response.json(problem, {
    status,
    headers: { "Cache-Control": "no-store", ...headers, "Content-Type": "application/problem+json" },
  });
}
