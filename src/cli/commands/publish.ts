/** `dateline publish`: uploads documents and the items of feeds. */
import { Command } from "commander";
import * as v from "valibot";
import { planOf } from "../files/plan.ts";
import { ManyOptions, withConcurrency, withSections, withSite } from "../options.ts";
import { runAndReport } from "./run-and-report.ts";
import type { Session } from "../session.ts";
import { siteAt } from "../transport/site.ts";
import { summaryJson, summaryOf } from "../summary.ts";

const Options = v.object({
  ...ManyOptions.entries,
  dryRun: v.optional(v.boolean(), false),
  draft: v.optional(v.boolean(), false),
  silent: v.optional(v.boolean(), false),
  section: v.array(v.string()),
});

const DESCRIPTION = `Uploads documents, and the items of feeds.

A document's name says what it is (.txt a wire document, .md Markdown, .json a JSON draft
or ninjs, .ninjs ninjs) and, without the ending, its article's id, where it can be one.
Files that end in .xml, .rss or .atom, and JSON Feeds, are feeds or exports of WordPress or
Blogger: each item becomes an article that keeps the item's id. What was a draft there stays
one, and so does what lies in a folder _drafts; what nobody was to see is left out. Both are
named at the end.`;

export function publishCommand(session: Session): Command {
  const command = new Command("publish")
    .summary("upload documents, and the items of feeds")
    .description(DESCRIPTION)
    .argument("<path...>", "files, and folders with all that is in them")
    .option("--dry-run", "only say what would happen")
    .option("--draft", "keep as drafts, which no reader sees")
    .option("--silent", "don't move the time of the update: the change is none that readers need to see");
  withSections(
    command,
    "a section for documents that name none, and for feed items instead of their own; can be repeated",
  );
  return withSite(withConcurrency(command)).action(async (paths: string[]) => {
    const options = v.parse(Options, command.opts());
    const site = await siteAt(options.to, process.env);
    const mode = { isDryRun: options.dryRun, isDraft: options.draft, isSilent: options.silent };
    const plan = await planOf(paths, mode, options.section);
    const results = await runAndReport(plan, site, options, session);
    if (options.json) session.out.json(summaryJson(results, plan.fileWarnings));
    else {
      session.out.line(["", ...summaryOf(results, plan.fileWarnings)].join("\n"));
      const { skipped } = plan;
      if (skipped.length > 0) session.out.line(`passed over, by their names: ${skipped.join(", ")}`);
      if (options.dryRun) session.out.line("This was a dry run: nothing has changed.");
    }
  });
}
