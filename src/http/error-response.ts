/** The one place where what went wrong becomes a response. */
import type { Context } from "hono";
import type { Site } from "../article/site.ts";
import { isNewerLedger } from "../desk/ledger/schema/newer-ledger.ts";
import { notFoundPage } from "../pages/notice-page.tsx";
import { reasonOf, report } from "../report.ts";
import { BRIEF_CACHING } from "./caching.ts";
import { preferredType } from "./negotiation.ts";
import { problemResponse, Refusal } from "./problems.ts";

const PROBLEM_TYPE = "application/problem+json";

export class ErrorResponses {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  /** Answers what a handler threw: a refusal by its code, anything else with a fixed sentence and one log line. */
  answer(c: Context, thrown: Error): Response {
    const response = this.#answer(c, thrown);
    // A poll passes none of the middleware that sets it on every other answer.
    response.headers.set("X-Content-Type-Options", "nosniff");
    return response;
  }

  #answer(c: Context, thrown: Error): Response {
    if (thrown instanceof Refusal) {
      if (thrown.code === "not-found" && !isEditors(c)) return this.missing(c);
      return problemResponse(this.#site.url, thrown.code, thrown.evidence);
    }
    if (isNewerLedger(thrown)) return problemResponse(this.#site.url, "newer-ledger");
    report("unexpected-error", { method: c.req.method, path: c.req.path, reason: reasonOf(thrown) });
    return problemResponse(this.#site.url, "internal-error");
  }

  /** Answers an address at which there is nothing. */
  missing(c: Context): Response {
    if (isEditors(c)) return problemResponse(this.#site.url, "not-found");
    // A script that may read a feed may know as well that there is none.
    const headers = { ...BRIEF_CACHING, Vary: "Accept", "Access-Control-Allow-Origin": "*" };
    const type = preferredType(c.req.raw, [PROBLEM_TYPE, "text/html"]);
    return type === "text/html"
      ? c.html(notFoundPage(this.#site), 404, headers)
      : problemResponse(this.#site.url, "not-found", { headers });
  }
}

/** Whether a request is for the editor's API; its guide is for everybody. */
export function isEditors(c: Context): boolean {
  return c.req.path.startsWith("/api/") && c.req.path !== "/api/";
}
