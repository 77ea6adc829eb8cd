/** Subscriptions to a topic, each of a callback of its own. */
import { setTimeout as pause } from "node:timers/promises";
import { SITE_URL } from "../dateline/client.ts";
import type { Callbacks } from "./callbacks.ts";

const ANSWER_MILLISECONDS = 30_000;
// After the last verification the hub notes that it was confirmed.
const NOTED_MILLISECONDS = 1000;

/**
 * Sends the requests of callbacks to a hub, some at a time.
 * @param topic the path of a feed
 * @param callback gives the address of each name
 * @throws Error unless each is accepted
 */
export async function request(
  worker: URL,
  topic: string,
  callback: (name: string) => string,
  names: readonly string[],
  inFlight: number,
): Promise<void> {
  const left = names.values();
  const send = async (): Promise<void> => {
    for (const name of left) {
      const response = await fetch(new URL("/hub", worker), {
        method: "POST",
        body: new URLSearchParams({
          "hub.mode": "subscribe",
          "hub.topic": `${SITE_URL}${topic}`,
          "hub.callback": callback(name),
          "hub.secret": `the secret of ${name}`,
        }),
        signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
      });
      const text = await response.text();
      if (response.status !== 202) throw new Error(`The hub answered ${response.status}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, send));
}

/** Subscribes callbacks to a topic, and waits until the hub has verified them all. */
export async function subscribe(
  worker: URL,
  topic: string,
  callbacks: Callbacks,
  names: readonly string[],
): Promise<void> {
  const since = Date.now();
  await request(worker, topic, callbacks.url, names, 8);
  await callbacks.until(names, "GET", since);
  await pause(NOTED_MILLISECONDS);
}
