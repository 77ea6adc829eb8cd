/** GET /api/readers: who reads the feeds. */
import { formatInstant } from "../../article/instant.ts";
import type { Context } from "hono";
import * as v from "valibot";
import type { Site } from "../../article/site.ts";
import { type Reader, UNIONS } from "../../desk/ledger/readers.ts";
import { byFeed, sum } from "../../audience/feed-audience.ts";
import { OUTPUT_FILES, partPath } from "../../feed/addresses.ts";
import type { ReaderList, ReaderView } from "../schemas/readers.ts";
import { PAGINATION, readPagination, readPlace, paginate, writePlace } from "../pagination.ts";
import { readQuery } from "../decode.ts";
import { theDesk } from "../../desk/stub.ts";

export const ReadersQuery = v.strictObject({
  ...PAGINATION,
  feed: v.pipe(
    v.optional(v.pipe(v.string(), v.nonEmpty("must not be empty"))),
    v.description("Who reads this feed: `all`, `section:` and a section's id, …"),
  ),
});

/** GET /api/readers lists who polls the feeds, a page at a time. */
export async function listReaders(c: Context<{ Bindings: Env }>, site: Site): Promise<Response> {
  const { feed, ...asked } = readQuery(c.req.queries(), ReadersQuery);
  const { after, limit } = readPagination(asked, readPlace);
  const desk = theDesk(c.env);
  const { page, next } = paginate(await desk.readers(feed, after, limit + 1), limit, writePlace);
  // A feed's readers may stand on several pages: its sum is that of them all.
  const audience = await desk.audience([...new Set(page.map((reader) => reader.feed))]);
  const list: v.InferOutput<typeof ReaderList> = {
    readers: page.flatMap((reader) => view(site, reader)),
    feeds: [...byFeed(audience)].map(([id, of]) => ({ feed: id, subscribers: sum(of) })),
    next,
  };
  return c.json(list);
}

/** @returns nothing for a format that there is no more */
function view(
  site: Site,
  { feed, format, agent, subscribers, seen, requests, conditional }: Reader,
): v.InferOutput<typeof ReaderView>[] {
  const file = OUTPUT_FILES.get(format);
  if (file === undefined) return [];
  return [
    {
      feed,
      url: feed === UNIONS ? undefined : `${site.url}${partPath(feed, file)}`,
      format,
      agent,
      subscribers,
      seen: formatInstant(seen),
      requests,
      conditional: requests === 0 ? 0 : Math.round((conditional / requests) * 100) / 100,
    },
  ];
}
