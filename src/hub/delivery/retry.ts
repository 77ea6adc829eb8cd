/** Retries: when a recipient that failed is tried again, and in which lane. Pure. */
import type { Instant } from "../../article/article.ts";
import { DAY_MILLISECONDS } from "../../article/instant.ts";
import type { Result } from "../messages.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** After the first failure, the second, …: in milliseconds. */
export const RETRIES: readonly number[] = [
  MINUTE,
  2 * MINUTE,
  6 * MINUTE,
  24 * MINUTE,
  2 * HOUR,
  12 * HOUR,
  24 * HOUR,
];
// So that those who failed together don't come back together.
const JITTER = 0.6;
/** A recipient can't put a retry off for longer. */
const MAX_RETRY_AFTER = DAY_MILLISECONDS;

// One that answers so late keeps a slot from others.
const SLOW_MILLISECONDS = 5000;
const MAX_FAILURES_IN_A_ROW = 1;

/**
 * When a recipient is tried again after a failure.
 * @param failures in a row, from 1
 * @param random from 0 to 1
 * @param isLasting whether the last pause repeats; otherwise there is an end
 * @returns undefined where it isn't
 */
export function retryAt(
  failures: number,
  result: Pick<Result, "retryAfter">,
  now: Instant,
  random: number,
  isLasting = false,
): Instant | undefined {
  const pause = RETRIES[isLasting ? Math.min(failures, RETRIES.length) - 1 : failures - 1];
  if (pause === undefined) return undefined;
  const own = now + Math.round(pause * (1 + JITTER * random));
  return Math.max(own, pauseUntil(result, now) ?? own);
}

/** Until when a recipient wants nothing, whatever happens meanwhile; undefined where it didn't say. */
export function pauseUntil({ retryAfter }: Pick<Result, "retryAfter">, now: Instant): Instant | undefined {
  return retryAfter === undefined ? undefined : now + Math.min(retryAfter, MAX_RETRY_AFTER);
}

/** Whether a recipient belongs in the slow lane after a failure. @param failures in a row, from 1 */
export function isSlow(failures: number, result: Result): boolean {
  return failures > MAX_FAILURES_IN_A_ROW || isLate(result);
}

/** Whether an answer, or none, took long. */
export function isLate({ milliseconds }: Result): boolean {
  return milliseconds > SLOW_MILLISECONDS;
}
