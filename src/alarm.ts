/** The one alarm of a Durable Object: set for the earliest wish, and set again when it was lost. */
import type { Instant } from "./article/article.ts";
import { DAY_MILLISECONDS } from "./article/instant.ts";

// An alarm so long overdue is lost: the platform gives up after six failures.
const LOST_MILLISECONDS = 5000;
// An embargo of centuries is beyond what an alarm can be set to: it wakes now and then on the way.
const FARTHEST_MILLISECONDS = 30 * DAY_MILLISECONDS;

export class Alarm {
  readonly #storage: DurableObjectStorage;
  #armedFor: number | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Sets the alarm, unless it is set for an earlier time. */
  async arm(instant: Instant, now: Instant): Promise<void> {
    const at = Math.min(instant, now + FARTHEST_MILLISECONDS);
    const isLost = (this.#armedFor ?? -Infinity) <= now - LOST_MILLISECONDS;
    if (!isLost && (this.#armedFor ?? Infinity) <= at) return;
    this.#armedFor = at;
    await this.#storage.setAlarm(at);
  }

  /** Notes that the alarm went off. */
  disarm(): void {
    this.#armedFor = undefined;
  }
}
