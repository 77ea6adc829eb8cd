/** An export: the whole ledger as NDJSON, which an import takes back. It reads a part of the ledger at a time. */
import type { MediaCopy, FeedPart, FeedPosition, Position } from "../../desk/commands/copy.ts";
import { streamOf } from "../../http/ndjson.ts";
import type { Call } from "../operations/operation.ts";

/**
 * Streams a line for each kept picture; then a line for each revision, those of an article in their order; then a line for each
 * picture that came meanwhile; then a line for each feed; then an end line. A copy without that line is not whole.
 */
export async function exportAll(desk: Call["desk"]): Promise<Response> {
  await desk.open();
  return new Response(streamOf(copyOf(desk)), {
    headers: {
      "Content-Type": "application/x-ndjson; charset=utf-8",
      "Content-Disposition": 'attachment; filename="dateline.ndjson"',
    },
  });
}

/** The text of the export, in pieces. */
async function* copyOf(desk: Call["desk"]): AsyncGenerator<string, void, undefined> {
  let after: Position | undefined;
  let articles = 0;
  const told = new Set<string>();
  let lines = yield* mediaOf(desk, told);
  for (;;) {
    const revisions = await desk.copiedRevisions(after);
    const last = revisions.at(-1);
    if (last === undefined) break;
    yield revisions
      .map(
        ({ digest, isPast, places, record }) =>
          `{"revision":{"digest":${JSON.stringify(digest ?? null)},"past":${isPast},"places":${JSON.stringify(places)},"article":${record}}}\n`,
      )
      .join("");
    articles += revisions.filter(({ revision }) => revision === 1).length;
    lines += revisions.length;
    after = { id: last.id, revision: last.revision };
  }
  // Articles that came meanwhile may have pictures that came with them.
  lines += yield* mediaOf(desk, told);
  for (let end: FeedPosition | undefined; ;) {
    const parts = await desk.copiedFeeds(end);
    end = parts.at(-1)?.end;
    if (end === undefined) break;
    yield parts.map(feedText).join("");
    lines += parts.filter(({ end: { page } }) => page === undefined).length;
  }
  yield `${JSON.stringify({ end: { articles, lines } })}\n`;
}

// An import takes a line that comes twice as unchanged: what finds no room may be told again.
const MAX_TOLD = 100_000;

/**
 * The lines of the kept pictures that weren't told of, or were told of as missing and are so no more.
 * @returns how many there were
 */
async function* mediaOf(desk: Call["desk"], told: Set<string>): AsyncGenerator<string, number, undefined> {
  let lines = 0;
  for (let id = ""; ;) {
    const media = await desk.copiedMedia(id);
    const last = media.at(-1);
    if (last === undefined) return lines;
    id = last.id;
    const untold = media.filter((record) => !told.has(nameOf(record)));
    if (untold.length === 0) continue;
    yield untold.map((record) => `${JSON.stringify({ media: record })}\n`).join("");
    lines += untold.length;
    for (const record of untold) if (told.size < MAX_TOLD) told.add(nameOf(record));
  }
}

function nameOf({ id, isMissing }: MediaCopy): string {
  return isMissing === true ? `${id} missing` : id;
}

/** A piece of a feed's line. The archive pages come last: the pieces continue their list. */
function feedText({ head, pages, end }: FeedPart): string {
  const start = head === undefined ? "," : `{"feed":${JSON.stringify(head).slice(0, -1)},"pages":[`;
  const list = pages.map((page) => JSON.stringify(page)).join(",");
  return `${head === undefined && list === "" ? "" : start}${list}${end.page === undefined ? "]}}\n" : ""}`;
}
