/** Reading: one feed against the bare Worker, and the first request after a start. */
import { publishAll, untilQuiet } from "../dateline/client.ts";
import { story } from "../dateline/stories.ts";
import { type Answer, type Running, startBare, startDateline } from "../dateline/worker.ts";
import type { Scale } from "../scale.ts";
import { figure, table } from "../table.ts";
import { answerOf, conditional } from "./answer.ts";
import { coldAndHot } from "./cold-start.ts";
import { type Load, loads, type Target } from "./load.ts";

/** A full feed of long articles: the most that a reader gets. */
export const ITEMS = 50;
export const BODY_BYTES = 5000;

const FEED = "/rss.xml";
const SECTIONS = 3;
const UNION = "/sections/desk0+desk1+desk2/rss.xml";
const FIRST_TIME = Date.parse("2026-01-01T00:00:00Z");

type Case = { name: string; target: Target };

/** Two tables: load, and cold starts. */
export async function reading(
  script: string,
  storage: string,
  scale: Scale,
  say: (progress: string) => void,
): Promise<string[]> {
  const { loaded, feed } = await underLoad(script, storage, scale, say);
  say("Cold starts");
  const cold = await coldAndHot(() => startDateline(script, storage), FEED, scale);
  const bare = await coldAndHot(() => startBare(feed), FEED, scale);
  return [
    table(
      [
        `${ITEMS} articles of ${BODY_BYTES / 1000} KB`,
        "CPU µs",
        "bare",
        "ratio",
        "p99 ms",
        "bare",
        "ratio",
        "requests/s",
        "bare",
      ],
      loaded,
    ),
    table(
      ["GET of the same, one at a time", "first ms", "then ms"],
      [
        ["Dateline", figure(cold.coldMilliseconds), figure(cold.hotMilliseconds)],
        ["bare", figure(bare.coldMilliseconds), figure(bare.hotMilliseconds)],
      ],
    ),
  ];
}

async function cases(worker: Running): Promise<Case[]> {
  const rss = whole(worker, FEED);
  const atom = whole(worker, "/atom.xml");
  const gzip = { ...atom, polls: [{ path: "/atom.xml", headers: { "Accept-Encoding": "gzip" } }] };
  return [
    { name: "RSS 304", target: await conditional(rss) },
    { name: "RSS HEAD", target: { ...rss, method: "HEAD" } },
    { name: "RSS 304 of a union", target: await conditional(whole(worker, UNION)) },
    { name: "RSS 200", target: rss },
    { name: "Atom 304", target: await conditional(gzip) },
    { name: "Atom 200 in gzip", target: gzip },
  ];
}

/** The rows of the first table, and the answer that a reader gets of the feed. */
async function underLoad(
  script: string,
  storage: string,
  scale: Scale,
  say: (progress: string) => void,
): Promise<{ loaded: string[][]; feed: Answer }> {
  say(`Publishing ${ITEMS} articles of ${BODY_BYTES} bytes`);
  await using dateline = await startDateline(script, storage);
  await publishAll(dateline.url, 0, ITEMS, (number) => story(number, FIRST_TIME, SECTIONS, BODY_BYTES));
  await untilQuiet(dateline.url);
  const loaded: string[][] = [];
  for (const { name, target } of await cases(dateline)) {
    say(`Under load: ${name}`);
    loaded.push([name, ...(await againstBare(target, scale))]);
  }
  return { loaded, feed: await answerOf(whole(dateline, FEED)) };
}

function whole(worker: Running, path: string): Target {
  return { worker, method: "GET", polls: [{ path, headers: {} }], status: 200 };
}

/** The cells of a row: Dateline and a bare Worker that sends the same bytes. Each ratio is 1 where Dateline is as good as bare. */
async function againstBare(target: Target, scale: Scale): Promise<string[]> {
  await using bare = await startBare(await answerOf(target));
  const [own, other] = await loads([target, { ...target, worker: bare }], scale);
  if (own === undefined || other === undefined) throw new Error("Nothing was measured");
  return [
    ...cpu(own, other),
    figure(own.p99Milliseconds),
    figure(other.p99Milliseconds),
    figure(own.p99Milliseconds / other.p99Milliseconds),
    figure(own.perSecond),
    figure(other.perSecond),
  ];
}

function cpu(own: Load, other: Load): string[] {
  const mark = own.isDisturbed || other.isDisturbed ? "*" : "";
  return [
    figure(own.cpuMicroseconds),
    figure(other.cpuMicroseconds),
    figure(other.cpuMicroseconds / own.cpuMicroseconds) + mark,
  ];
}
