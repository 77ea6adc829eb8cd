/** Maps the Desk's refusals to HTTP problems. */
import type { Accepted, Outcome, Refused } from "../desk/messages.ts";
import { unauthorized } from "../auth/challenge.ts";
import { Refusal } from "../http/problems.ts";
import { excessIssue } from "../upload/bounds.ts";

/**
 * @returns the outcome, when the Desk accepted
 * @throws Refusal when it refused
 */
export function acceptedOrThrow(outcome: Outcome): Accepted {
  if (outcome.ok) return outcome;
  throw problemOf(outcome);
}

/** The HTTP problem for a refusal of the Desk. */
export function problemOf(refused: Refused): Refusal {
  switch (refused.reason) {
    case "unauthorized":
      return unauthorized("invalid_token");
    case "forbidden":
      return "right" in refused.missing
        ? new Refusal("forbidden", {
            detail: `This needs the right “${refused.missing.right}”.`,
            members: refused.missing,
          })
        : new Refusal("forbidden", {
            detail: `This token doesn't cover the section “${refused.missing.section}”.`,
            members: refused.missing,
          });
    case "not-found":
      return new Refusal("not-found", {
        members: { article: refused.id },
        detail: "There is nothing with this id.",
      });
    case "token-expired":
      return new Refusal("token-expired");
    case "no-such-revision":
      return new Refusal("not-found", {
        members: { article: refused.id, revision: refused.revision },
        detail: "The article has no such revision.",
      });
    case "withdrawn":
      return new Refusal("withdrawn", { members: { article: refused.id } });
    case "guid-taken":
      return new Refusal("guid-taken", { members: { article: refused.id, guid: refused.guid } });
    case "expires-before-published":
      return new Refusal("invalid-document", {
        members: { article: refused.id },
        issues: [
          {
            path: "/expires",
            field: "expires",
            reason: "expires-before-published",
            detail: "The article would expire before it is published.",
            found: "",
          },
        ],
      });
    case "no-such-media":
      return new Refusal("no-such-media", { members: { media: refused.media } });
    case "beyond-bounds":
      return new Refusal("invalid-document", {
        members: { article: refused.id },
        issues: refused.excesses.map((excess) => excessIssue(excess, {})),
      });
    case "description-changed":
      return new Refusal("precondition-failed", {
        members: { media: refused.media },
        headers: { ETag: `"${refused.tag}"` },
      });
    case "media-in-use":
      return new Refusal("media-in-use", {
        members: { media: refused.media, articles: refused.articles },
      });
    case "key-reused":
      return new Refusal("idempotency-key-reused");
    case "too-many-keys":
      return new Refusal("too-many-idempotency-keys");
    case "storage-full":
      return new Refusal("storage-full");
    case "revision-missing":
      return new Refusal("revision-conflict", {
        members: { article: refused.id, revision: refused.revision },
        detail: "The revision before this one is missing.",
      });
    case "revision-differs":
      return new Refusal("revision-conflict", {
        members: { article: refused.id, revision: refused.revision },
        detail: "The article has a different revision with this number.",
      });
    case "expectation-failed":
      return new Refusal("precondition-failed", {
        members: { article: refused.id, revision: refused.revision },
        ...(refused.revision !== undefined && { headers: { ETag: revisionTag(refused) } }),
      });
  }
}

/** The entity tag of a revision, as the editor's API uses it. */
export function revisionTag({ revision }: { revision?: number | undefined }): string {
  return `"${revision}"`;
}
