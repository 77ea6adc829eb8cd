/** Files → the plan of a run: the tasks to send, and the results that need no request. */
import { readFile } from "node:fs/promises";
import { basename, dirname, resolve, sep } from "node:path";
import * as v from "valibot";
import { type Issue, parseJson } from "../transport/responses.ts";
import { documentTask, type Mode } from "./document-task.ts";
import { filesAt } from "./files.ts";
import { type Format, formatOf, KNOWN_ENDINGS, MEDIA_TYPES } from "./formats.ts";
import type { PictureSource } from "../pictures/picture-source.ts";
import { KEPT_AS_DRAFT } from "../../upload/fields/visibility.ts";
import { refusedResult, type Result, type Task } from "../transport/task.ts";

export type Plan = {
  tasks: Task[];
  /** The results of documents that are not sent: they are unreadable, or nobody may see them. */
  localResults: Result[];
  /** The warnings about files with many documents, as wholes. */
  fileWarnings: FileWarnings[];
  /** The files in folders whose names have no known ending. */
  skipped: string[];
};

export type FileWarnings = { file: string; warnings: readonly Issue[] };

const JSON_FEED = v.looseObject({
  version: v.pipe(v.string(), v.startsWith("https://jsonfeed.org/version/")),
});
// ninjs has a `uri` (IPTC ninjs 1.0 to 3.0: the only property that is always required); Superdesk's has a guid.
const NINJS = v.union([
  v.pipe(
    v.looseObject({ uri: v.string() }),
    v.transform(({ uri }) => uri),
  ),
  v.pipe(
    v.looseObject({ guid: v.string(), pubstatus: v.unknown() }),
    v.transform(({ guid }) => guid),
  ),
]);

/**
 * Plans a run. Only feeds and JSON files are read now; the other documents are read when their tasks begin.
 * @param paths files and folders
 * @param mode of every upload
 * @param sections the sections of documents that name none, and of feed items, by name
 * @param withPictures uploads what a document names by its file
 * @throws WrongUsage when a path names nothing
 */
export async function planOf(
  paths: readonly string[],
  mode: Mode,
  sections: readonly string[],
  withPictures: PictureSource,
): Promise<Plan> {
  const plan: Plan = { tasks: [], localResults: [], fileWarnings: [], skipped: [] };
  for (const { path, isNamed } of await filesAt(paths)) {
    const known = formatOf(basename(path));
    if (known !== undefined) {
      await add(plan, path, known, mode, sections, withPictures).catch((error: unknown) => {
        plan.localResults.push(refusedResult(path, [error instanceof Error ? error.message : String(error)]));
      });
    } else if (isNamed) {
      const reason = `The name must end in one of ${KNOWN_ENDINGS}, which says what the file is.`;
      plan.localResults.push(refusedResult(path, [reason]));
    } else {
      plan.skipped.push(path);
    }
  }
  return plan;
}

async function add(
  plan: Plan,
  path: string,
  { format, stem }: { format: Format; stem: string },
  requested: Mode,
  sections: readonly string[],
  withPictures: PictureSource,
): Promise<void> {
  const warnings = requested.isDraft ? [] : draftSigns(path);
  const mode = { ...requested, isDraft: requested.isDraft || warnings.length > 0 };
  const isJson = format === "json" || format === "ninjs";
  // The decoder drops a byte order mark, which JSON doesn't allow.
  const content: unknown = isJson ? parseJson(new TextDecoder().decode(await readFile(path))) : undefined;
  if (format === "feed" || v.is(JSON_FEED, content)) {
    await addFeed(plan, path, mode, sections, warnings);
    return;
  }
  const ninjs = v.safeParse(NINJS, content);
  const guid = ninjs.success ? ninjs.output : undefined;
  plan.tasks.push(
    documentTask(
      path,
      {
        type: MEDIA_TYPES[format],
        ...(guid === undefined && format !== "ninjs" ? { stem } : { guid }),
        sections,
        warnings,
        read: async () => withPictures(path, format, await readFile(path)),
      },
      mode,
    ),
  );
}

async function addFeed(
  plan: Plan,
  path: string,
  mode: Mode,
  sections: readonly string[],
  signs: readonly Issue[],
): Promise<void> {
  // Loaded only for a feed: its parsers take longer to load than everything else.
  const { readFeed } = await import("../feed-file/read.ts");
  const feed = readFeed(await readFile(path), sections);
  if (feed.warnings.length > 0) plan.fileWarnings.push({ file: path, warnings: feed.warnings });
  for (const { label, outcome } of feed.items) {
    const name = `${path}, item ${label}`;
    if (outcome.kind !== "draft") {
      const { kind, reason, warnings } = outcome;
      plan.localResults.push({ name, outcome: { kind, reasons: [reason] }, warnings });
      continue;
    }
    const body = Buffer.from(JSON.stringify(outcome.draft));
    const { guid } = outcome.draft;
    const warnings = [...signs, ...outcome.warnings];
    plan.tasks.push(
      documentTask(name, { type: MEDIA_TYPES.json, guid, warnings, read: async () => body }, mode),
    );
  }
}

/** Jekyll's folder for drafts (https://jekyllrb.com/docs/posts/#drafts). */
const DRAFTS = "_drafts";

function draftSigns(path: string): Issue[] {
  if (!dirname(resolve(path)).split(sep).includes(DRAFTS)) return [];
  const detail = `The file lies in a folder ${DRAFTS}.`;
  return [{ field: "document", reason: KEPT_AS_DRAFT, detail, found: "" }];
}
