/** `dateline lint`: asks the site what it and the aggregators would say of documents. */
import { Command } from "commander";
import * as v from "valibot";
import type { Verdict } from "../transport/responses.ts";
import { planOf } from "../files/plan.ts";
import { ManyOptions, Sections, withConcurrency, withSections, withSite } from "../options.ts";
import { pictureSource } from "../pictures/picture-source.ts";
import { runAndReport } from "./run-and-report.ts";
import type { Session } from "../session.ts";
import { siteAt } from "../transport/site.ts";
import { failureLines, leftOutLine, fileWarningLines, warningLines } from "../summary.ts";
import type { Result } from "../transport/task.ts";

const Options = v.object({
  ...ManyOptions.entries,
  strict: v.optional(v.boolean(), false),
  section: Sections,
});

const DRY_RUN = { isDryRun: true, isDraft: false, isSilent: false };

export function lintCommand(session: Session): Command {
  const command = new Command("lint")
    .description("check documents against the rules of the site and of each aggregator; nothing changes")
    .argument("<path...>", "files, and folders with everything in them")
    .option("--strict", "fail when an aggregator refuses a document");
  withSections(
    command,
    "the section of documents that name none; replaces the categories of feed items; can be repeated",
  );
  return withSite(withConcurrency(command)).action(async (paths: string[]) => {
    const options = v.parse(Options, command.opts());
    const site = await siteAt(options.to, process.env);
    const withPictures = pictureSource(paths, site, session.interruption, true);
    const plan = await planOf(paths, DRY_RUN, options.section, withPictures);
    const results = await runAndReport(plan, site, options, session, () => undefined);
    const verdicts = results.flatMap(verdictsOf);
    const isRefused = verdicts.some(({ verdict }) => verdict === "refuses");
    if (options.strict && isRefused) session.fail();
    if (options.json) {
      const files = plan.fileWarnings.map(({ file, warnings }) => ({
        document: file,
        result: "read",
        warnings,
      }));
      session.out.json([...results.map(jsonOf), ...files]);
      return;
    }
    const reports = [...results.map(reportOf), ...plan.fileWarnings.map(fileWarningLines)];
    for (const lines of reports) session.out.line(lines.join("\n"));
  });
}

function verdictsOf({ outcome }: Result): Verdict[] {
  return "upload" in outcome ? outcome.upload.verdicts : [];
}

/** @returns lines: the document, the site's warnings, and each aggregator's verdict with its findings */
function reportOf(result: Result): string[] {
  const { name, outcome } = result;
  if (outcome.kind === "withdrawn-before") return [`${name}: withdrawn earlier`];
  if (outcome.kind === "unsent") return [`${name}: not sent`];
  if (!("upload" in outcome)) return [...failureLines(result), ...leftOutLine(result)];
  return [name, ...warningLines(result), ...outcome.upload.verdicts.flatMap(verdictLines)];
}

function verdictLines({ aggregator, verdict, findings }: Verdict): string[] {
  return [
    `  ${aggregator} ${verdict}`,
    ...findings.flatMap(({ severity, field, detail, found, requirement, source }) => [
      `    ${severity}${field === undefined ? "" : `, ${field}`}: ${detail}${found ? ` Found: ${found}` : ""}`,
      ...(requirement ? [`      “${requirement}”${source ? ` ${source}` : ""}`] : []),
    ]),
  ];
}

function jsonOf(result: Result): unknown {
  const { name, outcome, warnings } = result;
  return {
    document: name,
    result: outcome.kind,
    warnings,
    ...("upload" in outcome && { verdicts: outcome.upload.verdicts }),
    ...("reasons" in outcome && { reasons: outcome.reasons }),
  };
}
