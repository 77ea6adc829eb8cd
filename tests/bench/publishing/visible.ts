/** Time from an editor's PUT until a reader's feed shows the article. */
import { setTimeout as pause } from "node:timers/promises";
import { publish, read } from "../dateline/client.ts";
import { median } from "../statistics.ts";

/** Milliseconds from sending the article until the response came, and until a reader saw it. */
export type Publication = { answered: number; visible: number };

// The Desk writes a KV key at most once a second. After this pause every publication finds the site's keys free.
const PACE_MILLISECONDS = 1100;
const PATIENCE_MILLISECONDS = 10_000;

/**
 * Publishes `count` articles at each of the Workers, which take turns.
 * @returns the medians of each Worker
 */
export async function publications(workers: readonly URL[], count: number): Promise<Publication[]> {
  const measured = workers.map((): Publication[] => []);
  for (let number = 0; number < count; number++) {
    await pause(PACE_MILLISECONDS);
    for (const [index, worker] of workers.entries()) {
      measured[index]?.push(await publication(worker, number));
    }
  }
  return measured.map((ofWorker) => ({
    answered: median(ofWorker.map(({ answered }) => answered)),
    visible: median(ofWorker.map(({ visible }) => visible)),
  }));
}

/** Publishes an article that opens a section of its own, and reads that section's feed until it is there. */
async function publication(worker: URL, number: number): Promise<Publication> {
  const headline = `The news of the moment, number ${number}`;
  const section = `Moment${number}`;
  const path = `/sections/${section.toLowerCase()}/rss.xml`;
  const story = { id: `moment-${number}`, headline, section, published: Date.now(), bodyBytes: 500 };
  const started = performance.now();
  await publish(worker, story, number);
  const answered = performance.now() - started;
  for (;;) {
    const feed = await read(worker, path);
    const visible = performance.now() - started;
    if (feed?.includes(headline) === true) return { answered, visible };
    if (visible > PATIENCE_MILLISECONDS) throw new Error(`${path} doesn't show its article`);
  }
}
