/** The longest read: readers poll all the time, and the slowest of their requests counts. */
import { setTimeout as pause } from "node:timers/promises";

const PATHS = [
  "/rss.xml",
  "/",
  "/health",
  "/sections/desk1/atom.xml",
  "/sitemap.xml",
  "/articles/story-1",
] as const;
const PAUSE_MILLISECONDS = 100;

export type Watched = {
  /** @returns the seconds that the slowest read took */
  stop: () => Promise<number>;
};

/** Starts to poll every address, each in its own rhythm. */
export function watch(worker: URL): Watched {
  const over = new AbortController();
  const poll = async (path: string): Promise<number> => {
    let longest = 0;
    while (!over.signal.aborted) {
      const started = performance.now();
      const response = await fetch(new URL(path, worker));
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`GET ${path} was answered ${response.status}`);
      longest = Math.max(longest, (performance.now() - started) / 1000);
      await pause(PAUSE_MILLISECONDS);
    }
    return longest;
  };
  const polls = Promise.all(PATHS.map(poll));
  polls.catch(() => undefined);
  return {
    stop: async () => {
      over.abort();
      return Math.max(...(await polls));
    },
  };
}
