/** Composed feeds: a union and an archive page beside the plain feed of a section, in one run. */
import { publishAll, untilQuiet } from "../dateline/client.ts";
import { conditional } from "./answer.ts";
import { type Load, loads, type Target } from "./load.ts";
import type { Scale } from "../scale.ts";
import { median } from "../statistics.ts";
import { story } from "../dateline/stories.ts";
import { figure, table } from "../table.ts";
import { type Running, startDateline } from "../dateline/worker.ts";

const SECTIONS = 3;
// Each section's feed and its first archive page are full, and the next page has begun.
const ARTICLES = SECTIONS * 60;
const BODY_BYTES = 5000;
const FIRST_TIME = Date.parse("2026-01-01T00:00:00Z");
// Variants of one feed: each is rendered at its first request.
const LIMITS = Array.from({ length: 15 }, (_, index) => 49 - index);

/** A feed under load, and addresses of its kind that nobody has asked for yet. */
type Kind = { name: string; path: string; firsts: string[] };

const UNION = "/sections/desk0+desk1+desk2";

const KINDS: readonly Kind[] = [
  { name: "a section", path: "/sections/desk0/rss.xml", firsts: variants("/sections/desk0/rss.xml") },
  { name: "a union of three", path: `${UNION}/rss.xml`, firsts: variants(`${UNION}/rss.xml`) },
  {
    name: "a full archive page",
    path: "/sections/desk0/archive/1/rss.xml",
    firsts: [
      ...[1, 2, 3].map((page) => `/archive/${page}/rss.xml`),
      ...[0, 1, 2].map((desk) => `/sections/desk${desk}/archive/1/rss.xml`),
    ],
  },
];

function variants(path: string): string[] {
  return LIMITS.map((limit) => `${path}?limit=${limit}`);
}

/** One table: a union and an archive page against the feed of a section. */
export async function composedFeeds(
  script: string,
  storage: string,
  scale: Scale,
  say: (progress: string) => void,
): Promise<string[]> {
  say(`Publishing ${ARTICLES} articles in ${SECTIONS} sections`);
  await using worker = await startDateline(script, storage);
  const { url } = worker;
  await publishAll(url, 0, ARTICLES, (number) => story(number, FIRST_TIME, SECTIONS, BODY_BYTES));
  await untilQuiet(url);
  say("The first request of many feeds");
  const firsts: number[] = [];
  for (const { firsts: paths } of KINDS) firsts.push(await firstMilliseconds(url, paths));
  const whole = KINDS.map(({ path }) => request(worker, path));
  say("Under load: a section, a union, an archive page");
  const bodies = await loads(whole, scale);
  const polls = await loads(await Promise.all(whole.map(conditional)), scale);
  const measured = [polls.map(cpuOf), bodies.map(cpuOf), firsts];
  const rows = KINDS.map(({ name }, index) =>
    [name].concat(...measured.map((figures) => beside(figures, index))),
  );
  return [
    table(
      ["RSS of 50 articles of 5 KB", "304 CPU µs", "ratio", "200 CPU µs", "ratio", "first ms", "ratio"],
      rows,
    ),
  ];
}

function cpuOf({ cpuMicroseconds }: Load): number {
  return cpuMicroseconds;
}

/** A figure, and its ratio to the section's. */
function beside(figures: readonly number[], index: number): string[] {
  const [plain = Number.NaN] = figures;
  const own = figures[index] ?? Number.NaN;
  return [figure(own), figure(own / plain)];
}

function request(worker: Running, path: string): Target {
  return { worker, method: "GET", polls: [{ path, headers: {} }], status: 200 };
}

/** Milliseconds until a document that nobody has asked for yet has come, from an isolate that has answered other requests. */
async function firstMilliseconds(worker: URL, paths: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (const path of paths) {
    const start = performance.now();
    const response = await fetch(new URL(path, worker));
    await response.arrayBuffer();
    times.push(performance.now() - start);
    if (response.status !== 200) throw new Error(`GET ${path} was answered ${response.status}`);
  }
  return median(times);
}
