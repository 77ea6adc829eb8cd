/** Retries: when a request is sent again, and after which wait. Pure: now and randomness are passed in. */

/** The maximum number of attempts. */
export const MAX_ATTEMPTS = 5;
// A person who watches would rather get an error than wait longer.
const MAX_WAIT_MILLISECONDS = 120_000;
const FIRST_WAIT_MILLISECONDS = 400;

/**
 * Exponential back-off with jitter: the wait doubles after each attempt, so that the clients of a server in trouble
 * don't all come back at the same moment.
 * @param attempt the number of the attempt that failed, from 1
 * @param random from 0 to 1
 * @returns milliseconds
 */
export function backOff(attempt: number, random: number): number {
  return FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1) * (0.5 + random / 2);
}

/**
 * Reads Retry-After (RFC 9110, section 10.2.3): seconds, or a date.
 * @param field the field's value
 * @param now the present instant
 * @returns milliseconds; undefined when there is none, or none that can be read
 */
export function retryAfter(field: string | null, now: number): number | undefined {
  const value = field?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = /[A-Za-z]/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Whether a command may wait so long. */
export function isWorthWaiting(milliseconds: number): boolean {
  return milliseconds <= MAX_WAIT_MILLISECONDS;
}

/**
 * Whether the same request may succeed later. After 429 and 503 the server has done nothing. After any other 5xx it may
 * have acted, so only an idempotent request is sent again. 501 stays as it is.
 * @param isIdempotent whether sending the request twice does no more than sending it once (RFC 9110, section 9.2.2)
 */
export function isRetryable(status: number, isIdempotent: boolean): boolean {
  return status === 429 || status === 503 || (isIdempotent && status >= 500 && status !== 501);
}
