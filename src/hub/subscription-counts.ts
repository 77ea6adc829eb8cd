/** Counts of subscriptions by feed, for answers that do without them while the hub is down. */
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { reasonOf, report } from "../report.ts";
import type { Hub } from "./hub.ts";

/**
 * Asks the hub for the number of subscriptions of each feed that has any.
 * @returns undefined where the hub is switched off or doesn't answer
 */
export async function loadSubscriptionCounts(
  site: Pick<Site, "hub">,
  hub: DurableObjectStub<Hub>,
): Promise<ReadonlyMap<FeedId, number> | undefined> {
  if (site.hub === undefined) return undefined;
  try {
    const counts = await hub.subscriptionCounts();
    return new Map(counts.map(({ feed, count }) => [feed, count]));
  } catch (thrown) {
    report("subscriptions-not-counted", { reason: reasonOf(thrown) });
    return undefined;
  }
}
