/** Schema of a problem document (RFC 9457), with the members that some types add. */
import * as v from "valibot";
import { RIGHTS } from "../../desk/principal.ts";
import { IssueView } from "./change.ts";

export const ProblemView = v.pipe(
  v.object({
    type: v.pipe(
      v.string(),
      v.url(),
      v.description("The type of the problem; a page at this address explains it."),
    ),
    title: v.string(),
    status: v.pipe(v.number(), v.integer()),
    detail: v.string(),
    issues: v.optional(v.array(IssueView)),
    warnings: v.optional(v.array(IssueView)),
    article: v.optional(v.pipe(v.string(), v.description("The id of the article that it concerns."))),
    revision: v.optional(v.pipe(v.number(), v.description("The article's present revision."))),
    guid: v.optional(v.string()),
    right: v.optional(v.pipe(v.picklist(RIGHTS), v.description("The right that is missing."))),
    section: v.optional(
      v.pipe(v.string(), v.description("The id of the section that the token doesn't cover.")),
    ),
    media: v.optional(v.pipe(v.string(), v.description("The id of the picture that it concerns."))),
    articles: v.optional(
      v.pipe(v.array(v.string()), v.description("The ids of articles that use the picture.")),
    ),
    max: v.optional(v.pipe(v.number(), v.description("The limit that was exceeded."))),
    accepted: v.optional(v.pipe(v.string(), v.description("The media types that are taken."))),
  }),
  v.description("Why a request was refused (RFC 9457)."),
);
