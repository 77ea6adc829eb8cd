/** An export: the whole ledger as NDJSON, which an import takes back. It reads a part of the ledger at a time. */
import type { FeedPart, FeedPosition, Position } from "../../desk/commands/copy.ts";
import { streamOf } from "../../http/ndjson.ts";
import type { Call } from "../operations/operation.ts";

/**
 * Streams a line for each kept picture; then a line for each revision, those of an article in their order; then a line for each
 * feed; then an end line. A copy without that line is not whole.
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
  let lines = 0;
  for (let id = ""; ;) {
    const media = await desk.copiedMedia(id);
    const last = media.at(-1);
    if (last === undefined) break;
    yield media.map((record) => `${JSON.stringify({ media: record })}\n`).join("");
    lines += media.length;
    id = last.id;
  }
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
  for (let end: FeedPosition | undefined; ;) {
    const parts = await desk.copiedFeeds(end);
    end = parts.at(-1)?.end;
    if (end === undefined) break;
    yield parts.map(feedText).join("");
    lines += parts.filter(({ end: { page } }) => page === undefined).length;
  }
  yield `${JSON.stringify({ end: { articles, lines } })}\n`;
}

/** A piece of a feed's line. The archive pages come last: the pieces continue their list. */
function feedText({ head, pages, end }: FeedPart): string {
  const start = head === undefined ? "," : `{"feed":${JSON.stringify(head).slice(0, -1)},"pages":[`;
  const list = pages.map((page) => JSON.stringify(page)).join(",");
  return `${head === undefined && list === "" ? "" : start}${list}${end.page === undefined ? "]}}\n" : ""}`;
}
