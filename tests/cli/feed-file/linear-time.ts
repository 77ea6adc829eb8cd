/** A check that the time for a text grows with its length. */
import { ok } from "node:assert/strict";

const SHORT = 16_000;

/**
 * Checks the growth: four times the length takes about four times the time, but sixteen times if the time is quadratic.
 * @param run takes a text of about this length
 */
export function takesLinearTime(label: string, run: (length: number) => unknown): void {
  const [short, long] = [timeOf(() => run(SHORT)), timeOf(() => run(4 * SHORT))];
  ok(long < 9 * short + 60, `${label}: ${short} ms, then ${long} ms`);
}

/** The shortest of several times, in milliseconds: other programs run on the machine, too. */
function timeOf(run: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}
