/** The form of windows: what to do where an earlier release wrote one in another form. To run in a transaction. No KV, no clock. */
import type { Instant } from "../../article/article.ts";
import { bytesOf } from "../../article/bounds.ts";
import { withExcerpt } from "../../article/excerpt.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { fitting, roomBeside, weightOf } from "../../article/weight.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { StaleKeys } from "../ledger/stale-keys.ts";

/**
 * Notes that a window is to be written in its present form. It keeps its edition where readers see nothing else in it: where all
 * of the feed's newest articles fitted by the weights of the release that wrote it, and fit by those of this one. The ledger still
 * has the former weights, but for the releases that went by a record's bytes and noted its length.
 * @param stale takes the window
 */
export function addPresentForm(ledger: Ledger, feed: FeedId, now: Instant, stale: StaleKeys): void {
  const { feeds, feedEntries, tombstones, revisions } = ledger;
  const room = roomBeside(bytesOf(JSON.stringify(tombstones.of(feed, feeds.edition(feed, now).changed))));
  const isWhole = (weights: Iterable<number>): boolean => {
    const { tooHeavy, isCut } = fitting(weights, (weight) => weight, room);
    return tooHeavy.length === 0 && !isCut;
  };
  const newest = feedEntries.shown(feed);
  const former = newest.values().map((row) => Math.max(row.length, bytesOf(revisions.record(row))));
  const present = newest.values().map((row) => {
    const article = revisions.find(row);
    return article === undefined ? 0 : weightOf(withExcerpt(article));
  });
  if (isWhole(former) && isWhole(present)) stale.rewriteWindow(feed);
  else stale.addWindow(feed);
}
