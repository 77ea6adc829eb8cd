/** Problem documents (RFC 9457): the one table of problem types, and the responses that carry them. */
import { MAX_ID_LENGTH } from "../article/identity.ts";
import type { Issue } from "../upload/issue.ts";

/** Every problem type: its status, its title, and what it means. */
export const PROBLEMS = {
  "unreadable-document": [
    400,
    "The document can't be read",
    "It is not text in UTF-8. Save it as UTF-8, and send it again.",
  ],
  "invalid-cursor": [
    400,
    "The cursor or the limit is not valid",
    "Take the cursor from the response before this one. The limit must be a whole number within the list's bounds.",
  ],
  "invalid-query": [
    400,
    "The query is not valid",
    "Nothing was changed. The query has a parameter that this address doesn't know, or a wrong value.",
  ],
  "invalid-idempotency-key": [
    400,
    "The Idempotency-Key is not valid",
    "It must have 1 to 255 visible ASCII characters. A UUID serves well.",
  ],
  unauthorized: [
    401,
    "A valid editor token is needed",
    "Send the token in the header field Authorization, as: Bearer <token>.",
  ],
  forbidden: [
    403,
    "The right to do this is missing",
    "The member `right` names the missing right, or `section` the section that the token may not touch.",
  ],
  "not-found": [404, "There is nothing here", "No page, feed, section or article has this address."],
  "method-not-allowed": [
    405,
    "The method is not allowed here",
    "The header field Allow lists the methods that are.",
  ],
  "guid-taken": [
    409,
    "The guid belongs to another article",
    "The member `article` gives that article's id. Two articles with one guid would be one article to every reader.",
  ],
  "revision-conflict": [
    409,
    "The copied revision doesn't fit",
    "It must follow the revision before it, or be the same as the one that is here already.",
  ],
  "media-in-use": [
    409,
    "Articles use this picture",
    "Nothing was changed. The member `articles` gives their ids. Give them another picture or none, or withdraw them with `?media=delete`.",
  ],
  "token-expired": [
    409,
    "The token has expired",
    "An expired token gets no new secret. Make another token: POST /api/tokens.",
  ],
  "too-many-webhooks": [
    409,
    "There are too many webhooks",
    "The member `max` gives the limit. Remove one that nobody needs: DELETE /api/webhooks/<id>.",
  ],
  withdrawn: [
    410,
    "The article was withdrawn",
    "It is in no feed any more. To bring it back: POST /api/articles/<id>/reinstate.",
  ],
  "length-required": [
    411,
    "The length is missing",
    "Send the header field Content-Length with the number of bytes.",
  ],
  "precondition-failed": [
    412,
    "The precondition does not hold",
    "If-Match or If-None-Match did not hold: somebody else was faster, or the article exists already. Read it again before you decide.",
  ],
  "too-large": [413, "The document is too large", "The member `max` gives the limit in bytes."],
  "unsupported-media-type": [
    415,
    "The media type is not accepted",
    "The header field Accept lists the accepted types. Send text in UTF-8, without a Content-Encoding.",
  ],
  "invalid-document": [
    422,
    "The document has errors",
    "The member `issues` lists them all, each with its line or its path.",
  ],
  "invalid-picture": [
    422,
    "The picture can't be kept",
    "Nothing was changed. The member `issues` gives the reason.",
  ],
  "no-such-media": [
    422,
    "A picture is not kept here",
    "Nothing was changed. The member `media` gives the picture's id. Upload its file first: POST /api/media. The same bytes always get the same id.",
  ],
  "idempotency-key-reused": [
    422,
    "The Idempotency-Key was used for another request",
    "A key belongs to one request. Send another request under another key.",
  ],
  "invalid-id": [
    422,
    "The id is not valid",
    `An id has lower-case letters, digits, and single hyphens between them, at most ${MAX_ID_LENGTH} characters.`,
  ],
  "invalid-host": [
    422,
    "The host is not valid",
    "Give the name of a host alone, such as push.example.org: no scheme, no port, no path.",
  ],
  "too-many-attempts": [
    429,
    "Too many failed attempts from this address",
    "The header field Retry-After gives the seconds to wait. A token that worked a moment ago still works.",
  ],
  "too-many-idempotency-keys": [
    429,
    "Too many Idempotency-Keys in one day",
    "Nothing was changed. Each key is kept for a day, so that its request is never carried out twice. Send the request later, or without a key.",
  ],
  "internal-error": [
    500,
    "Something went wrong",
    "You may send the request again. The Worker's log says more.",
  ],
  "media-unavailable": [
    501,
    "This site keeps no pictures",
    "It has no R2 bucket: the binding MEDIA in wrangler.toml is missing. Name pictures by their addresses: everything else works.",
  ],
  "storage-full": [
    507,
    "The ledger is nearly full",
    "Nothing was changed. The rest of the storage is kept for withdrawals, expiry and revoking tokens. GET /api/health says how full it is.",
  ],
  "newer-ledger": [
    503,
    "A newer release has written the ledger",
    "Nothing was changed. This older release serves readers only. The site's owner must deploy the newer release again.",
  ],
  "sign-in-unavailable": [
    503,
    "This way to sign in is not available at present",
    "The keys of Cloudflare Access can't be fetched. The header field Retry-After gives the seconds to wait. A token still works.",
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
  members?: Record<string, string | number | readonly string[] | undefined>;
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
