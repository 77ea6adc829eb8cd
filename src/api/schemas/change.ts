/** Schemas of the answers to writes. The description and the tests are made from them, and handlers are typed by them. */
import * as v from "valibot";
import { CHANGES } from "../../desk/messages.ts";
import { SEVERITIES } from "../../lint/rule.ts";
import { ISSUE_FIELDS } from "../../upload/issue.ts";
import { ArticleView } from "./article.ts";

const word = v.pipe(v.string(), v.description("A stable word for programs."));
const sentence = v.pipe(v.string(), v.description("One sentence for people."));
const found = v.pipe(
  v.string(),
  v.description("The text in question, shortened; empty where something is missing."),
);

export const IssueView = v.pipe(
  v.object({
    line: v.optional(
      v.pipe(v.number(), v.description("The line, counted from 1, in a document that has lines.")),
    ),
    path: v.optional(v.pipe(v.string(), v.description("A JSON Pointer (RFC 6901) in a document of fields."))),
    field: v.picklist(ISSUE_FIELDS),
    reason: word,
    detail: sentence,
    found,
  }),
  v.description("Something wrong or unusual in a document, and its place."),
);

export const Change = v.pipe(
  v.object({
    change: v.picklist(CHANGES),
    article: ArticleView,
    feeds: v.pipe(
      v.array(v.string()),
      v.description("The feeds that changed: `all`, `section:` and a section's id, …"),
    ),
    warnings: v.array(IssueView),
    deletedMedia: v.optional(
      v.pipe(v.array(v.string()), v.description("With `media=delete`: the ids of the deleted pictures.")),
    ),
  }),
  v.description("A change that was made; `unchanged` when nothing had to change."),
);

export const VerdictView = v.pipe(
  v.object({
    aggregator: v.string(),
    id: v.string(),
    verdict: v.picklist(["accepts", ...SEVERITIES]),
    findings: v.array(
      v.object({
        rule: word,
        severity: v.picklist(SEVERITIES),
        field: v.string(),
        detail: sentence,
        found,
        requirement: v.string(),
        source: v.pipe(v.string(), v.url(), v.description("The documentation on which the rule stands.")),
      }),
    ),
  }),
  v.description("The verdict of one aggregator on the article."),
);

export const Upload = v.pipe(
  v.object({ ...Change.entries, verdicts: v.array(VerdictView) }),
  v.description("The change that an upload made, and the verdicts of the aggregators."),
);

export const DryRun = v.pipe(
  v.object({
    ...Upload.entries,
    renderings: v.pipe(
      v.object({ rss: v.string(), atom: v.string(), json: v.string() }),
      v.description("The item as it would be in the feed of each format."),
    ),
  }),
  v.description("The change that an upload would make. Nothing was changed."),
);

/** The answer to an upload, which may be a dry run. */
export const UploadOrDryRun = v.union([DryRun, Upload]);
