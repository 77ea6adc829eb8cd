/** Medians, which one disturbed run doesn't change. Pure. */

/** The median. @throws Error on an empty list */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error("An empty list has no median");
  return (lower + upper) / 2;
}
