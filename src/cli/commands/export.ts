/** `dateline export`: writes everything that the site holds as JSON lines, and its pictures into a folder. */
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import * as v from "valibot";
import { parseJson, readSiteResponse, reasonsOf } from "../transport/responses.ts";
import { SiteOptions, withSite } from "../options.ts";
import { fetchPictures, type Fetching } from "../pictures/copy-folder.ts";
import { requireFolderOf, writeWhole } from "../files/write-whole.ts";
import { Interrupted, send } from "../transport/request.ts";
import type { Session } from "../session.ts";
import { type Site, siteAt } from "../transport/site.ts";
import { WrongUsage } from "../wrong-usage.ts";

/** The schema of the last line of a whole export. */
const End = v.object({ end: v.object({ articles: v.number(), lines: v.number() }) });
type End = v.InferOutput<typeof End>["end"];

const Options = v.object({ ...SiteOptions.entries, withMedia: v.optional(v.boolean(), false) });
// More than the length of the last line.
const TAIL_BYTES = 1024;

export function exportCommand(session: Session): Command {
  const { out, fail, interruption } = session;
  const command = new Command("export")
    .description("export every article with every revision, as JSON lines")
    .argument("[file]", "the file to write; standard output without one")
    .option(
      "--with-media",
      "fetch the pictures, too, into a folder beside the file: copy.media for copy.ndjson",
    );
  return withSite(command).action(async (file: string | undefined) => {
    const { to, json, withMedia } = v.parse(Options, command.opts());
    if (json && file === undefined)
      throw new WrongUsage("--json needs a file: standard output is for the export itself.");
    if (withMedia && file === undefined)
      throw new WrongUsage("--with-media needs a file, whose folder of pictures lies beside it.");
    if (file !== undefined) await requireFolderOf(file);
    const site = await siteAt(to, process.env);
    const opened = await open(site, interruption.stopping);
    if (!opened.ok) {
      fail();
      out.note(`The site refused the export: ${opened.reasons.join(" ")}`);
      return;
    }
    const end = await (file === undefined
      ? copy(opened.response, process.stdout, interruption.stopping, false)
      : writeWhole(file, (target) =>
          copy(opened.response, target.createWriteStream({ flush: true }), interruption.stopping, true),
        ));
    if (end === undefined) {
      fail();
      out.note(
        `The export was cut off before its end${file === undefined ? "." : `: ${file} was not written.`}`,
      );
      return;
    }
    if (!json) {
      const place = file === undefined ? "" : ` to ${file}`;
      out.note(`exported ${end.articles} articles in ${end.lines} lines${place}`);
    }
    const media = withMedia && file !== undefined ? await fetchPictures(file, site, interruption) : undefined;
    if (media !== undefined && media.failed.length > 0) fail();
    if (json) out.json({ file, ...end, ...(media !== undefined && { media }) });
    else if (media !== undefined) out.note(fetchingLines(media).join("\n"));
  });
}

/** @returns what became of the pictures. The export is whole in any case: it only tells of them. */
function fetchingLines({ folder, fetched, present, failed }: Fetching): string[] {
  return [
    `fetched ${fetched} pictures to ${folder}${present === 0 ? "" : `, ${present} were there`}`,
    ...failed.map(({ id, reason }) => `${id}: not fetched. ${reason}`),
    ...(failed.length === 0 ? [] : ["Run it again to fetch what is missing."]),
  ];
}

// The response, and not its body alone: Node cancels a body that nobody reads yet when its response is collected as garbage.
type Opened = { ok: true; response: Response } | { ok: false; reasons: string[] };

/** Asks the site for an export. Ctrl-C ends it at once: there is nothing to finish. */
async function open(site: Site, stopping: AbortSignal): Promise<Opened> {
  return send(
    site,
    { method: "GET", path: "/api/export", isIdempotent: true },
    { stopping, aborting: stopping },
    async (response): Promise<Opened> =>
      response.ok
        ? { ok: true, response }
        : { ok: false, reasons: reasonsOf(await readSiteResponse(response)) },
  );
}

/**
 * Copies the body of an export to a stream.
 * @param end whether to end the stream after the body
 * @returns the counts in the last line of the export; undefined when it was cut off
 * @throws Interrupted after Ctrl-C, and when nobody reads the stream any more
 */
async function copy(
  { body }: Response,
  target: NodeJS.WritableStream,
  stopping: AbortSignal,
  end: boolean,
): Promise<End | undefined> {
  let tail = Buffer.alloc(0);
  const watch = async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of source) {
        tail = Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES);
        yield chunk;
      }
    } catch (error) {
      // The connection broke: the missing last line tells.
      if (!(error instanceof TypeError)) throw error;
    }
  };
  try {
    await pipeline(body ?? [], watch, target, { signal: stopping, end });
  } catch (error) {
    throw stopping.aborted || isClosedPipe(error) ? new Interrupted("broken off") : error;
  }
  const last = tail.toString().trimEnd().split("\n").at(-1) ?? "";
  const parsed = v.safeParse(End, parseJson(last));
  return parsed.success ? parsed.output.end : undefined;
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}
