/** The folder of pictures beside an export: `copy.ndjson` has `copy.media`. Filled by an export, uploaded by an import. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import pMap from "p-map";
import * as v from "valibot";
import { isMediaId, originalName, PICTURE_TYPES } from "../../article/media.ts";
import { linesOf } from "../files/lines.ts";
import { makePrivateFolder } from "../files/private.ts";
import type { Interruption } from "../transport/interruption.ts";
import { isUnanswered, send } from "../transport/request.ts";
import { parseJson, Picture, readSiteResponse, type SiteResponse } from "../transport/responses.ts";
import { runTasks } from "../transport/run-tasks.ts";
import type { Site } from "../transport/site.ts";
import { refusedResult, type Result, type Task } from "../transport/task.ts";
import { fetchPicture } from "./fetch-picture.ts";
import { areBytesOf, holdsPicture, isThere, readPicture, writePicture } from "./picture-file.ts";
import { pictureTask, uploadOutcome } from "./picture-task.ts";

const CONCURRENCY = 4;

const MediaLine = v.object({
  media: v.object({
    id: v.pipe(v.string(), v.check(isMediaId)),
    type: v.picklist(PICTURE_TYPES),
    isMissing: v.optional(v.boolean(), false),
  }),
});
type Copied = v.InferOutput<typeof MediaLine>["media"];

/** @returns the folder of an export's pictures: `copy.media` for `copy.ndjson` */
export function mediaFolderOf(file: string): string {
  return `${file.replace(/\.[^./\\]+$/, "")}.media`;
}

// Pictures come first in an export, but a file may have been put together by hand.
const START = Buffer.from('{"media":');

/** The pictures of which an export tells, but those that the site lacked itself: their files are nowhere. */
async function picturesIn(file: string): Promise<Copied[]> {
  const found: Copied[] = [];
  for await (const { bytes } of linesOf(createReadStream(file))) {
    if (!bytes.subarray(0, START.length).equals(START)) continue;
    const line = v.safeParse(MediaLine, parseJson(bytes.toString()));
    if (line.success && !line.output.media.isMissing) found.push(line.output.media);
  }
  return found;
}

/** `fetched` now, `present` before; `failed` with the reason of each. */
export type Fetching = {
  folder: string;
  fetched: number;
  present: number;
  failed: { id: string; reason: string }[];
};

/**
 * Fetches the pictures of an export into its folder, those that aren't there. Each file is the picture whole, checked against its
 * id, and readable for its owner alone.
 */
export async function fetchPictures(file: string, site: Site, interruption: Interruption): Promise<Fetching> {
  const folder = mediaFolderOf(file);
  const report: Fetching = { folder, fetched: 0, present: 0, failed: [] };
  const pictures = await picturesIn(file);
  if (pictures.length > 0) await makePrivateFolder(folder);
  await pMap(
    pictures,
    async (picture) => {
      const path = join(folder, originalName(picture.id, picture.type));
      if (await holdsPicture(path, picture.id)) {
        report.present += 1;
        return;
      }
      const reason = await fetchInto(path, picture, site, interruption);
      if (reason === undefined) report.fetched += 1;
      else report.failed.push({ id: picture.id, reason });
    },
    { concurrency: CONCURRENCY },
  );
  return report;
}

/** @returns why the picture isn't there; undefined when it is */
async function fetchInto(
  path: string,
  picture: Copied,
  site: Site,
  interruption: Interruption,
): Promise<string | undefined> {
  if (interruption.stopping.aborted) return "not fetched";
  try {
    const fetched = await fetchPicture(picture, site, interruption);
    if (!fetched.ok) return fetched.reason;
    await writePicture(path, fetched.bytes);
    return undefined;
  } catch (error) {
    if (!isUnanswered(error)) throw error;
    return error.message;
  }
}

const Known = v.object({ media: Picture });

/**
 * Uploads the pictures of an export that lie in its folder and that the site doesn't keep.
 * @returns the result of each picture that was uploaded, or should have been; one that isn't in the folder is left out
 */
export async function uploadPictures(
  file: string,
  site: Site,
  interruption: Interruption,
  onDone: (result: Result) => void,
): Promise<Result[]> {
  const folder = mediaFolderOf(file);
  const tasks = (await picturesIn(file)).map(({ id, type }) => {
    const path = join(folder, originalName(id, type));
    const task = pictureTask(path, {}, async () => {
      const bytes = await readPicture(path);
      if (areBytesOf(id, bytes)) return bytes;
      throw new Error(`${path} is damaged: its bytes are not those of this picture`);
    });
    task.outcomeOf = (response) => sameOrRefused(id, response);
    return { id, path, task };
  });
  const missing: Task[] = [];
  const leftOut: Result[] = [];
  for (const { id, path, task } of tasks) {
    if (interruption.stopping.aborted || (await isKept(id, site, interruption))) continue;
    if (await isThere(path)) missing.push(task);
    else leftOut.push(absentResult(path));
  }
  for (const result of leftOut) onDone(result);
  return [...leftOut, ...(await runTasks(missing, site, CONCURRENCY, interruption, onDone))];
}

function absentResult(path: string): Result {
  const reasons = ["There is no such file. Articles with the picture are sent, and readers don't see it."];
  return { name: path, outcome: { kind: "left-out", reasons }, warnings: [] };
}

/** The articles of the copy name the picture by its id: another one doesn't help them. */
function sameOrRefused(id: string, response: SiteResponse): Result["outcome"] | undefined {
  const outcome = uploadOutcome(response);
  if (outcome === undefined || !("picture" in outcome) || outcome.picture.media.id === id) return outcome;
  return refusedResult("", [`The site keeps it under another id, ${outcome.picture.media.id}.`]).outcome;
}

async function isKept(id: string, site: Site, interruption: Interruption): Promise<boolean> {
  const request = { method: "GET", path: `/api/media/${id}`, isIdempotent: true } as const;
  const { isOk, body } = await send(site, request, interruption, readSiteResponse);
  const known = v.safeParse(Known, body);
  return isOk && known.success && !known.output.media.isMissing;
}
