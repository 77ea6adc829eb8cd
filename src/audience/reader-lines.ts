/** The readers of a feed in one line of plain text: which software polls it, and for how many subscribers. */
import type { FeedId } from "../article/feed-id.ts";
import type { Subscribers } from "./readers.ts";
import { theAudience } from "./stub.ts";

/** Agents that are not software of one name, as people call them. They stand last. */
const CROWDS = new Map([
  ["browser", "browsers"],
  ["other", "others"],
]);

/** The present readers of each of some feeds: see `readerLines`. */
export async function loadReaderLines(
  env: Pick<Env, "AUDIENCE">,
  feeds: readonly FeedId[],
): Promise<ReadonlyMap<FeedId, string>> {
  return readerLines(await theAudience(env).subscribers([...feeds]));
}

/** "Feedly 1,462, Inoreader 114 subscribers; also Miniflux, NetNewsWire, others": the greatest first, then by name. */
export function readerLines(subscribers: readonly Subscribers[]): Map<FeedId, string> {
  return new Map([...byFeed(subscribers)].map(([feed, each]) => [feed, line(each)]));
}

function line(of: readonly Subscribers[]): string {
  const agents = of
    .map(({ agent, subscribers }) => ({ name: agent, count: subscribers }))
    .toSorted((a, b) => b.count - a.count || rankOf(a.name) - rankOf(b.name) || a.name.localeCompare(b.name));
  const counted = agents.filter(({ count }) => count > 0);
  const uncounted = agents.filter(({ count }) => count === 0).map(({ name }) => CROWDS.get(name) ?? name);
  const counts = counted.map(({ name, count }) => `${name} ${count.toLocaleString("en")}`).join(", ");
  const unit = sum(of) === 1 ? "subscriber" : "subscribers";
  const parts = [counts === "" ? "" : `${counts} ${unit}`, uncounted.join(", ")];
  return parts.filter((part) => part !== "").join("; also ");
}

function rankOf(agent: string): number {
  return [...CROWDS.keys()].indexOf(agent);
}

/** Groups subscribers by feed. */
export function byFeed(subscribers: readonly Subscribers[]): Map<FeedId, Subscribers[]> {
  return Map.groupBy(subscribers, ({ feed }) => feed);
}

/** The sum of all subscribers. */
export function sum(of: readonly Subscribers[]): number {
  return of.reduce((total, { subscribers }) => total + subscribers, 0);
}
