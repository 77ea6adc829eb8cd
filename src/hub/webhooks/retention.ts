/** Retention: events, their deliveries and the log of attempts are kept for a month, replaced secrets until they end. */
import type { Instant } from "../../article/article.ts";
import { DAY_MILLISECONDS } from "../../article/instant.ts";
import type { Tables } from "../tables/tables.ts";

export const KEPT_MILLISECONDS = 30 * DAY_MILLISECONDS;
const PERIOD_MILLISECONDS = DAY_MILLISECONDS / 24;

export class Retention {
  readonly #storage: DurableObjectStorage;
  readonly #tables: Tables;
  #last = Number.NEGATIVE_INFINITY;

  constructor(storage: DurableObjectStorage, tables: Tables) {
    this.#storage = storage;
    this.#tables = tables;
  }

  /** Removes what has been kept for long enough, once in a while. */
  run(now: Instant): void {
    if ((this.next() ?? Infinity) > now) return;
    this.#last = now;
    const { webhooks, events, deliveries, attempts } = this.#tables;
    this.#storage.transactionSync(() => {
      webhooks.pruneSecrets(now);
      attempts.prune(now - KEPT_MILLISECONDS);
      events.prune(now - KEPT_MILLISECONDS);
      // What waited behind an event that is no longer kept is the first of its article now.
      for (const { id, paused } of webhooks.all()) if (paused === undefined) deliveries.release(id, now);
    });
  }

  /** The instant of the next run; undefined where nothing is kept. */
  next(): Instant | undefined {
    const { webhooks, events, attempts } = this.#tables;
    const oldest = Math.min(events.first() ?? Infinity, attempts.first() ?? Infinity);
    const due = Math.min(oldest + KEPT_MILLISECONDS, webhooks.nextSecretEnd() ?? Infinity);
    return due === Infinity ? undefined : Math.max(due, this.#last + PERIOD_MILLISECONDS);
  }
}
