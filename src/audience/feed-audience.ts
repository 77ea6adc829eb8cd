/** The audience of each feed: which software polls it, and for how many subscribers. */
import type { FeedId } from "../article/feed-id.ts";
import type { Audience } from "../desk/ledger/readers.ts";
import { theDesk } from "../desk/stub.ts";

/** What the agents that are no software of one name are called, which stand last. */
const CROWDS = new Map([
  ["browser", "browsers"],
  ["other", "others"],
]);

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

/** The same by feed. */
export function byFeed(audience: readonly Audience[]): Map<FeedId, Audience[]> {
  return Map.groupBy(audience, ({ feed }) => feed);
}

/** How many subscribers there are together. */
export function sum(audience: readonly Audience[]): number {
  return audience.reduce((total, { subscribers }) => total + subscribers, 0);
}
