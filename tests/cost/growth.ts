/** Growth of the processor's time with the length of a text. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Unit } from "./units.ts";

const SHORTEST = 8000;
// Below the first, the figures are noise; beyond the second, one more doubling shows nothing new.
const MEASURABLE_MILLISECONDS = 8;
const ENOUGH_MILLISECONDS = 60;
const STEP = 4;
// Twice the length doubles a linear cost and quadruples a square one. The garbage collector adds some time.
const MAX_GROWTH = 3;
const TRIES = 6;

// The garbage of earlier runs would count for the run in which it happens to be collected.
setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/**
 * Looks at texts of several lengths; where the cost leaps, doubles one of half that length twice.
 * @param run takes the text
 * @param longest how many characters the text may have
 * @returns where doubling twice took more than three times as long each time, in each of several tries; undefined where it
 *   never did
 */
export function excessiveGrowth(
  { of }: Unit,
  run: (text: string) => unknown,
  longest: number,
): string | undefined {
  const growthFrom = (length: number): number => {
    const [short, long] = [of(length), of(2 * length)];
    return leastGrowth(
      () => costOf(() => run(short)),
      () => costOf(() => run(long)),
    );
  };
  for (let length = SHORTEST, last = 0; length <= longest; length *= STEP) {
    const text = of(length);
    const cost = costOf(() => run(text));
    const isSuspicious = cost > MEASURABLE_MILLISECONDS && cost > MAX_GROWTH * (STEP / 2) * last;
    if (isSuspicious && growthFrom(length / 2) > MAX_GROWTH && growthFrom(length) > MAX_GROWTH) {
      return `at ${length} characters`;
    }
    if (cost > ENOUGH_MILLISECONDS) return undefined;
    last = cost;
  }
  return undefined;
}

/** Compares the least costs of some tries: other work on the machine can only add to a cost. */
function leastGrowth(short: () => number, long: () => number): number {
  let [least, most] = [short(), long()];
  for (let tries = 1; tries < TRIES && most > MAX_GROWTH * Math.max(least, 1); tries++) {
    collectGarbage();
    least = Math.min(least, short());
    collectGarbage();
    most = Math.min(most, long());
  }
  return most / Math.max(least, 1);
}

/** Milliseconds of the processor's time: of this process alone, however busy the machine is. */
export function costOf(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
