/** The spread of jobs over couriers or queues, each of which works in an invocation of its own. */
import { reasonOf, report } from "../../report.ts";
import type { Job, Lane, Message } from "../messages.ts";

/** The way of jobs to those who carry them out. */
export type Spread = {
  /** Hands jobs on. Never throws, and doesn't wait until they are done. */
  send: (jobs: readonly Job[]) => Promise<void>;
  /** Whether a lane's jobs begin as they are sent; otherwise they wait here, and more are better kept in the hub. */
  hasRoom: (lane: Lane) => boolean;
};

/** Makes verifications, in the background as well. */
type Verify = (ids: number[]) => Promise<void>;

/** What works in an invocation of its own: a loopback of this Worker. */
export type Courier = { deliver: (message: Message) => Promise<void>; verify: Verify };

// The slow lane keeps no healthy subscriber waiting, and strangers' verifications keep neither.
const COURIERS = { healthy: 20, slow: 2, verification: 2 } as const;
type Line = keyof typeof COURIERS;
// A courier that waits for its last recipients after that keeps no other from starting.
const STRAGGLING_MILLISECONDS = 2000;
// All couriers together, the straggling ones too: each has a feed in memory.
const MAX_UNDER_WAY = 30;
// Cloudflare lets a request start 32 invocations of Workers ("Limits", Service bindings); an alarm counts as one.
const MAX_PER_ALARM = 30;

/** What couriers ask of the hub's clock. */
export type CouriersClock = {
  /** Another alarm now: what waits for a courier may start none before. */
  wake: () => void;
  /** The alarm for what is due next: there is room now for what waited in the hub. */
  arm: () => void;
};

/** Couriers: some at a time, and so many for each alarm. */
export class Couriers {
  readonly #courier: () => Courier;
  readonly #clock: CouriersClock;
  readonly #waiting: Record<Line, (() => Promise<void>)[]> = { healthy: [], slow: [], verification: [] };
  readonly #underWay: Record<Line, number> = { healthy: 0, slow: 0, verification: 0 };
  #left = MAX_PER_ALARM;
  #total = 0;

  constructor(courier: () => Courier, clock: CouriersClock) {
    this.#courier = courier;
    this.#clock = clock;
  }

  /** To be called by each alarm. */
  replenish(): void {
    this.#left = MAX_PER_ALARM;
    this.#start();
  }

  readonly spread: Spread = {
    send: async (jobs) => {
      for (const { lane, message } of jobs) this.#waiting[lane].push(() => this.#courier().deliver(message));
      this.#start();
    },
    hasRoom: (lane) => this.#waiting[lane].length === 0,
  };

  verify(ids: number[]): void {
    this.#waiting.verification.push(() => this.#courier().verify(ids));
    this.#start();
  }

  /** Whether a courier is free for verifications. */
  canVerify(): boolean {
    return this.#waiting.verification.length + this.#underWay.verification < COURIERS.verification;
  }

  #start(): void {
    for (const line of ["healthy", "slow", "verification"] as const) {
      while (this.#underWay[line] < COURIERS[line] && this.#left > 0 && this.#total < MAX_UNDER_WAY) {
        const next = this.#waiting[line].shift();
        if (next === undefined) break;
        this.#left -= 1;
        this.#underWay[line] += 1;
        void this.#run(line, next);
      }
    }
    if (this.#left === 0 && Object.values(this.#waiting).some(({ length }) => length > 0)) this.#clock.wake();
  }

  async #run(line: Line, work: () => Promise<void>): Promise<void> {
    let hasPlace = true;
    const leave = (): void => {
      if (hasPlace) this.#underWay[line] -= 1;
      hasPlace = false;
      this.#start();
      this.#clock.arm();
    };
    this.#total += 1;
    const straggling = line === "slow" ? undefined : setTimeout(leave, STRAGGLING_MILLISECONDS);
    try {
      await work();
    } catch (thrown) {
      // The hub finds out who was not reached, and tries again.
      report("courier-failed", { reason: reasonOf(thrown) });
    }
    clearTimeout(straggling);
    this.#total -= 1;
    leave();
  }
}

/** Cloudflare takes so many messages at once ("Limits", Queues). */
const MAX_BATCH = 100;

/**
 * The spread over Queues.
 * @param otherwise takes the jobs that no queue takes now
 */
export function queueSpread(queues: Readonly<Record<Lane, Queue<Message>>>, otherwise: Spread): Spread {
  const send: Spread["send"] = async (jobs) => {
    for (const lane of ["healthy", "slow"] as const) {
      const ofLane = jobs.filter((job) => job.lane === lane);
      for (let from = 0; from < ofLane.length; from += MAX_BATCH) {
        const some = ofLane.slice(from, from + MAX_BATCH);
        try {
          await queues[lane].sendBatch(some.map(({ message }) => ({ body: message })));
        } catch (thrown) {
          report("queue-failed", { lane, jobs: some.length, reason: reasonOf(thrown) });
          await otherwise.send(some);
        }
      }
    }
  };
  return { send, hasRoom: () => true };
}
