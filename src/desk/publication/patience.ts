/** Patience with KV and R2: an editor needn't wait for them when they are slow. */

const PATIENCE_MILLISECONDS = 3000;

/** Waits for some work, but not long: what was decided is stored, and the work goes on. @throws what the work throws meanwhile */
export async function patiently(work: Promise<void>): Promise<void> {
  const { promise: tooLong, resolve } = Promise.withResolvers<void>();
  const patience = setTimeout(resolve, PATIENCE_MILLISECONDS);
  try {
    await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(patience);
  }
}
