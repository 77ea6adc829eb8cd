/** A subscriber for tests in workerd: it lives in another process, and is controlled over HTTP. */
import * as v from "valibot";
import { inject } from "vitest";
import type { BehaviourInput } from "./behaviour.ts";
import { Received } from "./received.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The origin of the subscribers' server. */
    subscribers: string;
  }
}

export type RemoteSubscriber = {
  callback: string;
  /** Sets its whole behaviour; its replies begin with the first. */
  behave: (behaviour: BehaviourInput) => Promise<void>;
  /** All requests to it, the oldest first. */
  received: () => Promise<Received[]>;
  /**
   * Waits until the requests to it meet a condition. It moves no clock and runs no alarm: a test whose Hub stands still
   * uses `vi.waitUntil` with `received`.
   */
  until: (isReached: (received: readonly Received[]) => boolean) => Promise<Received[]>;
};

/** A new subscriber: files run at the same time, and its name is its own. */
export async function subscriber(behaviour: BehaviourInput = {}): Promise<RemoteSubscriber> {
  const origin = inject("subscribers");
  const name = crypto.randomUUID();
  const control = `${origin}/control/${name}`;
  const behave = async (next: BehaviourInput): Promise<void> => {
    const response = await fetch(control, { method: "PUT", body: JSON.stringify(next) });
    if (!response.ok) throw new Error(await response.text());
  };
  const received = async (query = ""): Promise<Received[]> =>
    v.parse(v.array(Received), await (await fetch(`${control}${query}`)).json());
  await behave(behaviour);
  return {
    callback: `${origin}/callback/${name}`,
    behave,
    received: () => received(),
    until: async (isReached) => {
      let known = await received();
      while (!isReached(known)) known = await received(`?after=${known.length}`);
      return known;
    },
  };
}
