/** Importing: the pace of an import as one stream, what it costs, and the Worker's memory, for few articles and for many. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { importAll } from "../dateline/client.ts";
import type { Scale } from "../scale.ts";
import { importLines, story } from "../dateline/stories.ts";
import { figure, table } from "../table.ts";
import { type Running, startDateline } from "../dateline/worker.ts";

const SECTIONS = 20;
const BODY_BYTES = [500, 5000];
const FIRST_TIME = Date.parse("2020-01-01T00:00:00Z");
const MEGABYTE = 1_000_000;

type Import = {
  seconds: number;
  /** For one article. */
  cpuMicroseconds: number;
  /** After the import that went before. */
  warm: number;
  peak: number;
};

/** One table: a row for each size of the articles and of the import. */
export async function importing(
  script: string,
  storage: string,
  { imports, warmUp }: Scale,
  say: (progress: string) => void,
): Promise<string[]> {
  const rows: string[][] = [];
  for (const bytes of BODY_BYTES) {
    for (const count of imports) {
      say(`Importing ${count} articles of ${bytes} bytes as one stream, after ${warmUp}`);
      await using worker = await startDateline(script, join(storage, `${bytes}-${count}`));
      const { seconds, cpuMicroseconds, warm, peak } = await importOf(count, bytes, warmUp, worker);
      rows.push([
        `${count.toLocaleString("en")} articles of ${bytes / 1000} KB`,
        figure(count / seconds),
        figure(cpuMicroseconds),
        figure(warm / MEGABYTE),
        figure(peak / MEGABYTE),
      ]);
    }
  }
  const headings = ["articles/s", "CPU µs for one", "MB before, at most", "MB at most"];
  return [table(["Import as one stream", ...headings], rows)];
}

async function importOf(count: number, bytes: number, warmUp: number, worker: Running): Promise<Import> {
  await send(worker, bytes, 0, warmUp);
  await pause(1000);
  const before = await worker.usage();
  const started = performance.now();
  await send(worker, bytes, warmUp, count);
  const seconds = (performance.now() - started) / 1000;
  const after = await worker.usage();
  return {
    seconds,
    cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / count,
    warm: before.peakBytes,
    peak: after.peakBytes,
  };
}

async function send({ url }: Running, bytes: number, from: number, count: number): Promise<void> {
  const lines = importLines(from, from + count, (number) => story(number, FIRST_TIME, SECTIONS, bytes));
  const summary = await importAll(url, lines);
  if (summary !== JSON.stringify({ summary: { lines: count, refused: 0, created: count } })) {
    throw new Error(`The import of ${count} articles ended with ${summary}`);
  }
}
