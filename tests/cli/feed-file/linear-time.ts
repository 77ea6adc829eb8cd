/** A check that the cost of a text grows with its length. */
import { ok } from "node:assert/strict";
import { costOf } from "../../cost/growth.ts";

const SHORT = 16_000;

/**
 * Four times the length costs four times as much, or sixteen times where the cost grows with the square.
 * @param run takes a text of about this length
 */
export function takesLinearTime(label: string, run: (length: number) => unknown): void {
  const [short, long] = [leastCost(() => run(SHORT)), leastCost(() => run(4 * SHORT))];
  ok(long < 9 * short + 60, `${label}: ${short} ms, then ${long} ms`);
}

/** The least of some costs, in milliseconds of the processor's time. */
function leastCost(run: () => unknown): number {
  return Math.min(...[1, 2, 3].map(() => costOf(run)));
}
