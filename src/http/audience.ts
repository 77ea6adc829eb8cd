/** The readers of the feeds, for editors: over HTTP, and as a line for each feed. */
import { formatInstant } from "../article/instant.ts";
import type { Context } from "hono";
import * as v from "valibot";
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { type Audience, type Reader, UNIONS } from "../desk/ledger/readers.ts";
import { OUTPUT_FILES, partPath } from "../feed/addresses.ts";
import type { ReaderList, ReaderView } from "./answered/readers.ts";
import { PAGE, readPage, readPlace, turnPage, writePlace } from "./cursor.ts";
import { readQuery } from "./decode.ts";
import { theDesk } from "../desk/stub.ts";

export const ReadersQuery = v.strictObject({
  ...PAGE,
  feed: v.pipe(
    v.optional(v.pipe(v.string(), v.nonEmpty("must not be empty"))),
    v.description("Who reads this feed: `all`, `section:` and a section's id, …"),
  ),
});

/** What the agents that are no software of one name are called, which stand last. */
const CROWDS = new Map([
  ["browser", "browsers"],
  ["other", "others"],
]);

/** GET /api/readers lists who polls the feeds, a page at a time. */
export async function listReaders(c: Context<{ Bindings: Env }>, site: Site): Promise<Response> {
  const { feed, ...asked } = readQuery(c, ReadersQuery);
  const { after, limit } = readPage(asked, readPlace);
  const desk = theDesk(c.env);
  const { page, next } = turnPage(await desk.readers(feed, after, limit + 1), limit, writePlace);
  // A feed's readers may stand on several pages: its sum is that of them all.
  const audience = await desk.audience([...new Set(page.map((reader) => reader.feed))]);
  const list: v.InferOutput<typeof ReaderList> = {
    readers: page.flatMap((reader) => view(site, reader)),
    feeds: [...byFeed(audience)].map(([id, of]) => ({ feed: id, subscribers: sum(of) })),
    next,
  };
  return c.json(list);
}

/** Who reads each of some feeds, in one line of plain text: see `audienceLines`. */
export async function readAudience(
  env: Pick<Env, "DESK">,
  feeds: readonly FeedId[],
): Promise<ReadonlyMap<FeedId, string>> {
  return audienceLines(await theDesk(env).audience([...feeds]));
}

/** "Feedly 1,462, Inoreader 114 subscribers; also Miniflux, NetNewsWire, others": the greatest first, then by name. */
export function audienceLines(audience: readonly Audience[]): Map<FeedId, string> {
  return new Map([...byFeed(audience)].map(([feed, of]) => [feed, line(of)]));
}

function line(audience: readonly Audience[]): string {
  const agents = audience
    .map(({ agent, subscribers }) => ({ name: agent, count: subscribers }))
    .toSorted((a, b) => b.count - a.count || rankOf(a.name) - rankOf(b.name) || a.name.localeCompare(b.name));
  const telling = agents.filter(({ count }) => count > 0);
  const silent = agents.filter(({ count }) => count === 0).map(({ name }) => CROWDS.get(name) ?? name);
  const counts = telling.map(({ name, count }) => `${name} ${count.toLocaleString("en")}`).join(", ");
  const told = counts === "" ? [] : [`${counts} ${sum(audience) === 1 ? "subscriber" : "subscribers"}`];
  return [...told, ...(silent.length === 0 ? [] : [silent.join(", ")])].join("; also ");
}

function rankOf(agent: string): number {
  return [...CROWDS.keys()].indexOf(agent);
}

function byFeed(audience: readonly Audience[]): Map<FeedId, Audience[]> {
  return Map.groupBy(audience, ({ feed }) => feed);
}

function sum(audience: readonly Audience[]): number {
  return audience.reduce((total, { subscribers }) => total + subscribers, 0);
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
