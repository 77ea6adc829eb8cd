/** GET /api/export: everything as NDJSON that an import takes back. A page of the ledger at a time. */
import type { Context } from "hono";
import type { FeedPart, FeedPosition, Position } from "../../desk/commands/copy.ts";
import type { Principal } from "../../desk/principal.ts";
import { theDesk } from "../../desk/stub.ts";
import { requireRight } from "../missing-permission.ts";

type ApiContext = Context<{ Bindings: Env }>;

/**
 * Streams a line for each revision of each article, an article's in their order; then one for each feed; then an end,
 * without which a copy is not whole.
 */
export async function exportAll(c: ApiContext, actor: Principal): Promise<Response> {
  requireRight(actor, "admin", "export");
  await theDesk(c.env).open();
  const pages = pagesOf(c.env);
  const encoder = new TextEncoder();
  const readable = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pages.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return c.body(readable, 200, {
    "Content-Type": "application/x-ndjson; charset=utf-8",
    "Content-Disposition": 'attachment; filename="dateline.ndjson"',
  });
}

async function* pagesOf(env: Env): AsyncGenerator<string, void, undefined> {
  const desk = theDesk(env);
  let after: Position | undefined;
  let articles = 0;
  let lines = 0;
  for (;;) {
    const page = await desk.copiedRevisions(after);
    const last = page.at(-1);
    if (last === undefined) break;
    yield page
      .map(
        ({ digest, isPast, places, record }) =>
          `{"revision":{"digest":${JSON.stringify(digest ?? null)},"past":${isPast},"places":${JSON.stringify(places)},"article":${record}}}\n`,
      )
      .join("");
    articles += page.filter(({ revision }) => revision === 1).length;
    lines += page.length;
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

/** A piece of a feed's line, whose archive pages stand last. */
function feedText({ head, pages, end }: FeedPart): string {
  const start = head === undefined ? "," : `{"feed":${JSON.stringify(head).slice(0, -1)},"pages":[`;
  const list = pages.map((page) => JSON.stringify(page)).join(",");
  return `${head === undefined && list === "" ? "" : start}${list}${end.page === undefined ? "]}}\n" : ""}`;
}
