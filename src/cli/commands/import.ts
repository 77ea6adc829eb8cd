/** `dateline import`: sends JSON lines, such as an export wrote, to the site. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { Command } from "commander";
import * as v from "valibot";
import { importBatch, type LineResult } from "../transport/import-batch.ts";
import { batchesOf, type Line, linesOf } from "../files/lines.ts";
import { countsText } from "../counts.ts";
import { SiteOptions, withSite } from "../options.ts";
import { mediaFolderOf, uploadPictures } from "../pictures/copy-folder.ts";
import { showProgress } from "../progress.ts";
import type { Session } from "../session.ts";
import { failureLines, isComplete, leftOutLine, lineOf, summaryJson } from "../summary.ts";
import { type Site, siteAt } from "../transport/site.ts";
import type { Result } from "../transport/task.ts";
import { WrongUsage } from "../wrong-usage.ts";

// The limits of one request: so many lines that the round trip doesn't count, so few that the site answers in seconds.
const BATCH = { lines: 500, bytes: 1024 * 1024 };
// As many refusals as a person would read at the end. Each was printed when it came.
const MAX_REFUSALS_KEPT = 1000;
const STANDARD_INPUT = "-";

const MediaOptions = v.object({
  withMedia: v.optional(v.boolean(), false),
  withoutMedia: v.optional(v.boolean(), false),
});
type MediaOptions = v.InferOutput<typeof MediaOptions>;
const Options = v.object({ ...SiteOptions.entries, ...MediaOptions.entries });

/** The counts and refusals of an import; bounded in size, however long the file is. */
type ImportReport = {
  lines: number;
  changes: Map<string, number>;
  refused: number;
  refusals: { line: number; reasons: string[] }[];
  /** Why the import ended before the file did. A second run goes on: what was done stays done. */
  stopped: string[] | undefined;
};

export function importCommand(session: Session): Command {
  const command = new Command("import")
    .description("import what export wrote; after an interruption, run it again to go on")
    .argument("<file>", "a file that dateline export wrote, or - for standard input")
    .option(
      "--with-media",
      "fail if the folder of its pictures is missing; if it is there, they are uploaded",
    )
    .option("--without-media", "leave the pictures of that folder out");
  return withSite(command).action(async (file: string) => {
    const { to, json, ...media } = v.parse(Options, command.opts());
    const site = await siteAt(to, process.env);
    const size = file === STANDARD_INPUT ? undefined : await sizeOf(file);
    const hasPictures = await hasMedia(file, media);
    const progress = showProgress(size, session.out, process, json);
    const pictures = hasPictures
      ? await uploadPictures(file, site, session.interruption, (result) => progress.line(lineOf(result)))
      : [];
    const report = isComplete(pictures)
      ? await importStream(openFile(file), site, session, (lines, end) => {
          for (const line of lines) progress.line(lineText(line));
          progress.reach(end);
        })
      : { ...emptyReport(), stopped: [WITHOUT_PICTURES] };
    progress.end();
    const isAnyAbsent = pictures.some(({ outcome }) => outcome.kind === "left-out");
    if (report.refused > 0 || report.stopped !== undefined || isAnyAbsent) session.fail();
    if (json)
      session.out.json({ ...report, changes: Object.fromEntries(report.changes), ...picturesJson(pictures) });
    else session.out.line(["", ...picturesText(pictures), ...summaryOf(report)].join("\n"));
  });
}

function emptyReport(): ImportReport {
  return { lines: 0, changes: new Map(), refused: 0, refusals: [], stopped: undefined };
}

// An article that names a picture needs it: the lines come after the pictures.
const WITHOUT_PICTURES =
  "not every picture was uploaded, and no line was sent. (--without-media leaves them out.)";

/**
 * Whether pictures lie beside the file, and are wanted.
 * @throws WrongUsage when they are wanted and aren't there
 */
async function hasMedia(file: string, { withMedia, withoutMedia }: MediaOptions): Promise<boolean> {
  if (withMedia && withoutMedia) throw new WrongUsage("--with-media or --without-media, not both.");
  if (withoutMedia) return false;
  if (file === STANDARD_INPUT) {
    if (withMedia)
      throw new WrongUsage("--with-media needs a file, whose folder of pictures lies beside it.");
    return false;
  }
  const folder = mediaFolderOf(file);
  const stats = await stat(folder).catch(() => undefined);
  const isThere = stats?.isDirectory() === true;
  if (withMedia && !isThere) throw new WrongUsage(`There is no folder ${folder}`);
  return isThere;
}

function picturesText(pictures: readonly Result[]): string[] {
  return pictures.length === 0
    ? []
    : [
        `pictures: ${countsText(pictures)}`,
        ...pictures.flatMap(failureLines),
        ...pictures.flatMap(leftOutLine),
      ];
}

function picturesJson(pictures: readonly Result[]): { pictures?: unknown } {
  return pictures.length === 0 ? {} : { pictures: summaryJson(pictures) };
}

async function importStream(
  stream: Readable,
  site: Site,
  { interruption }: Session,
  onBatch: (lines: LineResult[], end: number) => void,
): Promise<ImportReport> {
  const report = emptyReport();
  try {
    // Ctrl-C works while a named pipe has no writer yet, or a pipe is silent.
    const bytes: AsyncIterable<Buffer> = addAbortSignal(interruption.stopping, stream);
    for await (const batch of batchesOf(articleLines(linesOf(bytes)), BATCH)) {
      const result = await importBatch(batch, site, interruption);
      if (!result.ok) {
        report.stopped = result.reasons;
        return report;
      }
      for (const line of result.lines) count(report, line);
      onBatch(result.lines, batch.at(-1)?.end ?? 0);
      if (interruption.stopping.aborted) break;
    }
  } catch (error) {
    report.stopped = [error instanceof Error ? error.message : String(error)];
  }
  if (interruption.stopping.aborted) report.stopped = ["stopped before the end of the file"];
  return report;
}

// The start of the line that ends an export.
const END = Buffer.from('{"end":');

/** The lines that hold an article: neither blank lines nor the line that ends an export. */
async function* articleLines(lines: AsyncIterable<Line>): AsyncGenerator<Line> {
  for await (const line of lines) {
    if (!line.bytes.subarray(0, END.length).equals(END) && line.bytes.some((byte) => byte > 0x20)) yield line;
  }
}

function count(report: ImportReport, line: LineResult): void {
  report.lines += 1;
  if ("change" in line) {
    report.changes.set(line.change, (report.changes.get(line.change) ?? 0) + 1);
    return;
  }
  report.refused += 1;
  if (report.refusals.length < MAX_REFUSALS_KEPT) report.refusals.push(line);
}

function lineText(line: LineResult): string {
  return "change" in line
    ? `${line.change}  ${line.id ?? ""}  (line ${line.line})`
    : `refused  line ${line.line}  ${line.reasons.join(" ")}`;
}

function summaryOf({ lines, changes, refused, refusals, stopped }: ImportReport): string[] {
  const counts = [...changes].map(([change, number]) => `${number} ${change}`);
  const more = refused - refusals.length;
  return [
    [`${lines} lines`, ...counts, ...(refused > 0 ? [`${refused} refused`] : [])].join(", "),
    ...refusals.flatMap(({ line, reasons }) => [
      `line ${line}: refused`,
      ...reasons.map((reason) => `  ${reason}`),
    ]),
    ...(more > 0 ? [`and ${more} more refused`] : []),
    ...(stopped === undefined
      ? []
      : [`The import is not complete: ${stopped.join(" ")}`, "Run it again to go on."]),
  ];
}

function openFile(file: string): Readable {
  return file === STANDARD_INPUT ? process.stdin : createReadStream(file);
}

async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new WrongUsage(error.code === "ENOENT" ? `There is no file ${file}` : error.message);
  });
  if (stats.isDirectory()) throw new WrongUsage(`${file} is a folder, not a file`);
  return stats.size;
}
