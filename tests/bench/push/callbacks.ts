/** Callbacks in a process of their own, so that they take no time from the program that measures. */
import { fork } from "node:child_process";
import { on, once } from "node:events";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import type { BehaviourInput } from "../../support/subscribers/behaviour.ts";

/** A request of the hub: a verification is a GET, a delivery a POST. */
export type Method = "GET" | "POST";

/** What the process is told to do, or asked for. */
export type Question =
  | { names: readonly string[]; delivery: BehaviourInput["delivery"] }
  | { names: readonly string[]; worker: string; topic: string; perSecond: number }
  | { names: readonly string[]; method: Method; since: number; count: number };

export type Callbacks = AsyncDisposable & {
  /** The address of a callback. */
  url: (name: string) => string;
  /**
   * Lets callbacks subscribe to a topic, so many in a second, whatever becomes of those before. Ends when the hub has answered all.
   * @param worker that has the hub's endpoint
   * @throws Error unless each is accepted
   */
  storm: (names: readonly string[], worker: URL, topic: string, perSecond: number) => Promise<void>;
  /** Sets the answers to deliveries. */
  behave: (names: readonly string[], delivery: BehaviourInput["delivery"]) => Promise<void>;
  /**
   * Waits until so many of the callbacks have had a request since an instant.
   * @returns when the last of these came, in milliseconds since 1970
   * @throws Error when they don't come
   */
  until: (names: readonly string[], method: Method, since: number, count?: number) => Promise<number>;
};

// Only ends a measurement that hangs.
const PATIENCE_MILLISECONDS = 1_200_000;

const Started = v.object({ id: v.literal(0), value: v.string() });
const Answer = v.object({ id: v.number(), value: v.number() });

/**
 * Starts the callbacks at a free port of this machine.
 * @param priority of their process, as the system counts it
 */
export async function startCallbacks(
  priority: number = constants.priority.PRIORITY_NORMAL,
): Promise<Callbacks> {
  const child = fork(join(import.meta.dirname, "callbacks-process.ts"));
  if (child.pid !== undefined) setPriority(child.pid, priority);
  const [{ value: origin }] = v.parse(v.tuple([Started]), (await once(child, "message")).slice(0, 1));
  let asked = 0;
  const ask = async (question: Question): Promise<number> => {
    const id = ++asked;
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const answers = on(child, "message", { signal, close: ["exit"] });
    child.send({ id, question });
    for await (const [message] of answers) {
      const answer = v.parse(Answer, message);
      if (answer.id === id) return answer.value;
    }
    throw new Error("The callbacks have ended");
  };
  return {
    url: (name) => `${origin}/callback/${name}`,
    storm: async (names, worker, topic, perSecond) =>
      void (await ask({ names, worker: worker.href, topic, perSecond })),
    behave: async (names, delivery) => void (await ask({ names, delivery })),
    until: (names, method, since, count = names.length) => ask({ names, method, since, count }),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, "exit");
    },
  };
}
