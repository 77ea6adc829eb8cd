/** Header fields of requests and responses that have a meaning in the API. */
import { KEPT_MILLISECONDS } from "../../desk/ledger/idempotency.ts";
import { type ProblemCode, PROBLEMS } from "../../http/problems.ts";

const KEPT_HOURS = KEPT_MILLISECONDS / 3_600_000;

export const REQUEST_FIELDS = {
  "If-Match": `Goes ahead only if the article has this revision: its \`ETag\`, such as \`"3"\` (RFC 9110, section 13.1.1).`,
  "If-None-Match":
    "For a write, `*`: goes ahead only if there is no article yet. For a read, a revision that needs no repeating (RFC 9110, section 13.1.2).",
  "Idempotency-Key": `Names the request, so that sending it again is safe: for ${KEPT_HOURS} hours the same key is answered with what was done the first time. ${PROBLEMS["invalid-idempotency-key"][2]}`,
} as const satisfies Record<string, string>;

export type RequestField = keyof typeof REQUEST_FIELDS;

export const RESPONSE_FIELDS = {
  ETag: "The article's revision in quotes, for `If-Match`; a dry run has none.",
  Location: "The article's address in this API.",
  Link: "With the relation `service-desc` (RFC 8631): this description.",
  "Content-Disposition": "A name for the file.",
  "WWW-Authenticate": "How to sign in (RFC 6750).",
  "Retry-After": "In how many seconds to try again.",
  Allow: "The methods that are allowed here.",
  Accept: "The media types that are taken.",
  "Accept-Post": "The media types that are taken.",
  "Accept-Encoding": "The content codings that are taken.",
} as const satisfies Record<string, string>;

export type ResponseField = keyof typeof RESPONSE_FIELDS;

/** The header fields that come with a problem. */
export const PROBLEM_FIELDS: Partial<Record<ProblemCode, readonly ResponseField[]>> = {
  unauthorized: ["WWW-Authenticate"],
  "method-not-allowed": ["Allow"],
  "precondition-failed": ["ETag"],
  "unsupported-media-type": ["Accept", "Accept-Post", "Accept-Encoding"],
  "too-many-attempts": ["Retry-After"],
  "sign-in-unavailable": ["Retry-After"],
};
