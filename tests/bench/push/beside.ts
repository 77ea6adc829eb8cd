/**
 * Uploads beside what the hub does: a fan-out to many subscribers, or a storm of their requests. The hub has a process of its own, as
 * it has a thread of its own on Cloudflare.
 */
import { publish } from "../dateline/client.ts";
import { type Story, story } from "../dateline/stories.ts";
import type { Apart, Running } from "../dateline/worker.ts";
import type { Scale } from "../scale.ts";
import { median } from "../statistics.ts";
import { figure } from "../table.ts";
import type { Callbacks } from "./callbacks.ts";
import { enlist, fanOut, TOPIC } from "./fan-out.ts";

const SECTIONS = 20;
const BODY_BYTES = 500;
const FIRST_TIME = Date.parse("2020-01-01T00:00:00Z");
const IN_FLIGHT = 8;
/** Requests of subscribers in a second: the limits of wrangler.toml let one through from an address. */
const STORMS = [50, 1000];

/** What uploads took: the milliseconds of each, how many there were in a second, and the processor's milliseconds of the Desk's process for one. */
type Course = { each: readonly number[]; pace: number; cpu: number };

/** Sends uploads until it is told to stop. */
type Uploads = (inFlight: number, isOver: (count: number) => boolean) => Promise<Course>;

/** Rows: uploads to other sections alone, and while a topic's subscribers get an edition, in turn. */
export async function uploadsBesideFanOuts(
  { desk, hub }: Apart,
  callbacks: Callbacks,
  { subscribers, uploads, rounds }: Scale["push"],
): Promise<string[][]> {
  const { healthy } = await enlist(hub, callbacks, "beside", subscribers, false);
  const send = uploadsTo(desk, "beside");
  const alone: Course[] = [];
  const meanwhile: Course[] = [];
  for (let round = 0; round < rounds; round++) {
    alone.push(await send(IN_FLIGHT, (count) => count >= uploads));
    const started = Date.now();
    const delivered = fanOut(desk, callbacks, healthy, 1000 + round);
    // The hub gathers changes first: only what is uploaded between the first and the last delivery counts.
    await callbacks.until(healthy, "POST", started, 1);
    meanwhile.push(await during(send, IN_FLIGHT, delivered));
  }
  return [
    row("uploads a second", alone, meanwhile, ({ pace }) => pace),
    row("CPU ms of the Desk's process for one", alone, meanwhile, ({ cpu }) => cpu),
  ];
}

/** Rows: the time of an upload, before and while subscribers send requests and are verified. */
export async function uploadsInStorms(
  { desk, hub }: Apart,
  callbacks: Callbacks,
  { requests, uploads }: Scale["push"],
): Promise<string[][]> {
  const rows: string[][] = [];
  for (const perSecond of STORMS) {
    const send = uploadsTo(desk, `storm-${perSecond}`);
    const before = await send(1, (count) => count >= uploads);
    const names = Array.from({ length: requests }, (_, each) => `storm-${perSecond}-${each}`);
    const since = Date.now();
    const storm = Promise.all([
      callbacks.storm(names, hub.url, TOPIC, perSecond),
      callbacks.until(names, "GET", since),
    ]);
    const inStorm = await during(send, 1, storm);
    const label = `${perSecond.toLocaleString("en")} requests a second`;
    rows.push(
      row(`ms (median), ${label}`, [before], [inStorm], ({ each }) => median(each)),
      row(`CPU ms of the Desk's process, ${label}`, [before], [inStorm], ({ cpu }) => cpu),
    );
  }
  return rows;
}

/** Uploads to many sections. @param prefix of the articles' ids */
function uploadsTo(desk: Running, prefix: string): Uploads {
  let number = 0;
  return async (inFlight, isOver) => {
    const { cpuMicroseconds: before } = await desk.usage();
    const started = performance.now();
    const each: number[] = [];
    const send = async (): Promise<void> => {
      while (!isOver(each.length)) {
        const sent = performance.now();
        number += 1;
        await publish(desk.url, besideStory(prefix, number), number);
        each.push(performance.now() - sent);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, send));
    const seconds = (performance.now() - started) / 1000;
    const { cpuMicroseconds: after } = await desk.usage();
    return { each, pace: each.length / seconds, cpu: (after - before) / 1000 / each.length };
  };
}

/** Uploads while something else is going on. */
async function during(send: Uploads, inFlight: number, other: Promise<unknown>): Promise<Course> {
  const state = { isOver: false };
  const ended = other.finally(() => {
    state.isOver = true;
  });
  const course = await send(inFlight, () => state.isOver);
  await ended;
  return course;
}

function row(
  label: string,
  before: readonly Course[],
  meanwhile: readonly Course[],
  valueOf: (course: Course) => number,
): string[] {
  const [usual, disturbed] = [median(before.map(valueOf)), median(meanwhile.map(valueOf))];
  return [label, figure(usual), figure(disturbed), figure(disturbed / usual)];
}

function besideStory(prefix: string, number: number): Story {
  return { ...story(number, FIRST_TIME, SECTIONS, BODY_BYTES), id: `${prefix}-${number}` };
}
