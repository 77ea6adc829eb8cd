/** The readers of a feed in one line of plain text: which software polls it, for how many subscribers, and who needn't poll. */
import type { FeedId } from "../article/feed-id.ts";
import type { Subscribers } from "./readers.ts";

/** Agents that are not software of one name, as people call them. They stand last. */
const CROWDS = new Map([
  ["browser", "browsers"],
  ["other", "others"],
]);

/**
 * "Feedly 1,462, Inoreader 114 subscribers; also Miniflux, NetNewsWire, others; 3 WebSub subscriptions": the greatest first, then
 * by name.
 * @param pushes the number of WebSub subscriptions of each feed that has any
 */
export function readerLines(
  subscribers: readonly Subscribers[],
  pushes: ReadonlyMap<FeedId, number> = new Map(),
): Map<FeedId, string> {
  const readers = byFeed(subscribers);
  return new Map(
    [...new Set([...readers.keys(), ...pushes.keys()])].map((feed) => {
      const parts = [line(readers.get(feed) ?? []), pushLine(pushes.get(feed) ?? 0)];
      return [feed, parts.filter((part) => part !== "").join("; ")];
    }),
  );
}

function pushLine(count: number): string {
  if (count === 0) return "";
  return `${count.toLocaleString("en")} WebSub ${count === 1 ? "subscription" : "subscriptions"}`;
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
