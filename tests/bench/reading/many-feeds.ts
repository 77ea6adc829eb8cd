/** Many feeds: a newsroom's whole audience polls all sections in turn, beside one feed alone. */
import { importAll, untilQuiet } from "../dateline/client.ts";
import { importLines, story } from "../dateline/stories.ts";
import { type Running, startDateline } from "../dateline/worker.ts";
import type { Scale } from "../scale.ts";
import { figure, table } from "../table.ts";
import { conditional } from "./answer.ts";
import { loads, type Poll, type Target } from "./load.ts";
import { BODY_BYTES, ITEMS } from "./reading.ts";

const FEEDS = 40;
const FIRST_TIME = Date.parse("2026-01-01T00:00:00Z");

/** One table: what a request costs where one feed is polled, and where many are. */
export async function manyFeeds(
  script: string,
  storage: string,
  scale: Scale,
  say: (progress: string) => void,
): Promise<string[]> {
  say(`Publishing ${FEEDS} feeds of ${ITEMS} articles of ${BODY_BYTES} bytes`);
  await using worker = await startDateline(script, storage);
  const stories = importLines(0, FEEDS * ITEMS, (number) => story(number, FIRST_TIME, FEEDS, BODY_BYTES));
  await importAll(worker.url, stories);
  await untilQuiet(worker.url);
  const rows: string[][] = [];
  for (const [name, make] of KINDS) {
    say(`Under load: ${name}, of one feed and of ${FEEDS}`);
    const [one, many] = await loads([await make(worker, 1), await make(worker, FEEDS)], scale);
    if (one === undefined || many === undefined) throw new Error("Nothing was measured");
    const mark = one.isDisturbed || many.isDisturbed ? "*" : "";
    rows.push([
      name,
      figure(one.cpuMicroseconds),
      figure(many.cpuMicroseconds),
      figure(many.cpuMicroseconds / one.cpuMicroseconds) + mark,
      figure(one.p99Milliseconds),
      figure(many.p99Milliseconds),
    ]);
  }
  return [
    table(
      [
        `${ITEMS} articles of ${BODY_BYTES / 1000} KB each`,
        "CPU µs, one feed",
        `${FEEDS} feeds`,
        "ratio",
        "p99 ms",
        `${FEEDS} feeds`,
      ],
      rows,
    ),
  ];
}

type Make = (worker: Running, feeds: number) => Target | Promise<Target>;

const KINDS: readonly (readonly [string, Make])[] = [
  ["RSS 304", (worker, feeds) => conditional(targetOf(worker, feeds, "rss.xml", {}))],
  ["RSS 200", (worker, feeds) => targetOf(worker, feeds, "rss.xml", {})],
  ["Atom 200 in gzip", (worker, feeds) => targetOf(worker, feeds, "atom.xml", { "Accept-Encoding": "gzip" })],
];

function targetOf(worker: Running, feeds: number, file: string, headers: Poll["headers"]): Target {
  const polls = Array.from({ length: feeds }, (_, index) => ({
    path: `/sections/desk${index}/${file}`,
    headers,
  }));
  return { worker, method: "GET", polls, status: 200 };
}
