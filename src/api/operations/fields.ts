/** Header fields of requests and responses that have a meaning in the API. */
import { KEPT_MILLISECONDS } from "../../desk/ledger/idempotency.ts";
import { type ProblemCode, PROBLEMS } from "../../http/problems.ts";

const KEPT_HOURS = KEPT_MILLISECONDS / 3_600_000;

export const REQUEST_FIELDS = {
  "If-Match": `Goes ahead only if the article still has this revision, or the picture this description. Send its \`ETag\`, such as \`"3"\` (RFC 9110, section 13.1.1).`,
  "If-None-Match":
    "In a write, `*`: goes ahead only if there is no article with this id yet. In a read, the revision that you have already (RFC 9110, section 13.1.2).",
  "Idempotency-Key": `Makes it safe to send the request again: for ${KEPT_HOURS} hours the same key gets the answer of the first time. ${PROBLEMS["invalid-idempotency-key"][2]}`,
} as const satisfies Record<string, string>;

export type RequestField = keyof typeof REQUEST_FIELDS;

export const RESPONSE_FIELDS = {
  ETag: "The article's revision in quotes, or a digest of what is said of the picture, for `If-Match`; a dry run has none.",
  Location: "The address of the article or the picture in this API.",
  Link: "The OpenAPI document, with the relation `service-desc` (RFC 8631).",
  "Content-Disposition": "A name for the file.",
  "WWW-Authenticate": "How to sign in (RFC 6750).",
  "Retry-After": "The number of seconds after which to try again.",
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
