/** Schemas of the lines of an export and of the answer to an import. */
import * as v from "valibot";
import { CHANGES } from "../../desk/messages.ts";
import { ArticleSchema } from "../../store/records.ts";
import { CopiedMedia } from "../handlers/copied-media.ts";
import { Feed, Places } from "../handlers/import-line.ts";
import { IssueView } from "./change.ts";
import { ProblemView } from "./problem.ts";

const line = v.pipe(v.number(), v.description("The line of the import, counted from 1."));

/** One line of the answer to an import: the result of a line, or the summary at the end. */
export const ImportedLine = v.pipe(
  v.union([
    v.object({ line, problem: ProblemView, warnings: v.optional(v.array(IssueView)) }),
    v.object({
      line,
      change: v.picklist(CHANGES),
      id: v.pipe(v.string(), v.description("The id of an article, a feed or a picture.")),
      revision: v.optional(v.number()),
      resembles: v.optional(
        v.pipe(
          v.string(),
          v.description("The id of an article that this one looks like a second version of."),
        ),
      ),
      warnings: v.optional(v.array(IssueView)),
    }),
    v.object({
      summary: v.pipe(
        v.record(v.string(), v.number()),
        v.description("How many lines there were, how many were refused, and how many made which change."),
      ),
    }),
  ]),
  v.description(
    "One line of the answer to an import. Without the last one, the summary, the import was cut short.",
  ),
);

/** One line of an export; an import takes it back. */
export const ExportedLine = v.pipe(
  v.union([
    v.object({
      revision: v.object({
        digest: v.pipe(
          v.nullable(v.string()),
          v.description("The digest of the document that it came from."),
        ),
        past: v.pipe(v.boolean(), v.description("Whether a later revision follows.")),
        places: v.pipe(
          v.optional(Places),
          v.description("The archive page of the article in each of its feeds."),
        ),
        article: ArticleSchema,
      }),
    }),
    Feed,
    CopiedMedia,
    v.object({ end: v.object({ articles: v.number(), lines: v.number() }) }),
  ]),
  v.description("One line of an export. Without the last one, the end, the export is not complete."),
);
