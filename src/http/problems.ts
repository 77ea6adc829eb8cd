/** Problem documents (RFC 9457): the one table of problem types, and the responses that carry them. */
import { MAX_ID_LENGTH } from "../article/identity.ts";
import type { Issue } from "../upload/issue.ts";

/** Every problem type: its status, its title, and what it means. */
export const PROBLEMS = {
  "unreadable-document": [400, "The document can't be read", "Its bytes are not text in UTF-8."],
  "invalid-cursor": [
    400,
    "The cursor or the limit is not valid",
    "A list's cursor is taken from the answer before; its limit is a whole number within bounds.",
  ],
  "invalid-query": [
    400,
    "The query is not understood",
    "It holds a parameter that this address doesn't know, or a value that the parameter doesn't take: nothing was changed.",
  ],
  "invalid-idempotency-key": [
    400,
    "The Idempotency-Key is not valid",
    "It consists of 1 to 255 visible ASCII characters; a UUID serves well.",
  ],
  unauthorized: [
    401,
    "A valid editor token is needed",
    "Send the token in the field Authorization, as: Bearer <token>.",
  ],
  forbidden: [
    403,
    "The token doesn't permit this",
    "The member `right` names the right that it lacks, or `section` the section that it may not touch.",
  ],
  "not-found": [404, "There is nothing here", "No page, feed, section or article has this address."],
  "method-not-allowed": [
    405,
    "The method is not allowed here",
    "The field Allow lists the methods that are.",
  ],
  "guid-taken": [
    409,
    "The guid is another article's",
    "The member `article` gives the id of the article that has it: two articles with one guid are one to every reader.",
  ],
  "revision-conflict": [
    409,
    "The revision doesn't fit",
    "A copied revision must follow the one before it, and agree with the one that is here already.",
  ],
  "token-expired": [
    409,
    "The token has expired",
    "It gets no new secret, which nobody could use. Make another token: POST /api/tokens.",
  ],
  withdrawn: [
    410,
    "The article was withdrawn",
    "It left every feed. It can be reinstated: POST /api/articles/<id>/reinstate.",
  ],
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
    "The member `issues` lists every one of them, with its line or its path.",
  ],
  "idempotency-key-reused": [
    422,
    "The Idempotency-Key was used for another request",
    "Under one key only the very same request may be sent again.",
  ],
  "invalid-id": [
    422,
    "The id is not valid",
    `An id consists of lower-case letters, digits and single hyphens between them, at most ${MAX_ID_LENGTH} characters.`,
  ],
  "too-many-attempts": [
    429,
    "Too many failed attempts from this address",
    "The field Retry-After says in how many seconds to try again. A token that has just been let in is let through all the time.",
  ],
  "too-many-idempotency-keys": [
    429,
    "Too many Idempotency-Keys within a day",
    "Nothing was changed. Each key is kept for a day, so that its request is never carried out twice; send the request without one, or later.",
  ],
  "internal-error": [
    500,
    "Something went wrong",
    "The request may be sent again. The log of the Worker says more.",
  ],
  "storage-full": [
    507,
    "The ledger is nearly full",
    "Nothing was changed. What is left of the storage is kept for withdrawals, expiry and revoking tokens: GET /api/health says how full it is.",
  ],
  "newer-ledger": [
    503,
    "A newer release has written the ledger",
    "Nothing was changed. The site's owner has to deploy the newer release again: this one serves readers alone.",
  ],
  "sign-in-unavailable": [
    503,
    "Nobody can sign in this way at present",
    "The keys with which Cloudflare Access signs can't be had. The field Retry-After says in how many seconds to try again; a token is taken all the time.",
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(PROBLEMS, text);
}

/** The evidence of a refusal: further members of the problem document, and header fields. */
export type Evidence = {
  detail?: string;
  issues?: Issue[];
  warnings?: Issue[];
  members?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
};

/** The refusal of a request, thrown as a code; `error-response` makes the response. */
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

/** A problem document (RFC 9457, section 3.1). */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  issues?: Issue[] | undefined;
  warnings?: Issue[] | undefined;
  [member: string]: unknown;
};

/**
 * The problem document of a refusal.
 * @param siteUrl where the problem types are described
 */
export function problemDocument(siteUrl: string, code: ProblemCode, evidence: Evidence = {}): Problem {
  const [status, title, meaning] = PROBLEMS[code];
  const { detail = meaning, issues, warnings, members } = evidence;
  return { type: `${siteUrl}/problems/${code}`, title, status, detail, ...members, issues, warnings };
}

/** The response that carries a refusal's problem document. */
export function problemResponse(siteUrl: string, code: ProblemCode, evidence: Evidence = {}): Response {
  const problem = problemDocument(siteUrl, code, evidence);
  return Response.json(problem, {
    status: problem.status,
    headers: {
      "Cache-Control": "no-store",
      ...evidence.headers,
      "Content-Type": "application/problem+json",
    },
  });
}
