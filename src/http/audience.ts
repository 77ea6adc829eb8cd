/** Who reads, for editors: over HTTP, and as a line for each feed. */
import type { Context } from "hono";
import * as v from "valibot";
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import type { Reader } from "../desk/readers.ts";
import { partPath } from "../feed/addresses.ts";
import type { ReaderList, ReaderView } from "./answered/readers.ts";
import { readQuery } from "./decode.ts";
import { theDesk } from "./desk.ts";
import { FORMAT_OUTPUTS, PARTNER_OUTPUTS } from "./output.ts";

export const ReadersQuery = v.strictObject({
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

/** GET /api/readers lists who polls the feeds. */
export async function listReaders(c: Context<{ Bindings: Env }>, site: Site): Promise<Response> {
  const { feed } = readQuery(c, ReadersQuery);
  const readers = await theDesk(c.env).readers(feed);
  const list: v.InferOutput<typeof ReaderList> = {
    readers: readers.flatMap((reader) => view(site, reader)),
    feeds: [...byFeed(readers)].map(([id, of]) => ({ feed: id, subscribers: sum(of) })),
  };
  return c.json(list);
}

/** For each feed that is polled, who reads it, in one line of plain text: see `audienceLines`. */
export async function readAudience(env: Pick<Env, "DESK">): Promise<ReadonlyMap<FeedId, string>> {
  return audienceLines(await theDesk(env).readers());
}

/** "Feedly 1,462, Inoreader 114 subscribers; also Miniflux, NetNewsWire, others": the greatest first, then by name. */
export function audienceLines(readers: readonly Reader[]): Map<FeedId, string> {
  return new Map([...byFeed(readers)].map(([feed, of]) => [feed, line(of)]));
}

function line(readers: readonly Reader[]): string {
  const agents = [...Map.groupBy(readers, ({ agent }) => agent)]
    .map(([name, of]) => ({ name, count: sum(of) }))
    .toSorted((a, b) => b.count - a.count || rankOf(a.name) - rankOf(b.name) || a.name.localeCompare(b.name));
  const telling = agents.filter(({ count }) => count > 0);
  const silent = agents.filter(({ count }) => count === 0).map(({ name }) => CROWDS.get(name) ?? name);
  const counts = telling.map(({ name, count }) => `${name} ${count.toLocaleString("en")}`).join(", ");
  const told = counts === "" ? [] : [`${counts} ${sum(readers) === 1 ? "subscriber" : "subscribers"}`];
  return [...told, ...(silent.length === 0 ? [] : [silent.join(", ")])].join("; also ");
}

function rankOf(agent: string): number {
  return [...CROWDS.keys()].indexOf(agent);
}

function byFeed(readers: readonly Reader[]): Map<FeedId, Reader[]> {
  return Map.groupBy(readers, ({ feed }) => feed);
}

/** Over all formats: to a service each address has subscribers of its own. */
function sum(readers: readonly Reader[]): number {
  return readers.reduce((total, { subscribers = 0 }) => total + subscribers, 0);
}

/** @returns nothing for a format that there is no more */
function view(
  site: Site,
  { feed, format, agent, subscribers, seen, requests, conditional }: Reader,
): v.InferOutput<typeof ReaderView>[] {
  const output = [...FORMAT_OUTPUTS, ...PARTNER_OUTPUTS].find(({ id }) => id === format);
  if (output === undefined) return [];
  return [
    {
      feed,
      url: `${site.url}${partPath(feed, output.file)}`,
      format,
      agent,
      subscribers,
      seen: new Date(seen).toISOString(),
      requests,
      conditional: requests === 0 ? 0 : Math.round((conditional / requests) * 100) / 100,
    },
  ];
}
