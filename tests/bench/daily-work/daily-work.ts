/** Daily work: editors' tasks on a quiet day, beside an import and beside its backlog; and many embargoes of one second. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { importAll, untilQuiet } from "../dateline/client.ts";
import { watch } from "./longest-read.ts";
import type { Scale } from "../scale.ts";
import { median } from "../statistics.ts";
import { importLines, story } from "../dateline/stories.ts";
import { figure, table } from "../table.ts";
import { embargoes, secondsOf, type Task, TASKS } from "./tasks.ts";
import { startDateline } from "../dateline/worker.ts";

const SECTIONS = 20;
const BODY_BYTES = 500;
const FIRST_TIME = Date.parse("2020-01-01T00:00:00Z");

/** Seconds until readers saw each task done, round by round; and the seconds of the longest read meanwhile. */
type Measured = { seconds: Record<Task, number[]>; longestRead: number };

/** Three tables: tasks, embargoes, and the pace of the import beside them. */
export async function dailyWork(
  script: string,
  storage: string,
  { dailyWork: scale }: Scale,
  say: (progress: string) => void,
): Promise<string[]> {
  await using worker = await startDateline(script, join(storage, "worker"));
  return await tables(worker.url, scale, say);
}

async function tables(
  url: URL,
  scale: Scale["dailyWork"],
  say: (progress: string) => void,
): Promise<string[]> {
  const articles = (from: number, to: number): Iterable<string> =>
    importLines(from, to, (number) => ({
      ...story(number, FIRST_TIME, SECTIONS, BODY_BYTES),
      tags: Array.from({ length: scale.tags }, (_, index) => `Topic ${(number * 7 + index * 613) % 5000}`),
    }));
  await importAll(url, articles(0, scale.present));
  await untilQuiet(url);
  say("Daily work: a quiet day");
  const quiet = await measure(url, "quiet", (rounds) => rounds >= scale.rounds);
  say(`Daily work: ${scale.embargoes} embargoes of one second`);
  const alone = await embargoes(url, scale.embargoes, "quiet");
  await untilQuiet(url);
  say(`Daily work: beside an import of ${scale.imported} articles`);
  let isOver = false;
  const started = performance.now();
  const importing = importAll(url, articles(scale.present, scale.present + scale.imported)).finally(() => {
    isOver = true;
  });
  const beside = await measure(url, "beside", () => isOver);
  await importing;
  const pace = scale.imported / ((performance.now() - started) / 1000);
  say("Daily work: beside its backlog");
  const after = await measure(url, "after", (rounds) => rounds >= scale.rounds);
  say(`Daily work: ${scale.embargoes} embargoes of one second`);
  const released = await embargoes(url, scale.embargoes, "after");
  const days = [quiet, beside, after];
  const columns = ["a quiet day", "beside an import", "beside its backlog"];
  return [
    table(
      ["Seconds until readers see it: median, longest", ...columns, "ratio of medians"],
      [
        ...TASKS.map((name) => [
          name,
          ...days.map(
            ({ seconds }) => `${figure(median(seconds[name]))}, ${figure(Math.max(...seconds[name]))}`,
          ),
          figure(median(beside.seconds[name]) / median(quiet.seconds[name])),
        ]),
        ["longest public read", ...days.map(({ longestRead }) => figure(longestRead)), ""],
      ],
    ),
    table(
      [
        `Seconds until ${scale.embargoes} embargoes of one second are out`,
        "a quiet day",
        "beside its backlog",
      ],
      [
        ["in the ledger", figure(alone.ledger), figure(released.ledger)],
        ["for readers, all of them", figure(alone.readers), figure(released.readers)],
      ],
    ),
    table(["Beside all that", "articles/s"], [["the import", figure(pace)]]),
  ];
}

/** Does all tasks in turn, again and again, while readers poll. */
async function measure(worker: URL, day: string, isOver: (rounds: number) => boolean): Promise<Measured> {
  const watched = watch(worker);
  const seconds: Record<Task, number[]> = { upload: [], "second change": [], withdrawal: [], release: [] };
  for (let round = 0; round === 0 || !isOver(round); round++) {
    for (const name of TASKS) {
      seconds[name].push(await secondsOf(worker, name, `${day}-${round}`));
      // On a quiet day each task finds the site's keys free.
      await pause(1100 + ((round * 137) % 500));
    }
  }
  return { seconds, longestRead: await watched.stop() };
}
