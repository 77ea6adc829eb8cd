/** Error responses: the one place where an error becomes a response. */
import { reasonOf, report } from "../report.ts";
import { BRIEF_CACHING } from "./caching.ts";
import { preferredType } from "./negotiation.ts";
import { type ProblemCode, problemResponse, Refusal } from "./problems.ts";

const PROBLEM_TYPE = "application/problem+json";

/** The site's part in an error response. */
export type ErrorSettings = {
  /** Where the problem types are described. */
  siteUrl: string;
  /** Makes the HTML page of a 404. */
  notFoundPage: () => string;
  /** Whether a path is of the editors' API: its errors are always problem documents, and no cache keeps them. */
  isForEditors: (path: string) => boolean;
  /** Maps an error of another room to its problem; undefined for an unexpected one. */
  codeOf: (thrown: Error) => ProblemCode | undefined;
};

export type ErrorResponses = {
  /** Answers what a handler threw: a refusal by its code, anything unexpected with a fixed sentence and one line in the log. */
  answer: (request: Request, path: string, thrown: Error) => Response;
  /** Answers a request for an address with nothing there. */
  notFound: (request: Request, path: string) => Response;
};

export function errorResponses({
  siteUrl,
  notFoundPage,
  isForEditors,
  codeOf,
}: ErrorSettings): ErrorResponses {
  const notFound = (request: Request, path: string): Response => {
    if (isForEditors(path)) return problemResponse(siteUrl, "not-found");
    // A script that may read a feed may also know that there is none.
    const headers = { ...BRIEF_CACHING, Vary: "Accept", "Access-Control-Allow-Origin": "*" };
    if (preferredType(request, [PROBLEM_TYPE, "text/html"]) !== "text/html") {
      return problemResponse(siteUrl, "not-found", { headers });
    }
    return new Response(notFoundPage(), {
      status: 404,
      headers: { ...headers, "Content-Type": "text/html; charset=UTF-8" },
    });
  };
  const respond = (request: Request, path: string, thrown: Error): Response => {
    if (thrown instanceof Refusal) {
      if (thrown.code === "not-found" && !isForEditors(path)) return notFound(request, path);
      return problemResponse(siteUrl, thrown.code, thrown.evidence);
    }
    const code = codeOf(thrown);
    if (code !== undefined) return problemResponse(siteUrl, code);
    report("unexpected-error", { method: request.method, path, reason: reasonOf(thrown) });
    return problemResponse(siteUrl, "internal-error");
  };
  const answer = (request: Request, path: string, thrown: Error): Response => {
    const response = respond(request, path, thrown);
    // A poll passes no middleware, which sets it on every other response.
    response.headers.set("X-Content-Type-Options", "nosniff");
    return response;
  };
  return { answer, notFound };
}
