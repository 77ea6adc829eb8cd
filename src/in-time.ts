/** A limit on the time that a call to another object may take: one that never ends must not be the last one. */

// A call takes milliseconds, or as long as the other object is busy.
const PATIENCE_MILLISECONDS = 60_000;

/**
 * The outcome of a call.
 * @param milliseconds that it may take
 * @throws Error where it takes too long; else what the call throws
 */
export async function inTime<T>(call: Promise<T>, milliseconds = PATIENCE_MILLISECONDS): Promise<T> {
  const patience = new AbortController();
  const tooLong = scheduler.wait(milliseconds, { signal: patience.signal }).then((): never => {
    throw new Error("The call took too long");
  });
  try {
    return await Promise.race([call, tooLong]);
  } finally {
    tooLong.catch(() => undefined);
    patience.abort();
  }
}
