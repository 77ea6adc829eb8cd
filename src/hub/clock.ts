/** The hub's clock: what is due is done when the alarm goes off, and the alarm is set for what comes next. */
import pLimit from "p-limit";
import type { Instant } from "../article/article.ts";
import { Alarm } from "../alarm.ts";
import { reasonOf, report } from "../report.ts";

/** Something that is done from time to time. */
export type Duty = {
  /** For the log. */
  name: string;
  /** Does what is due. What fails is tried again at the next alarm. */
  run: () => Promise<void> | void;
  /** The instant at which something is due next; undefined where nothing is. */
  next: (now: Instant) => Instant | undefined;
};

// Where a duty failed, or has more to do, the next alarm comes no sooner.
const PAUSE_MILLISECONDS = 1000;

export class Clock {
  readonly #alarm: Alarm;
  readonly #duties: readonly Duty[];
  // The cron trigger may come while the alarm is at work: two that make an edition of the same topic would both send it.
  readonly #turn = pLimit(1);

  constructor(storage: DurableObjectStorage, duties: readonly Duty[]) {
    this.#alarm = new Alarm(storage);
    this.#duties = duties;
  }

  /** Does what is due, one duty after the other, once at a time. Never throws: the platform stops after six failures. */
  async onAlarm(): Promise<void> {
    this.#alarm.disarm();
    await this.#turn(() => this.#run());
  }

  /**
   * Sets the alarm for what comes next, unless nothing does.
   * @param pause milliseconds until what is due already
   */
  async arm(pause = 0): Promise<void> {
    try {
      const now = Date.now();
      const dues = this.#duties.map(({ next }) => next(now) ?? Infinity);
      const next = Math.min(...dues);
      if (next !== Infinity) await this.#alarm.arm(next > now ? next : now + pause, now);
    } catch (thrown) {
      report("alarm-not-set", { reason: reasonOf(thrown) });
    }
  }

  /** Sets the alarm for now. */
  async wake(): Promise<void> {
    try {
      const now = Date.now();
      await this.#alarm.arm(now, now);
    } catch (thrown) {
      report("alarm-not-set", { reason: reasonOf(thrown) });
    }
  }

  async #run(): Promise<void> {
    for (const { name, run } of this.#duties) {
      try {
        await run();
      } catch (thrown) {
        report("hub-duty-failed", { duty: name, reason: reasonOf(thrown) });
      }
    }
    await this.arm(PAUSE_MILLISECONDS);
  }
}
