/** The audience of each feed: which software polls it, and for how many subscribers. */
import type { FeedId } from "../article/feed-id.ts";
import type { Audience } from "../desk/ledger/readers.ts";
import { theDesk } from "../desk/stub.ts";

/** Agents that are not software of one name, as people call them. They stand last. */
const CROWDS = new Map([
  ["browser", "browsers"],
  ["other", "others"],
]);

/** The audience of each of some feeds, in one line of plain text: see `audienceLines`. */
export async function readAudience(
  env: Pick<Env, "DESK">,
  feeds: readonly FeedId[],
): Promise<ReadonlyMap<FeedId, string>> {
  return audienceLines(await theDesk(env).audience([...feeds]));
}

/** "Feedly 1,462, Inoreader 114 subscribers; also Miniflux, NetNewsWire, others": the greatest first, then by name. */
export function audienceLines(audience: readonly Audience[]): Map<FeedId, string> {
  return new Map([...byFeed(audience)].map(([feed, each]) => [feed, line(each)]));
}

function line(audience: readonly Audience[]): string {
  const agents = audience
    .map(({ agent, subscribers }) => ({ name: agent, count: subscribers }))
    .toSorted((a, b) => b.count - a.count || rankOf(a.name) - rankOf(b.name) || a.name.localeCompare(b.name));
  const counted = agents.filter(({ count }) => count > 0);
  const uncounted = agents.filter(({ count }) => count === 0).map(({ name }) => CROWDS.get(name) ?? name);
  const counts = counted.map(({ name, count }) => `${name} ${count.toLocaleString("en")}`).join(", ");
  const unit = sum(audience) === 1 ? "subscriber" : "subscribers";
  const parts = [counts === "" ? "" : `${counts} ${unit}`, uncounted.join(", ")];
  return parts.filter((part) => part !== "").join("; also ");
}

function rankOf(agent: string): number {
  return [...CROWDS.keys()].indexOf(agent);
}

/** Groups an audience by feed. */
export function byFeed(audience: readonly Audience[]): Map<FeedId, Audience[]> {
  return Map.groupBy(audience, ({ feed }) => feed);
}

/** The sum of all subscribers. */
export function sum(audience: readonly Audience[]): number {
  return audience.reduce((total, { subscribers }) => total + subscribers, 0);
}
