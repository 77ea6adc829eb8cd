/** The changes of a subscription by a delivery. Pure. */
import type { Instant } from "../../article/article.ts";
import { isLate, isSlow, pauseUntil, retryAt } from "../delivery/retry.ts";
import { isSuccess, type Outcome, type Result } from "../messages.ts";
import type { DeliveryState, Subscription } from "../tables/subscriptions.ts";

/** The newest edition of a topic. */
type Newest = { sequence: number; made: Instant };

// KV's replicas may be a minute old ("How KV works", Cloudflare's documentation): from then on a subscriber that fetches the feed again
// finds the news everywhere.
const ECHO_MILLISECONDS = 65_000;
const ECHO_SPREAD_MILLISECONDS = 25_000;
const GONE = 410;
// Some subscribers answer so where they are only out of order (FreshRSS, #1855): once is not enough.
const GONE_MILLISECONDS = 600_000;

/**
 * The state after a delivery.
 * @param random from 0 to 1
 * @returns undefined where the subscriber has gone for good
 */
export function stateAfter(
  subscription: Subscription,
  { version, sequence = 0, result }: Outcome,
  newest: Newest,
  now: Instant,
  random: number,
): DeliveryState | undefined {
  // It asked anew meanwhile, maybe with another secret: what it was sent may be nothing to it.
  if (version !== subscription.version) return { ...subscription, due: now };
  return isSuccess(result)
    ? afterSuccess(subscription, sequence, result, newest, now, random)
    : afterFailure(subscription, result, now, random);
}

function afterSuccess(
  subscription: Subscription,
  sequence: number,
  result: Result,
  newest: Newest,
  now: Instant,
  random: number,
): DeliveryState {
  const delivered = Math.max(subscription.delivered, sequence);
  // An echo that came before the replicas had the newest edition is followed by another.
  const isEchoed = subscription.echo && now - newest.made >= ECHO_MILLISECONDS;
  const wantsEcho = subscription.refetches && !isEchoed;
  const echoDue = now + Math.round(ECHO_MILLISECONDS + random * ECHO_SPREAD_MILLISECONDS);
  return {
    delivered,
    failures: 0,
    // One that takes its time keeps a slot from others, whatever it answers.
    slow: isLate(result),
    due: delivered < newest.sequence ? now : undefined,
    pause: undefined,
    echoDue: subscription.echoDue ?? (wantsEcho ? echoDue : undefined),
    echo: false,
    gone: undefined,
    succeeded: now,
    failed: subscription.failed,
    status: subscription.status,
  };
}

function afterFailure(
  subscription: Subscription,
  result: Result,
  now: Instant,
  random: number,
): DeliveryState | undefined {
  const { status } = result;
  const isGone = status === GONE;
  if (isGone && subscription.gone !== undefined && now - subscription.gone >= GONE_MILLISECONDS)
    return undefined;
  const failures = subscription.failures + 1;
  return {
    ...subscription,
    failures,
    slow: subscription.slow || isSlow(failures, result),
    due: retryAt(failures, result, now, random),
    pause: pauseUntil(result, now),
    gone: subscription.gone ?? (isGone ? now : undefined),
    failed: now,
    status,
  };
}
