/** Push: how soon subscribers have the news, and what the hub costs those who publish and those who poll. */
import { constants } from "node:os";
import { join } from "node:path";
import { type Running, type Spread, startApart, startDateline } from "../dateline/worker.ts";
import { conditional } from "../reading/answer.ts";
import { loads, type Target } from "../reading/load.ts";
import type { Scale } from "../scale.ts";
import { figure, table } from "../table.ts";
import { uploadsBesideFanOuts, uploadsInStorms } from "./beside.ts";
import { type Callbacks, startCallbacks } from "./callbacks.ts";
import { enlist, fanOuts, fill, TOPIC } from "./fan-out.ts";

const MEGABYTE = 1_000_000;

/** Four tables: fan-outs, uploads beside fan-outs, uploads in a storm of requests, polls of a topic. */
export async function push(
  script: string,
  storage: string,
  scale: Scale,
  say: (progress: string) => void,
): Promise<string[]> {
  await using callbacks = await startCallbacks();
  const { subscribers, queueSubscribers, repetitions } = scale.push;
  const fans: string[][] = [];
  for (const [spread, count] of [
    ["couriers", subscribers],
    ["queues", queueSubscribers],
  ] as const) {
    say(`Fan-outs to ${count} subscribers through ${spread}, of whom a tenth never answers`);
    const row = await fanOutRow(script, join(storage, spread), spread, count, repetitions, callbacks);
    say(row.join(" "));
    fans.push(row);
  }
  const { uploads, storms } = await besideTables(script, join(storage, "beside"), scale, say);
  say("Polls of a topic");
  const polls = await pollRow(script, storage, callbacks, scale);
  return [
    table(
      ["From the upload to the last healthy", "subscribers", "s, one lane", "s, two lanes", "ratio", "MB"],
      fans,
    ),
    uploads,
    storms,
    table(["Polls of a topic", "nobody subscribes", `${subscribers} subscribe`, "ratio"], [polls]),
  ];
}

/** Uploads beside fan-outs, and in storms of requests. */
async function besideTables(
  script: string,
  storage: string,
  { push: sizes }: Scale,
  say: (progress: string) => void,
): Promise<{ uploads: string; storms: string }> {
  await prepare(script, storage);
  await using callbacks = await startCallbacks(constants.priority.PRIORITY_LOW);
  await using apart = await startApart(script, storage);
  say(`Uploads beside fan-outs to ${sizes.subscribers} subscribers`);
  const beside = await uploadsBesideFanOuts(apart, callbacks, sizes);
  for (const row of beside) say(row.join(" "));
  say("Uploads in storms of requests");
  const storms = await uploadsInStorms(apart, callbacks, sizes);
  for (const row of storms) say(row.join(" "));
  return {
    uploads: table(["Uploads, eight at a time", "alone", "beside a fan-out", "ratio"], beside),
    storms: table(["Uploads, one after another", "before", "in a storm", "ratio"], storms),
  };
}

/** Leaves a topic in a storage. */
async function prepare(script: string, storage: string): Promise<void> {
  await using worker = await startDateline(script, storage);
  await fill(worker);
}

/** The first fan-out, while the hub doesn't know who never answers, and those after it. */
async function fanOutRow(
  script: string,
  storage: string,
  spread: Spread,
  count: number,
  repetitions: number,
  callbacks: Callbacks,
): Promise<string[]> {
  await using worker = await startDateline(script, storage, { spread });
  await fill(worker);
  const subscribers = await enlist(worker, callbacks, spread, count, true);
  const { oneLane, twoLanes } = await fanOuts(worker, callbacks, subscribers, repetitions);
  const { peakBytes } = await worker.usage();
  return [
    spread,
    count.toLocaleString("en"),
    figure(oneLane / 1000),
    figure(twoLanes / 1000),
    figure(oneLane / twoLanes),
    figure(peakBytes / MEGABYTE),
  ];
}

/** The processor's time of a poll that is answered 304, of a hub without subscribers and of one with many. */
async function pollRow(
  script: string,
  storage: string,
  callbacks: Callbacks,
  scale: Scale,
): Promise<string[]> {
  await using quiet = await startDateline(script, join(storage, "quiet"));
  await using busy = await startDateline(script, join(storage, "busy"));
  await Promise.all([quiet, busy].map(fill));
  await enlist(busy, callbacks, "polled", scale.push.subscribers, false);
  const targets = await Promise.all([quiet, busy].map((worker) => conditional(targetOf(worker))));
  const [before, after] = await loads(targets, scale);
  if (before === undefined || after === undefined) throw new Error("Nothing was measured");
  const mark = before.isDisturbed || after.isDisturbed ? "*" : "";
  return [
    "CPU µs of a 304",
    figure(before.cpuMicroseconds),
    figure(after.cpuMicroseconds),
    figure(after.cpuMicroseconds / before.cpuMicroseconds) + mark,
  ];
}

function targetOf(worker: Running): Target {
  return { worker, method: "GET", polls: [{ path: TOPIC, headers: {} }], status: 200 };
}
