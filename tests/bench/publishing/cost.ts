/** The processor's time that one publication costs, with all that follows from it in KV. */
import { setTimeout as pause } from "node:timers/promises";
import { publish } from "../dateline/client.ts";
import type { Running } from "../dateline/worker.ts";

// The Desk has written all that a publication made stale, as far as the pace of keys allows, before the next one.
const PACE_MILLISECONDS = 40;
// In rounds, so that other work on the machine disturbs each Worker alike.
const ROUNDS = 10;
// The feeds that change in each publication are written at most once a second: the last of them after that.
const QUIET_MILLISECONDS = 2500;

/**
 * Publishes `count` articles one by one at each of the Workers, which take turns.
 * @returns for each Worker the milliseconds of one publication; NaN on a system that doesn’t tell
 */
export async function costsOf(workers: readonly Running[], count: number): Promise<number[]> {
  const spent = workers.map(() => 0);
  const each = Math.ceil(count / ROUNDS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, worker] of workers.entries()) {
      const before = await worker.usage();
      for (let number = round * each; number < (round + 1) * each; number++) {
        const headline = `Counted story ${number}`;
        const story = {
          id: `counted-${number}`,
          headline,
          section: "Desk1",
          published: Date.now(),
          bodyBytes: 500,
        };
        await publish(worker.url, story, number);
        await pause(PACE_MILLISECONDS);
      }
      await pause(QUIET_MILLISECONDS);
      const after = await worker.usage();
      spent[index] = (spent[index] ?? 0) + after.cpuMicroseconds - before.cpuMicroseconds;
    }
  }
  return spent.map((microseconds) => microseconds / (each * ROUNDS) / 1000);
}
