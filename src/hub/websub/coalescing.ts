/** Coalescing: several changes of a topic become one edition. Pure. */
import type { Instant } from "../../article/article.ts";

// After a change, so long others may follow.
const QUIET_MILLISECONDS = 2000;
// The first of them waits no longer.
const MAX_WAIT_MILLISECONDS = 5000;
// Between two editions of a topic, and for each of its subscribers: a hub makes some 500 deliveries a second.
const MIN_PAUSE_MILLISECONDS = 2000;
const MILLISECONDS_PER_SUBSCRIBER = 2;

/**
 * When a topic has its next edition.
 * @param changed the first change that no edition has
 * @param made when the newest edition was made
 * @param isRecalled whether an article was taken away: nothing is sent until then
 */
export function editionDue(
  { changed, made, isRecalled }: { changed: Instant; made: Instant; isRecalled: boolean },
  subscribers: number,
  now: Instant,
): Instant {
  const pause = Math.max(MIN_PAUSE_MILLISECONDS, subscribers * MILLISECONDS_PER_SUBSCRIBER);
  if (isRecalled) return Math.max(now, Math.min(made + pause, now + MAX_WAIT_MILLISECONDS));
  return Math.max(Math.min(now + QUIET_MILLISECONDS, changed + MAX_WAIT_MILLISECONDS), made + pause);
}
