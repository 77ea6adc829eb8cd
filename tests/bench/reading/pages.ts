/** Public pages: the front page, an article and a section, of this release beside another, in turns. */
import { importAll, untilQuiet } from "../dateline/client.ts";
import { importLines, story } from "../dateline/stories.ts";
import { type Running, startDateline } from "../dateline/worker.ts";
import type { Scale } from "../scale.ts";
import { median } from "../statistics.ts";
import { figure, table } from "../table.ts";
import { conditional } from "./answer.ts";
import { type Load, loads, type Target } from "./load.ts";
import { BODY_BYTES, ITEMS } from "./reading.ts";

const SECTIONS = 3;
const FIRST_TIME = Date.parse("2026-01-01T00:00:00Z");
// What browsers say.
const HEADERS = { "Accept-Encoding": "gzip, deflate, br" };

const PAGES = [
  { name: "the front page", path: "/" },
  { name: "an article", path: `/articles/story-${ITEMS - 1}` },
  { name: "a section", path: "/sections/desk0" },
] as const;

/** A release: its script, and the storage in which its articles are. */
type Release = { script: string; storage: string };

/**
 * Two tables: pages that are in the isolate's memory, and the first request of each.
 * @param other the script of the release to compare with; the same one shows what the figures are worth
 */
export async function pages(
  script: string,
  storage: string,
  scale: Scale,
  say: (progress: string) => void,
  other: string,
): Promise<string[]> {
  const releases = [
    { script, storage: `${storage}-own` },
    { script: other, storage: `${storage}-other` },
  ];
  say(`Publishing ${ITEMS} articles of ${BODY_BYTES} bytes, in both releases`);
  const loaded = await underLoad(releases, scale, say);
  say("The first request of each page, in fresh isolates");
  const firsts: string[][] = [];
  for (const { name, path } of PAGES)
    firsts.push([name, ...beside(await coldMedians(releases, path, scale))]);
  const rendered = loaded.rendered.map((times) => median(times));
  return [
    table(["Pages in gzip", "CPU µs", "other", "ratio", "requests/s", "other"], loaded.rows),
    table(
      ["ms of a page's first request", "this", "other", "ratio"],
      [...firsts, ["an article, where others were rendered before", ...beside(rendered)]],
    ),
  ];
}

/** The rows of the first table, and the milliseconds in which each release rendered one article after the other. */
async function underLoad(
  releases: readonly Release[],
  scale: Scale,
  say: (progress: string) => void,
): Promise<{ rows: string[][]; rendered: number[][] }> {
  await using running = new AsyncDisposableStack();
  const workers: Running[] = [];
  for (const { script, storage } of releases) {
    const worker = running.use(await startDateline(script, storage));
    await importAll(worker.url, stories());
    await untilQuiet(worker.url);
    workers.push(worker);
  }
  const rendered = workers.map((): number[] => []);
  for (let number = 0; number < ITEMS; number++)
    for (const [index, worker] of workers.entries())
      rendered[index]?.push(await timeOf(worker, `/articles/story-${number}`));
  const rows: string[][] = [];
  for (const { name, path } of PAGES) {
    say(`Under load: ${name}`);
    const whole = workers.map((worker): Target => {
      return { worker, method: "GET", polls: [{ path, headers: HEADERS }], status: 200 };
    });
    const polls = await Promise.all(whole.map(conditional));
    rows.push([`304 of ${name}`, ...cells(await loads(polls, scale))]);
    rows.push([`200 of ${name}`, ...cells(await loads(whole, scale))]);
  }
  return { rows, rendered };
}

/** Stories of which two of three have a picture. */
function stories(): Iterable<string> {
  return importLines(0, ITEMS, (number) => ({
    ...story(number, FIRST_TIME, SECTIONS, BODY_BYTES),
    ...(number % 3 !== 2 && { image: `https://pictures.example/${number}.jpg` }),
  }));
}

/** The median of each release's first requests, each in an isolate that has rendered nothing. */
async function coldMedians(releases: readonly Release[], path: string, scale: Scale): Promise<number[]> {
  const times = releases.map((): number[] => []);
  for (let count = 0; count < scale.coldStarts; count++) {
    for (const [index, { script, storage }] of releases.entries()) {
      await using worker = await startDateline(script, storage);
      await timeOf(worker, "/robots.txt");
      times[index]?.push(await timeOf(worker, path));
    }
  }
  return times.map((each) => median(each));
}

async function timeOf(worker: Running, path: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(new URL(path, worker.url), { headers: HEADERS });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`GET ${path} was answered ${response.status}`);
  return performance.now() - started;
}

/** A figure of this release, of the other, and the first divided by the second: above 1 this release costs more. */
function beside([own = Number.NaN, other = Number.NaN]: readonly number[]): string[] {
  return [figure(own), figure(other), figure(own / other)];
}

function cells(both: readonly Load[]): string[] {
  const [own, other, ratio = ""] = beside(both.map(({ cpuMicroseconds }) => cpuMicroseconds));
  const mark = both.some(({ isDisturbed }) => isDisturbed) ? "*" : "";
  return [own ?? "", other ?? "", ratio + mark, ...both.map(({ perSecond }) => figure(perSecond))];
}
