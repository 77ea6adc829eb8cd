/** Importing: the pace of an import as one stream, and the Worker's memory, for few articles and for many. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { importAll } from "../dateline/client.ts";
import type { Scale } from "../scale.ts";
import { importLines, story } from "../dateline/stories.ts";
import { figure, table } from "../table.ts";
import { startDateline } from "../dateline/worker.ts";

const SECTIONS = 20;
const BODY_BYTES = 500;
const FIRST_TIME = Date.parse("2020-01-01T00:00:00Z");
const MEGABYTE = 1_000_000;

type Import = {
  seconds: number;
  /** For one article. */
  cpuMicroseconds: number;
  idle: number | undefined;
  peak: number | undefined;
};

/** One table: a row for each size of the import. */
export async function importing(
  script: string,
  storage: string,
  { imports }: Scale,
  say: (progress: string) => void,
): Promise<string[]> {
  const measured: Import[] = [];
  for (const count of imports) {
    say(`Importing ${count} articles as one stream`);
    measured.push(await importOf(count, script, join(storage, String(count))));
  }
  return [
    table(
      [
        `Import of articles of ${BODY_BYTES / 1000} KB as one stream`,
        "articles/s",
        "MB before",
        "MB at most",
      ],
      imports.map((count, index) => [
        count.toLocaleString("en"),
        figure(count / (measured[index]?.seconds ?? NaN)),
        megabytes(measured[index]?.idle),
        megabytes(measured[index]?.peak),
      ]),
    ),
  ];
}

async function importOf(count: number, script: string, storage: string): Promise<Import> {
  const worker = await startDateline(script, storage);
  await (await fetch(new URL("/health", worker.url))).arrayBuffer();
  const before = await worker.usage();
  const started = performance.now();
  const summary = await importAll(
    worker.url,
    importLines(0, count, (number) => ({ ...story(number, FIRST_TIME, SECTIONS, BODY_BYTES), tags: [] })),
  );
  const seconds = (performance.now() - started) / 1000;
  if (summary !== JSON.stringify({ summary: { lines: count, refused: 0, created: count } })) {
    throw new Error(`The import of ${count} articles ended with ${summary}`);
  }
  await pause(1000);
  const after = await worker.usage();
  await worker.stop();
  return {
    seconds,
    cpuMicroseconds: ((after?.cpuMicroseconds ?? NaN) - (before?.cpuMicroseconds ?? NaN)) / count,
    idle: before?.peakBytes,
    peak: after?.peakBytes,
  };
}

function megabytes(bytes: number | undefined): string {
  return figure((bytes ?? NaN) / MEGABYTE);
}
