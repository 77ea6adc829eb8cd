/** The changes of a webhook and of a delivery by an attempt. Pure. */
import type { Instant } from "../../article/article.ts";
import { DAY_MILLISECONDS } from "../../article/instant.ts";
import { isLate, isSlow, pauseUntil, retryAt } from "../delivery/retry.ts";
import { isSuccess, type Result } from "../messages.ts";
import type { Attempt } from "../tables/attempts.ts";
import type { DeliveryState } from "../tables/deliveries.ts";
import type { WebhookState } from "../tables/webhooks.ts";

/** A webhook that takes nothing for so long is paused; what fails for so long while others come through is given up. */
const PATIENCE_MILLISECONDS = 5 * DAY_MILLISECONDS;

type After = { webhook: WebhookState; delivery: DeliveryState; result: Attempt["result"] };

/**
 * The states after an attempt. The last one is made when the patience ends, whatever the schedule says.
 * @param random from 0 to 1
 */
export function stateAfter(
  webhook: WebhookState,
  delivery: DeliveryState,
  answer: Result,
  now: Instant,
  random: number,
): After {
  const attempts = delivery.attempts + 1;
  if (isSuccess(answer)) {
    return {
      webhook: { ...webhook, failures: 0, slow: isLate(answer), failing: undefined, succeeded: now },
      delivery: { state: "delivered", attempts, failing: undefined, due: undefined, pause: undefined },
      result: "delivered",
    };
  }
  const failures = webhook.failures + 1;
  const { failing: webhookFailing = now, slow, paused } = webhook;
  const { failing = now } = delivery;
  const after = {
    ...webhook,
    failures,
    slow: slow || isSlow(failures, answer),
    failing: webhookFailing,
    paused: paused ?? (isOver(webhookFailing, now) ? now : undefined),
    failed: now,
  };
  const isPaused = after.paused !== undefined;
  if (!isPaused && isOver(failing, now)) {
    const delivered: DeliveryState = { state: "failed", attempts, failing, due: undefined, pause: undefined };
    return { webhook: after, delivery: delivered, result: "given-up" };
  }
  const end = Math.min(webhookFailing, failing) + PATIENCE_MILLISECONDS;
  const due = Math.min(retryAt(attempts, answer, now, random, true) ?? end, end);
  const waiting: DeliveryState = {
    state: "waiting",
    attempts,
    failing,
    due: isPaused ? undefined : due,
    pause: pauseUntil(answer, now),
  };
  return { webhook: after, delivery: waiting, result: "failed" };
}

function isOver(since: Instant, now: Instant): boolean {
  return now - since >= PATIENCE_MILLISECONDS;
}
