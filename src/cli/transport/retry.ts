/** How long to wait before a request is sent again. Pure: the present instant and randomness are passed in. */

/** How often a request is sent at most. */
export const MAX_ATTEMPTS = 5;
// A person who watches would rather be told than wait longer.
const MAX_WAIT_MILLISECONDS = 120_000;
const FIRST_WAIT_MILLISECONDS = 400;

/**
 * Exponential back-off with jitter: twice as long after each attempt, so that the clients of a server in trouble
 * don't all come back at the same moment.
 * @param attempt the attempt that failed, from 1
 * @param random from 0 to 1
 * @returns milliseconds
 */
export function backOff(attempt: number, random: number): number {
  return FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1) * (0.5 + random / 2);
}

/**
 * Reads Retry-After (RFC 9110, section 10.2.3): seconds, or a date.
 * @param field its value
 * @param now the present instant
 * @returns milliseconds; undefined when there is none, or none that can be read
 */
export function retryAfter(field: string | null, now: number): number | undefined {
  const value = field?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = /[A-Za-z]/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Whether a wait is one that a command can sit out. */
export function isWorthWaiting(milliseconds: number): boolean {
  return milliseconds <= MAX_WAIT_MILLISECONDS;
}

/**
 * Whether the same request may succeed later. 429 and 503 say that nothing was done; after any other 5xx the server may
 * have acted, so that only a request which may be repeated is.
 * @param isIdempotent whether sending the request twice does no more than sending it once (RFC 9110, section 9.2.2)
 */
export function isRetryable(status: number, isIdempotent: boolean): boolean {
  return status === 429 || status === 503 || (isIdempotent && status >= 500 && status !== 501);
}
