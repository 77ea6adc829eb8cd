/** Uploads beside what the hub does: a fan-out to many subscribers, or a storm of their requests. */
import { setTimeout as pause } from "node:timers/promises";
import { publish, publishAll } from "../dateline/client.ts";
import { type Story, story } from "../dateline/stories.ts";
import type { Running } from "../dateline/worker.ts";
import type { Scale } from "../scale.ts";
import { median } from "../statistics.ts";
import { figure } from "../table.ts";
import type { Callbacks } from "./callbacks.ts";
import { enlist, fanOut, TOPIC } from "./fan-out.ts";
import { request } from "./subscribe.ts";

const SECTIONS = 20;
const BODY_BYTES = 500;
const FIRST_TIME = Date.parse("2020-01-01T00:00:00Z");
const IN_FLIGHT = 8;
/** Requests of subscribers in a second, whatever becomes of those before: the limits of wrangler.toml let one through from an address. */
export const STORMS: readonly number[] = [20, 50];

/** A row: uploads a second to other sections, alone and while a topic's subscribers get an edition, in turn. */
export async function uploadsBesideFanOuts(
  worker: Running,
  callbacks: Callbacks,
  { subscribers, uploads, rounds }: Scale["push"],
): Promise<string[]> {
  const { healthy } = await enlist(worker, callbacks, "beside", subscribers, false);
  const alone: number[] = [];
  const beside: number[] = [];
  let next = 0;
  const paceOf = async (count: number): Promise<number> => {
    const from = next;
    next += count;
    return count / (await publishAll(worker.url, from, next, besideStory, undefined, IN_FLIGHT));
  };
  for (let round = 0; round < rounds; round++) {
    alone.push(await paceOf(uploads));
    const started = Date.now();
    const news = { isOver: false };
    const delivered = fanOut(worker, callbacks, healthy, 1000 + round).finally(() => {
      news.isOver = true;
    });
    // The hub gathers changes first: only what is uploaded between the first and the last delivery counts.
    await callbacks.until(healthy, "POST", started, 1);
    while (!news.isOver) beside.push(await paceOf(IN_FLIGHT * 4));
    await delivered;
  }
  const [before, during] = [median(alone), median(beside)];
  return ["uploads a second", figure(before), figure(during), figure(during / before)];
}

/**
 * A row: the time of an upload, before and while subscribers send requests, which are verified meanwhile.
 * @param perSecond requests
 */
export async function uploadsInStorm(
  worker: Running,
  callbacks: Callbacks,
  { requests, uploads }: Scale["push"],
  perSecond: number,
): Promise<string[]> {
  let number = perSecond * 1_000_000;
  const upload = async (): Promise<number> => {
    const started = performance.now();
    await publish(worker.url, besideStory(++number), number);
    return performance.now() - started;
  };
  const before: number[] = [];
  while (before.length < uploads) before.push(await upload());
  const names = Array.from({ length: requests }, (_, each) => `storm-${perSecond}-${each}`);
  const storm = { isOver: false };
  const sent = sendStorm(worker, callbacks, names, perSecond).finally(() => {
    storm.isOver = true;
  });
  const during: number[] = [];
  while (!storm.isOver) during.push(await upload());
  await sent;
  const [usual, stormy] = [median(before), median(during)];
  return [
    `ms (median), ${perSecond} requests a second`,
    figure(usual),
    figure(stormy),
    figure(stormy / usual),
  ];
}

async function sendStorm(
  { url }: Running,
  callbacks: Callbacks,
  names: readonly string[],
  perSecond: number,
): Promise<void> {
  const sent: Promise<void>[] = [];
  for (const name of names) {
    sent.push(request(url, TOPIC, callbacks, [name], 1));
    await pause(1000 / perSecond);
  }
  await Promise.all(sent);
}

function besideStory(number: number): Story {
  return { ...story(number, FIRST_TIME, SECTIONS, BODY_BYTES), id: `beside-${number}` };
}
