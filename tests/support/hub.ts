/** A hub whose clock the test moves: requests to it, the alarms that are due, and what its subscribers got. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import type { Instant } from "../../src/article/article.ts";
import { hubSignature } from "../../src/hub/delivery/signature.ts";
import { hubFaults } from "./faulty-hub.ts";
import { desk, get, put, request } from "./newsroom.ts";
import { ORIGIN } from "./site.ts";
import { type Wire, wire } from "./stories/wire.ts";
import type { BehaviourInput } from "./subscribers/behaviour.ts";
import { type RemoteSubscriber, subscriber } from "./subscribers/control.ts";
import { isDelivery, isVerification, queryOf, type Received } from "./subscribers/received.ts";
import { backgroundTasks, type Hub } from "./worker.ts";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The parameters of a request: names and values in their order. */
export type Parameters = readonly (readonly [string, string])[];

/** The secrets that tests give to the hub. */
const SECRETS = ["old", "new"];

/** The hub of the Worker under test. */
export function hub(): DurableObjectStub<Hub> {
  return env.HUB.getByName("hub");
}

/** Sends a form to the hub. */
export function post(form: Parameters, headers: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams(form.map(([name, value]) => [name, value]));
  return request("/hub", { method: "POST", body, headers });
}

/** The form of a request. @param topic a path on the site, or an absolute address */
export function formOf(mode: string, topic: string, callback: string, more: Parameters = []): Parameters {
  return [
    ["hub.mode", mode],
    ["hub.topic", topic.startsWith("/") ? `${ORIGIN}${topic}` : topic],
    ["hub.callback", callback],
    ...more,
  ];
}

/** Sends a request that the hub takes, and lets it be verified: at once, or a second after another one. */
export async function ask(
  mode: "subscribe" | "unsubscribe",
  topic: string,
  callback: string,
  more: Parameters = [],
): Promise<void> {
  const response = await post(formOf(mode, topic, callback, more));
  expect([response.status, await response.text()]).toEqual([202, ""]);
  await advance(0);
  if (await isAnyUnasked()) await advance(SECOND);
}

/** Whether a request waits for its first verification. */
function isAnyUnasked(): Promise<boolean> {
  return runInDurableObject(
    hub(),
    (_instance, { storage }) => [...storage.sql.exec("SELECT id FROM intent WHERE attempts = 0")].length > 0,
  );
}

/** A new subscriber of a topic. */
export async function subscribe(
  topic: string,
  behaviour: BehaviourInput = {},
  more: Parameters = [],
): Promise<RemoteSubscriber> {
  const one = await subscriber(behaviour);
  await ask("subscribe", topic, one.callback, more);
  return one;
}

/** Publishes or revises an article of politics under its headline as the id. */
export async function publish(headline: string, changes: Partial<Wire> = {}): Promise<void> {
  const id = headline.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const response = await put(id, wire({ headline, ...changes }));
  expect([response.status, response.ok]).toEqual([response.status, true]);
}

/** The queries of the verifications that a subscriber got. */
export async function verifications({ received }: RemoteSubscriber): Promise<URLSearchParams[]> {
  return (await received()).filter(isVerification).map(queryOf);
}

export async function deliveries({ received }: RemoteSubscriber): Promise<Received[]> {
  return (await received()).filter(isDelivery);
}

/** Whether each delivery of a subscriber has the article "A slander", which tests withdraw. */
export async function slandered(one: RemoteSubscriber): Promise<boolean[]> {
  return (await deliveries(one)).map(({ body }) => body.text.includes("A slander"));
}

/** Which of the secrets of these tests a delivery is signed with; undefined for none. */
export async function signedWith(delivery: Received | undefined): Promise<string | undefined> {
  const signature = new Headers(delivery?.headers).get("X-Hub-Signature");
  for (const secret of SECRETS)
    if (signature === (await hubSignature(secret, new TextEncoder().encode(delivery?.body.text))))
      return secret;
  return undefined;
}

/** Waits until no courier, no notice and no background work of a request is under way. */
export async function untilCalm(): Promise<void> {
  let calm = 0;
  await vi.waitUntil(
    () => {
      calm = hubFaults.count() === 0 && backgroundTasks() === 0 ? calm + 1 : 0;
      // What ends lets something else begin.
      return calm > 2;
    },
    { timeout: 30_000, interval: 0 },
  );
}

type Due = { stub: DurableObjectStub; at: Instant };

/** The alarms of the Desk and the hub, the earliest first. */
async function alarms(): Promise<Due[]> {
  const found = await Promise.all(
    [desk(), hub()].map(async (stub): Promise<Due[]> => {
      const at = await runInDurableObject(stub, (_instance, { storage }) => storage.getAlarm());
      return at === null ? [] : [{ stub, at }];
    }),
  );
  return found.flat().toSorted((one, other) => one.at - other.at);
}

/**
 * Moves the clock, and lets each alarm of the Desk and of the hub go off at its time. With 0: all that is due now.
 * @param wait ends when the work that an alarm began may go on with the next one
 */
export async function advance(milliseconds: number, wait: () => Promise<void> = untilCalm): Promise<void> {
  const end = Date.now() + milliseconds;
  for (;;) {
    await wait();
    const [next] = await alarms();
    if (next === undefined || next.at > end) break;
    vi.setSystemTime(Math.max(Date.now(), next.at));
    await runDurableObjectAlarm(next.stub);
  }
  vi.setSystemTime(end);
}

/** Lets time pass. @returns after how many milliseconds a subscriber got each delivery that came meanwhile */
export async function deliveryTimes(one: RemoteSubscriber, milliseconds: number): Promise<number[]> {
  const start = Date.now();
  const before = (await deliveries(one)).length;
  const times: number[] = [];
  await advance(milliseconds, async () => {
    await untilCalm();
    const count = (await deliveries(one)).length - before;
    while (times.length < count) times.push(Date.now() - start);
  });
  return times;
}

/** Moves the clock, and lets the alarms go off, but waits for no courier. */
export function begin(milliseconds: number): Promise<void> {
  return advance(milliseconds, async () => {
    await scheduler.wait(1);
    await vi.waitUntil(() => hubFaults.count("notice") === 0, { timeout: 10_000, interval: 0 });
  });
}

/** Gives connections less time than they have, in milliseconds. @returns the times that they were to have */
export function hurry(milliseconds: number): () => number[] {
  const real = AbortSignal.timeout.bind(AbortSignal);
  const spy = vi
    .spyOn(AbortSignal, "timeout")
    .mockImplementation((wished) => real(Math.min(wished, milliseconds)));
  return () => spy.mock.calls.map(([wished]) => wished);
}

/** A place at which work waits until the test lets it go on. */
export function gate() {
  const state = { isReached: false, isOpen: false };
  return {
    /** For the work. */
    pass: async (): Promise<void> => {
      state.isReached = true;
      while (!state.isOpen) await scheduler.wait(1);
    },
    reached: () => vi.waitUntil(() => state.isReached, { timeout: 10_000, interval: 0 }),
    open: (): void => {
      state.isOpen = true;
    },
  };
}

/** Publishes an article whose place in the feed its number decides, the highest first. */
export function change(number: number): Promise<void> {
  const time = new Date(Date.parse("2026-11-05T07:00:00Z") + number * MINUTE);
  return publish(`Change ${number}`, { time: time.toISOString() });
}

/** The number of the newest change in each delivery, 0 for none. */
export async function newestChanges(one: RemoteSubscriber): Promise<number[]> {
  return (await deliveries(one)).map(({ body }) => Number(/Change (\d+)/.exec(body.text)?.[1] ?? 0));
}

/** Whether the last delivery is what the topic serves, and none was older than the one before. */
export async function isUpToDate(one: RemoteSubscriber, topic: string): Promise<boolean> {
  const changes = await newestChanges(one);
  const last = (await deliveries(one)).at(-1);
  const isInOrder = changes.every((number, index) => number >= (changes[index - 1] ?? 0));
  return isInOrder && last?.body.text === (await (await get(topic)).text());
}
