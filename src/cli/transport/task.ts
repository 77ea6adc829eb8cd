/** A task: one request about one article; and its result. */
import type { Issue, SiteResponse, Upload, UploadedPicture } from "./responses.ts";
import type { Request } from "./request.ts";

export type Task = {
  /** The name for people: a file's path, `feed.xml, item tag:…`, an article's id. */
  name: string;
  /** A task waits for an earlier one with the same identity. */
  identity: string;
  /**
   * Makes the request. Called when the task begins, so that only a few bodies are in memory. Rejects with RefusedBefore, Unanswered or
   * Interrupted where it needs another request first, and with any other Error where it can't be made.
   */
  request: () => Promise<Request>;
  /** Reads what the site says of anything but an article; undefined for an answer that it never gives. */
  outcomeOf?: (response: SiteResponse) => Outcome | undefined;
  /** The warnings from before the request. */
  warnings?: readonly Issue[] | undefined;
};

/** What became of a document or an article. */
export type Outcome =
  | { kind: "created" | "revised" | "unchanged" | "withdrawn" | "reinstated"; upload: Upload }
  /** A picture is kept by the site: since now, or it was before. */
  | { kind: "uploaded" | "kept-already"; picture: UploadedPicture }
  /** The article was withdrawn earlier, and stays withdrawn. */
  | { kind: "withdrawn-before" }
  | { kind: "refused"; reasons: string[] }
  /** The document is no article, or nobody may see it. */
  | { kind: "left-out"; reasons: string[] }
  /** The request was sent, and no response came: nobody knows whether the site did it. */
  | { kind: "unanswered"; reasons: string[] }
  /** The request was not sent. */
  | { kind: "unsent" };

/** A document's outcome. `warnings`: those from before the request, then the site's. */
export type Result = { name: string; outcome: Outcome; warnings: readonly Issue[] };

/** The result of a document that can't be sent, with every reason. */
export function refusedResult(name: string, reasons: string[], warnings: readonly Issue[] = []): Result {
  return { name, outcome: { kind: "refused", reasons }, warnings };
}
