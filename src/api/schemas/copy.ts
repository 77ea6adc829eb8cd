/** Schemas of the lines of an export and of the answer to an import. */
import * as v from "valibot";
import { CHANGES } from "../../desk/messages.ts";
import { ArticleSchema } from "../../store/records.ts";
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
      id: v.pipe(v.string(), v.description("An article's or a feed's.")),
      revision: v.optional(v.number()),
      resembles: v.optional(
        v.pipe(v.string(), v.description("An article of which this one looks like a second version.")),
      ),
      warnings: v.optional(v.array(IssueView)),
    }),
    v.object({
      summary: v.pipe(
        v.record(v.string(), v.number()),
        v.description("How many lines there were, how many were refused, and how many became what."),
      ),
    }),
  ]),
  v.description(
    "One line of an import's answer. The last one is the summary: without it the import was cut short.",
  ),
);

/** One line of an export; an import takes it back. */
export const ExportedLine = v.pipe(
  v.union([
    v.object({
      revision: v.object({
        digest: v.pipe(v.nullable(v.string()), v.description("Of the document that it came from.")),
        past: v.pipe(v.boolean(), v.description("Whether a later revision follows.")),
        places: v.pipe(
          v.optional(Places),
          v.description("On which archive page of each of its feeds the article stands."),
        ),
        article: ArticleSchema,
      }),
    }),
    Feed,
    v.object({ end: v.object({ articles: v.number(), lines: v.number() }) }),
  ]),
  v.description("One line of a copy. The last one is its end: without it the copy is not whole."),
);
