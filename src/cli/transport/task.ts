/** One request about one article, and what became of it. */
import type { Issue, Upload } from "./responses.ts";
import type { Request } from "./request.ts";

export type Task = {
  /** What a person knows it by: a file's path, `feed.xml, item tag:…`, an article's id. */
  name: string;
  /** Of two tasks with the same identity the second waits for the first. */
  identity: string;
  /** Makes the request when its turn comes, so that no more than a few bodies are in memory. */
  request: () => Promise<Request>;
  /** What was noticed before anything was sent. */
  warnings?: readonly Issue[] | undefined;
};

export type Outcome =
  | { kind: "created" | "revised" | "unchanged" | "withdrawn" | "reinstated"; upload: Upload }
  /** The article was withdrawn earlier, and nothing changes that. */
  | { kind: "withdrawn-before" }
  | { kind: "refused"; reasons: string[] }
  /** A document that nobody is to see, or that is no article. */
  | { kind: "left-out"; reasons: string[] }
  /** It was sent, and no answer came: nobody knows whether it was carried out. */
  | { kind: "unanswered"; reasons: string[] }
  /** It was not sent, or was not carried out because it was broken off. */
  | { kind: "unsent" };

/** `warnings`: those from before the document was sent, then the site's. */
export type Result = { name: string; outcome: Outcome; warnings: readonly Issue[] };

/** A document that can't be sent, and every reason why. */
export function refusedResult(name: string, reasons: string[], warnings: readonly Issue[] = []): Result {
  return { name, outcome: { kind: "refused", reasons }, warnings };
}
