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
  /** Whether a path is of the editors' API: its errors are always problem documents, and no cache keeps them. */
  isForEditors: (path: string) => boolean;
  /** Maps an error of another room to its problem; undefined for an unexpected one. */
  codeOf: (thrown: Error) => ProblemCode | undefined;
};

/** Makes the HTML page of a 404. */
type MakePage = () => Promise<string>;

export type ErrorResponses = {
  /** Answers what a handler threw: a refusal by its code, anything unexpected with a fixed sentence and one line in the log. */
  answer: (request: Request, path: string, thrown: Error, notFoundPage: MakePage) => Promise<Response>;
  /** Answers a request for an address with nothing there. */
  notFound: (request: Request, path: string, notFoundPage: MakePage) => Promise<Response>;
};

export function errorResponses({ siteUrl, isForEditors, codeOf }: ErrorSettings): ErrorResponses {
  const notFound: ErrorResponses["notFound"] = async (request, path, notFoundPage) => {
    if (isForEditors(path)) return problemResponse(siteUrl, "not-found");
    // A script that may read a feed may also know that there is none.
    const headers = { ...BRIEF_CACHING, Vary: "Accept", "Access-Control-Allow-Origin": "*" };
    if (preferredType(request, [PROBLEM_TYPE, "text/html"]) !== "text/html") {
      return problemResponse(siteUrl, "not-found", { headers });
    }
    return new Response(await notFoundPage(), {
      status: 404,
      headers: { ...headers, "Content-Type": "text/html; charset=UTF-8" },
    });
  };
  const respond: ErrorResponses["answer"] = async (request, path, thrown, notFoundPage) => {
    if (thrown instanceof Refusal) {
      if (thrown.code === "not-found" && !isForEditors(path)) return notFound(request, path, notFoundPage);
      return problemResponse(siteUrl, thrown.code, thrown.evidence);
    }
    const code = codeOf(thrown);
    if (code !== undefined) return problemResponse(siteUrl, code);
    report("unexpected-error", { method: request.method, path, reason: reasonOf(thrown) });
    return problemResponse(siteUrl, "internal-error");
  };
  const answer: ErrorResponses["answer"] = async (request, path, thrown, notFoundPage) => {
    const response = await respond(request, path, thrown, notFoundPage);
    // A poll passes no middleware, which sets it on every other response.
    response.headers.set("X-Content-Type-Options", "nosniff");
    return response;
  };
  return { answer, notFound };
}
