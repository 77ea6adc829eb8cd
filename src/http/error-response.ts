/** The one place where an error becomes a response. */
import { reasonOf, report } from "../report.ts";
import { BRIEF_CACHING } from "./caching.ts";
import { preferredType } from "./negotiation.ts";
import { type ProblemCode, problemResponse, Refusal } from "./problems.ts";

const PROBLEM_TYPE = "application/problem+json";

/** What errors look like on this site. */
export type ErrorSettings = {
  /** Where the problem types are described. */
  siteUrl: string;
  /** Makes the HTML page of a 404. */
  notFoundPage: () => string;
  /** Whether a path is of the editors' API, whose errors are problem documents for nobody to keep. */
  isForEditors: (path: string) => boolean;
  /** The problem that an error of another room stands for; undefined for an unexpected error. */
  codeOf: (thrown: Error) => ProblemCode | undefined;
};

export type ErrorResponses = {
  /** The response to what a handler threw: a refusal by its code, anything else with a fixed sentence and one log line. */
  answer: (request: Request, path: string, thrown: Error) => Response;
  /** The response at an address at which there is nothing. */
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
    // A script that may read a feed may know as well that there is none.
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
    // A poll passes none of the middleware that sets it on every other answer.
    response.headers.set("X-Content-Type-Options", "nosniff");
    return response;
  };
  return { answer, notFound };
}
