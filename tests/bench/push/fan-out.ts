/** Fan-outs: the time from an editor's PUT until the last healthy subscriber has the article, beside others that never answer. */
import { setTimeout as pause } from "node:timers/promises";
import { importAll, publish, untilQuiet } from "../dateline/client.ts";
import { importLines, story } from "../dateline/stories.ts";
import type { Running } from "../dateline/worker.ts";
import { median } from "../statistics.ts";
import type { Callbacks } from "./callbacks.ts";
import { subscribe } from "./subscribe.ts";

/** A full feed of long articles: 250 KB. */
const ITEMS = 50;
const BODY_BYTES = 5000;
const SECTION = "Topic";
export const TOPIC = `/sections/${SECTION.toLowerCase()}/rss.xml`;
const FIRST_TIME = Date.parse("2026-01-01T00:00:00Z");

const LATENCY_MILLISECONDS = 40;
// One of ten.
const DEAD_EVERY = 10;
// The hub's own time limit, and a moment to note it.
const TIMED_OUT_MILLISECONDS = 11_000;

export type FanOuts = {
  /** Milliseconds of the first, while the hub knows nothing of its subscribers: all are in one lane. */
  oneLane: number;
  /** The median of those that follow, with the dead in a lane of their own: they are tried again meanwhile. */
  twoLanes: number;
};

/** Subscribers of the topic, by the names of their callbacks. */
export type Subscribers = { healthy: string[]; dead: string[] };

/** Publishes the articles of the topic. */
export async function fill({ url }: Running): Promise<void> {
  await importAll(
    url,
    importLines(0, ITEMS, (number) => topicStory(number)),
  );
  await untilQuiet(url);
}

/** Subscribes some to the topic. @param isAnyDead whether every tenth confirms its subscription, and answers nothing else */
export async function enlist(
  { url }: Running,
  callbacks: Callbacks,
  prefix: string,
  count: number,
  isAnyDead: boolean,
): Promise<Subscribers> {
  const names = Array.from({ length: count }, (_, number) => `${prefix}-${number}`);
  const isDead = (number: number): boolean => isAnyDead && number % DEAD_EVERY === DEAD_EVERY - 1;
  const healthy = names.filter((_, number) => !isDead(number));
  const dead = names.filter((_, number) => isDead(number));
  await callbacks.behave(healthy, { answer: 204, delayMilliseconds: LATENCY_MILLISECONDS });
  await callbacks.behave(dead, "never");
  await subscribe(url, TOPIC, callbacks, names);
  return { healthy, dead };
}

/**
 * Publishes an article in the topic.
 * @param number differs from that of every other
 * @returns the milliseconds until the last of the healthy has it
 */
export async function fanOut(
  { url }: Running,
  callbacks: Callbacks,
  healthy: readonly string[],
  number: number,
): Promise<number> {
  const started = Date.now();
  await publish(url, topicStory(ITEMS + number), ITEMS + number);
  return (await callbacks.until(healthy, "POST", started)) - started;
}

/** The first fan-out to new subscribers, and so many after it. */
export async function fanOuts(
  worker: Running,
  callbacks: Callbacks,
  { healthy, dead }: Subscribers,
  repetitions: number,
): Promise<FanOuts> {
  const started = Date.now();
  const oneLane = await fanOut(worker, callbacks, healthy, 0);
  const lastAttempt = await callbacks.until(dead, "POST", started);
  const known = lastAttempt + TIMED_OUT_MILLISECONDS;
  await pause(known - Date.now());
  await callbacks.until(dead, "POST", known, 1);
  const later: number[] = [];
  for (let number = 1; number <= repetitions; number++)
    later.push(await fanOut(worker, callbacks, healthy, number));
  return { oneLane, twoLanes: median(later) };
}

function topicStory(number: number): ReturnType<typeof story> {
  return { ...story(number, FIRST_TIME, 1, BODY_BYTES), section: SECTION, id: `topic-${number}` };
}
