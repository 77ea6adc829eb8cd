/** The answer to a write: the article, its revision, the feeds that changed, and every warning. */
import type * as v from "valibot";
import { formatInstant } from "../article/instant.ts";
import type { Site } from "../article/site.ts";
import type { Accepted } from "../desk/messages.ts";
import type { IsolateCache } from "../http/isolate-cache.ts";
import { articleJson } from "../render/article-json.ts";
import type { Issue } from "../upload/issue.ts";
import { revisionTag } from "./desk-refusals.ts";
import { dryRun, verdictsOn } from "./dry-run.ts";
import type { Change, DryRun, Upload } from "./schemas/change.ts";

/**
 * Answers an accepted action.
 * @param warnings about its body
 */
export function changeResponse(site: Site, accepted: Accepted, warnings: Issue[]): Response {
  return respond(accepted, changeOf(site, accepted, warnings));
}

/**
 * Answers an accepted upload, with what aggregators would say of it.
 * @param warnings about the document
 */
export function uploadResponse(site: Site, accepted: Accepted, warnings: Issue[]): Response {
  const verdicts = verdictsOn(site, accepted.article, Date.now());
  return respond(accepted, { ...changeOf(site, accepted, warnings), verdicts });
}

/** Answers a dry run of an upload, with what would be published. It has no entity tag: there is no such revision. */
export function dryRunResponse(site: Site, accepted: Accepted, warnings: Issue[]): Response {
  const body: v.InferOutput<typeof DryRun> = {
    ...changeOf(site, accepted, warnings),
    ...dryRun(site, accepted.article, Date.now()),
  };
  return Response.json(body);
}

/** Has the isolate forget the KV values that a write made stale. */
export function forget(cache: IsolateCache, { staleKeys }: Accepted): void {
  for (const key of staleKeys) cache.editions.forget(key);
}

function respond(
  { article, change }: Accepted,
  body: v.InferOutput<typeof Change | typeof Upload>,
): Response {
  const isCreated = change === "created";
  return Response.json(body, {
    status: isCreated ? 201 : 200,
    headers: {
      ETag: revisionTag(article),
      ...(isCreated && { Location: `/api/articles/${article.id}` }),
    },
  });
}

function changeOf(site: Site, accepted: Accepted, warnings: Issue[]): v.InferOutput<typeof Change> {
  const { article, change, feeds, deletedMedia } = accepted;
  return {
    change,
    article: articleJson(site, article),
    feeds,
    warnings: [...warnings, ...warningsOf(accepted)],
    ...(deletedMedia !== undefined && { deletedMedia }),
  };
}

/** The warnings of the Desk about an article. */
function warningsOf({ article, resembles, isHidden }: Accepted): Issue[] {
  const warnings: Issue[] = [];
  if (resembles !== undefined) {
    warnings.push({
      field: "body",
      reason: "resembles-article",
      detail:
        "An article with the same time and sections has nearly the same body: is this a second version of it?",
      found: resembles,
    });
  }
  if (isHidden) {
    warnings.push({
      field: "published",
      reason: "hidden-from-readers",
      detail:
        article.status === "draft"
          ? "Readers saw this article; as a draft it has left every public place."
          : "Readers saw this article; under embargo again it has left every public place until its time.",
      found: formatInstant(article.published),
    });
  }
  return warnings;
}
