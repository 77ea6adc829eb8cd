/** Leases of subscriptions, in seconds (WebSub, section 5.1). Pure. */
const HOUR = 3600;
const DAY = 24 * HOUR;

const DEFAULT_LEASE = 10 * DAY;
// A shorter one makes more requests than news.
const MIN_LEASE = HOUR;
const MAX_LEASE = 30 * DAY;

/**
 * The lease that a subscriber gets. None is refused: what is odd or missing is the default, what is out of bounds the nearest
 * bound. The verification names the one that counts.
 * @param wished the parameter `hub.lease_seconds`
 */
export function leaseOf(wished: string | null): number {
  const seconds =
    wished === null || !/^\s*\d+(\.\d+)?\s*$/.test(wished) ? Number.NaN : Math.floor(Number(wished));
  // Some subscribers ask for 0 where they want one that never ends, which there is not.
  if (Number.isNaN(seconds) || seconds === 0) return DEFAULT_LEASE;
  return Math.min(Math.max(seconds, MIN_LEASE), MAX_LEASE);
}
