/** Cold starts: the first request to a Worker that has just started, and those that follow. */
import type { Scale } from "../scale.ts";
import { median } from "../statistics.ts";
import type { Running } from "../dateline/worker.ts";

export type Start = { coldMilliseconds: number; hotMilliseconds: number };

const HOT_REQUESTS = 200;

/**
 * Medians of the first and of the later requests.
 * @param start starts the Worker afresh, with what it has stored
 * @param path the document that is asked for
 */
export async function coldAndHot(start: () => Promise<Running>, path: string, scale: Scale): Promise<Start> {
  const cold: number[] = [];
  const hot: number[] = [];
  for (let count = 0; count < scale.coldStarts; count++) {
    await using worker = await start();
    const address = new URL(path, worker.url);
    cold.push(await timeOf(address));
    for (let request = 0; request < HOT_REQUESTS; request++) hot.push(await timeOf(address));
  }
  return { coldMilliseconds: median(cold), hotMilliseconds: median(hot) };
}

async function timeOf(address: URL): Promise<number> {
  const started = performance.now();
  const response = await fetch(address);
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`GET ${address.pathname} was answered ${response.status}`);
  return performance.now() - started;
}
