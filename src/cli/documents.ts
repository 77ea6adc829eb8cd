/** Files → what to send. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import * as v from "valibot";
import { parseJson } from "./answers.ts";
import { documentTask, type Mode } from "./document-task.ts";
import { filesAt } from "./files.ts";
import { type Format, formatOf, KNOWN_ENDINGS, MEDIA_TYPES } from "./formats.ts";
import type { Refusal, Task } from "./task.ts";

export type Plan = {
  tasks: Task[];
  /** Documents that can't be sent. */
  refusals: Refusal[];
  /** Files in folders whose names say that they are no documents. */
  passedOver: string[];
};

const JSON_FEED = v.looseObject({
  version: v.pipe(v.string(), v.startsWith("https://jsonfeed.org/version/")),
});
// ninjs is known by its `uri` (IPTC ninjs 1.0 to 3.0: the one property that is always required).
const NINJS = v.looseObject({ uri: v.string() });

/**
 * Reads what is needed to know how each file is sent; documents themselves are read when their turn comes.
 * @param paths files and folders
 * @param mode how everything is to be uploaded
 * @param sections the sections of feed items, by name; none: an item's first category
 * @throws WrongUsage when a path names nothing
 */
export async function planOf(
  paths: readonly string[],
  mode: Mode,
  sections: readonly string[],
): Promise<Plan> {
  const plan: Plan = { tasks: [], refusals: [], passedOver: [] };
  for (const { path, isNamed } of await filesAt(paths)) {
    const known = formatOf(basename(path));
    if (known !== undefined) {
      await add(plan, path, known, mode, sections).catch((error: unknown) => {
        plan.refusals.push({ name: path, reasons: [error instanceof Error ? error.message : String(error)] });
      });
    } else if (isNamed) {
      const reason = `The name must end in one of ${KNOWN_ENDINGS}, which says what the file is.`;
      plan.refusals.push({ name: path, reasons: [reason] });
    } else {
      plan.passedOver.push(path);
    }
  }
  return plan;
}

async function add(
  plan: Plan,
  path: string,
  { format, stem }: { format: Format; stem: string },
  mode: Mode,
  sections: readonly string[],
): Promise<void> {
  const isJson = format === "json" || format === "ninjs";
  const content: unknown = isJson ? parseJson(await readFile(path, "utf8")) : undefined;
  if (format === "feed" || v.is(JSON_FEED, content)) {
    await addFeed(plan, path, mode, sections);
    return;
  }
  const uri = v.is(NINJS, content) ? content.uri : undefined;
  plan.tasks.push(
    documentTask(
      path,
      {
        type: MEDIA_TYPES[format],
        ...(uri === undefined && format !== "ninjs" ? { stem } : { guid: uri }),
        read: () => readFile(path),
      },
      mode,
    ),
  );
}

async function addFeed(plan: Plan, path: string, mode: Mode, sections: readonly string[]): Promise<void> {
  // Loaded only when there is a feed: its parsers take longer to load than everything else.
  const { readFeed } = await import("./feed-file/read.ts");
  for (const { label, drafted } of readFeed(await readFile(path), sections)) {
    const name = `${path}, item ${label}`;
    if (!drafted.ok) {
      plan.refusals.push({ name, reasons: [drafted.reason] });
      continue;
    }
    const body = Buffer.from(JSON.stringify(drafted.draft));
    const { guid } = drafted.draft;
    plan.tasks.push(documentTask(name, { type: MEDIA_TYPES.json, guid, read: async () => body }, mode));
  }
}
