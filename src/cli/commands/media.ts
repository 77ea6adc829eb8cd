/** `dateline media`: uploads, lists, describes and removes the pictures that the site keeps, and fetches their bytes. */
import { Command } from "commander";
import * as v from "valibot";
import { requireFolderOf } from "../files/write-whole.ts";
import { ManyOptions, SiteOptions, withConcurrency, withSite } from "../options.ts";
import { fetchPicture } from "../pictures/fetch-picture.ts";
import { pictureLine, pictureLines } from "../pictures/picture-lines.ts";
import { writePicture } from "../pictures/picture-file.ts";
import { pictureTask, type Said, settingTask } from "../pictures/picture-task.ts";
import type { Session } from "../session.ts";
import { summaryJson, summaryOf } from "../summary.ts";
import type { Request } from "../transport/request.ts";
import { Picture } from "../transport/responses.ts";
import { siteAt } from "../transport/site.ts";
import type { Result } from "../transport/task.ts";
import { WrongUsage } from "../wrong-usage.ts";
import { runAndReport } from "./run-and-report.ts";
import { sendAndPrint, sendAndRead } from "./send-and-print.ts";

const STANDARD_OUTPUT = "-";

const Texts = v.object({
  alt: v.optional(v.string()),
  caption: v.optional(v.string()),
  credit: v.optional(v.string()),
  licence: v.optional(v.string()),
});

const PutOptions = v.object({
  ...ManyOptions.entries,
  ...Texts.entries,
  proposals: v.optional(v.boolean(), false),
  article: v.optional(v.string()),
});

const DescribeOptions = v.object({
  ...Texts.entries,
  alt: v.optional(v.union([v.string(), v.literal(false)])),
});

const Used = v.object({ media: Picture, uses: v.array(v.string()) });
const List = v.object({ media: v.array(Picture), next: v.optional(v.string()) });
const Deleted = v.object({ deleted: v.string() });

export function mediaCommand(session: Session): Command {
  const command = new Command("media").description("upload, list, fetch, describe and remove pictures");
  for (const each of [putCommand, listCommand, getCommand, describeCommand, removeCommand]) {
    command.addCommand(withSite(each(session)));
  }
  return command;
}

function putCommand(session: Session): Command {
  const command = new Command("put")
    .description("upload pictures (JPEG, PNG, WebP, GIF, AVIF), which articles then name by their ids")
    .argument("<file...>", "files of pictures")
    .option("--proposals", "take what a file itself says (IPTC, XMP) where nothing else is said")
    .option("--article <id>", "make the picture the article's picture, too");
  withTexts(withConcurrency(command));
  return command.action(async (files: string[]) => {
    const { alt, caption, credit, licence, ...options } = v.parse(PutOptions, command.opts());
    const { article, proposals } = options;
    requireOneFile(files, { "--alt": alt, "--caption": caption, "--article": article });
    const site = await siteAt(options.to, process.env);
    const said: Said = { alt, caption, credit, licence, proposals };
    const tasks = files.map((file) => pictureTask(file, said));
    const results = await runAndReport({ tasks, localResults: [] }, site, options, session);
    if (article !== undefined) {
      const setting = results.flatMap((result) => settingOf(result, article));
      results.push(...(await runAndReport({ tasks: setting, localResults: [] }, site, options, session)));
    }
    if (options.json) session.out.json(summaryJson(results));
    else {
      session.out.line(["", ...summaryOf(results)].join("\n"));
      for (const line of proposals ? [] : results.flatMap(proposalLines)) session.out.line(line);
    }
  });
}

/** @throws WrongUsage for an option that can be true of one picture alone, with several files */
function requireOneFile(files: readonly string[], options: Record<string, string | undefined>): void {
  if (files.length === 1) return;
  const given = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (given.length > 0) throw new WrongUsage(`${given.join(" and ")}: for one picture at a time.`);
}

function settingOf({ name, outcome }: Result, article: string): ReturnType<typeof settingTask>[] {
  return "picture" in outcome
    ? [settingTask(`${name} of ${article}`, article, outcome.picture.media.id)]
    : [];
}

/** @returns what a file says of its picture and nobody has taken */
function proposalLines({ name, outcome }: Result): string[] {
  if (!("picture" in outcome)) return [];
  const { media, proposed } = outcome.picture;
  const open = TEXTS.flatMap((text) => {
    const words = proposed[text];
    return words === undefined || media[text] !== undefined ? [] : [`  ${text}: ${words}`];
  });
  return open.length === 0 ? [] : [`${name}: the file says more; --proposals takes it`, ...open];
}

const TEXTS = ["alt", "caption", "credit", "licence"] as const;

function listCommand(session: Session): Command {
  const command = new Command("list").description("list the pictures that the site keeps, the newest first");
  return command.action(async () => {
    const all: Picture[] = [];
    let cursor: string | undefined;
    do {
      const path = cursor === undefined ? "/api/media" : `/api/media?cursor=${encodeURIComponent(cursor)}`;
      const part = await sendAndRead(command, session, read(path), List);
      if (part === undefined) return;
      all.push(...part.value.media);
      cursor = part.value.next;
    } while (cursor !== undefined);
    if (v.parse(SiteOptions, command.opts()).json) session.out.json({ media: all });
    else for (const picture of all) session.out.line(pictureLine(picture));
  });
}

function getCommand(session: Session): Command {
  const command = new Command("get")
    .description("write the bytes of a picture to a file; without one, say what is known of it")
    .argument("<id>", "the picture's id")
    .argument("[file]", "the file to write, or - for standard output");
  return command.action(async (id: string, file: string | undefined) => {
    const { to, json } = v.parse(SiteOptions, command.opts());
    const request = read(pathOf(id));
    if (file === undefined) {
      await sendAndPrint(command, session, request, Used, ({ media, uses }) =>
        session.out.line(pictureLines(media, uses).join("\n")),
      );
      return;
    }
    if (file === STANDARD_OUTPUT) requireReader(json);
    else await requireFolderOf(file);
    const found = await sendAndRead(command, session, request, Used);
    if (found === undefined) return;
    const { media } = found.value;
    const fetched = await fetchPicture(media, await siteAt(to, process.env), session.interruption);
    if (!fetched.ok) {
      session.fail();
      session.out.note(`${id}: ${fetched.reason}`);
    } else if (file === STANDARD_OUTPUT) process.stdout.write(fetched.bytes);
    else {
      await writePicture(file, fetched.bytes);
      if (json) session.out.json({ file, media });
      else session.out.note(`wrote ${media.length} bytes to ${file}`);
    }
  });
}

/** @throws WrongUsage where nobody could read the bytes of a picture */
function requireReader(json: boolean): void {
  if (json) throw new WrongUsage("--json needs a file: standard output is for the picture itself.");
  if (process.stdout.isTTY) {
    throw new WrongUsage(
      "A terminal can't show the bytes of a picture: name a file, or pass them on with |.",
    );
  }
}

function describeCommand(session: Session): Command {
  const command = new Command("describe")
    .description(
      'say what a picture shows; what you don\'t name stays, and --credit "" takes the credit away',
    )
    .argument("<id>", "the picture's id");
  withTexts(command).option("--no-alt", "take the alternative text away: nobody has said what it shows");
  return command.action(async (id: string) => {
    const given = v.parse(DescribeOptions, command.opts());
    if (Object.values(given).every((text) => text === undefined)) {
      throw new WrongUsage("Name at least one of --alt, --caption, --credit and --licence.");
    }
    const found = await sendAndRead(command, session, read(pathOf(id)), Used);
    if (found === undefined) return;
    const { value, entityTag } = found;
    const { alt, ...others } = given;
    const said = { ...v.parse(Texts, value.media), ...others };
    const body = JSON.stringify(alt === undefined ? said : { ...said, alt: alt === false ? null : alt });
    const headers = {
      "Content-Type": "application/json",
      // Somebody may describe it meanwhile.
      ...(entityTag !== undefined && { "If-Match": entityTag }),
    };
    const request: Request = { method: "PUT", path: pathOf(id), headers, body, isIdempotent: true };
    await sendAndPrint(command, session, request, Picture, (picture) =>
      session.out.line(pictureLines(picture).join("\n")),
    );
  });
}

function removeCommand(session: Session): Command {
  const command = new Command("remove")
    .description("remove a picture that no article uses")
    .argument("<id>", "the picture's id");
  return command.action(async (id: string) => {
    const request: Request = { method: "DELETE", path: pathOf(id), isIdempotent: true };
    await sendAndPrint(command, session, request, Deleted, ({ deleted }) =>
      session.out.line(`removed  ${deleted}`),
    );
  });
}

function withTexts(command: Command): Command {
  return command
    .option("--alt <text>", "what the picture shows, for those who don't see it; empty if it only decorates")
    .option("--caption <text>", "what stands under it")
    .option("--credit <text>", "who made it")
    .option("--licence <text>", "its licence, or the licence's address");
}

function read(path: string): Request {
  return { method: "GET", path, isIdempotent: true };
}

function pathOf(id: string): string {
  return `/api/media/${encodeURIComponent(id)}`;
}
