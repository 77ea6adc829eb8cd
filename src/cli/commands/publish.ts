/** `dateline publish`: uploads documents and the items of feeds. */
import { Command } from "commander";
import * as v from "valibot";
import { planOf } from "../files/plan.ts";
import { ManyOptions, Sections, withConcurrency, withSections, withSite } from "../options.ts";
import { pictureSource } from "../pictures/picture-source.ts";
import { runAndReport } from "./run-and-report.ts";
import type { Session } from "../session.ts";
import { siteAt } from "../transport/site.ts";
import { summaryJson, summaryOf } from "../summary.ts";

const Options = v.object({
  ...ManyOptions.entries,
  dryRun: v.optional(v.boolean(), false),
  draft: v.optional(v.boolean(), false),
  silent: v.optional(v.boolean(), false),
  section: Sections,
});

const DESCRIPTION = [
  "Upload documents, and the items of feeds.",
  "The ending of a file's name tells the format: .txt is a wire document, .md Markdown, .json a JSON draft or ninjs, .ninjs ninjs. The name without the ending becomes the article's id, if it is a valid one.",
  "Files that end in .xml, .rss or .atom, and JSON Feeds, are feeds or exports of WordPress or Blogger: each item becomes an article that keeps the item's id.",
  "A document whose image is a path from its own folder (image: pictures/quay.jpg, or image: { file: pictures/quay.jpg, alt: … }) has that file uploaded first. It must be a picture, and lie in the document's folder or in a folder that you name.",
  "Drafts in a feed or an export stay drafts, and files in a folder _drafts become drafts. Items that nobody may see are left out. The summary names both.",
].join("\n\n");

export function publishCommand(session: Session): Command {
  const command = new Command("publish")
    .summary("upload documents, and the items of feeds")
    .description(DESCRIPTION)
    .argument("<path...>", "files, and folders with everything in them")
    .option("--dry-run", "only say what would happen; nothing changes")
    .option("--draft", "upload as drafts, which no reader sees")
    .option("--silent", "keep the time of the last update, for changes that readers need not notice");
  withSections(
    command,
    "the section of documents that name none; replaces the categories of feed items; can be repeated",
  );
  return withSite(withConcurrency(command)).action(async (paths: string[]) => {
    const options = v.parse(Options, command.opts());
    const site = await siteAt(options.to, process.env);
    const mode = { isDryRun: options.dryRun, isDraft: options.draft, isSilent: options.silent };
    const withPictures = pictureSource(paths, site, session.interruption, options.dryRun);
    const plan = await planOf(paths, mode, options.section, withPictures);
    const results = await runAndReport(plan, site, options, session);
    if (options.json) session.out.json(summaryJson(results, plan.fileWarnings));
    else {
      session.out.line(["", ...summaryOf(results, plan.fileWarnings)].join("\n"));
      const { skipped } = plan;
      if (skipped.length > 0) session.out.line(`skipped files of unknown formats: ${skipped.join(", ")}`);
      if (options.dryRun) session.out.line("This was a dry run: nothing has changed.");
    }
  });
}
