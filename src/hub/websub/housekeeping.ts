/** Housekeeping: leases end, topics without subscribers go, and subscribers of a feed that is gone for good learn it. */
import type { Instant } from "../../article/article.ts";
import { DAY_MILLISECONDS } from "../../article/instant.ts";
import type { Tables } from "../tables/tables.ts";
import type { Topics } from "../topics.ts";
import { deny } from "./denial.ts";

const PERIOD_MILLISECONDS = DAY_MILLISECONDS / 24;
// Subscriptions of topics that are gone, of which one run takes care.
const MAX_DENIED = 100;

export class Housekeeping {
  readonly #storage: DurableObjectStorage;
  readonly #tables: Tables;
  readonly #topics: Topics;

  constructor(storage: DurableObjectStorage, tables: Tables, topics: Topics) {
    this.#storage = storage;
    this.#tables = tables;
    this.#topics = topics;
  }

  /** Tidies up, once in a while. */
  run(now: Instant): void {
    if ((this.next() ?? Infinity) > now) return;
    const { topics, subscriptions, life } = this.#tables;
    // What fails is tried again after the usual time.
    life.tidy(now);
    this.#storage.transactionSync(() => {
      subscriptions.expire(now);
      // An address that the site no longer has, for other reasons, is no feed that is gone: the leases end.
      for (const { id, feed } of topics.all())
        if (this.#topics.isGone(feed)) deny(this.#tables, subscriptions.ofTopic(id, MAX_DENIED), now);
      topics.prune();
    });
  }

  /** The instant of the next run; undefined where there is nothing to tidy up. */
  next(): Instant | undefined {
    const { topics, life } = this.#tables;
    return topics.isEmpty() ? undefined : life.tidied() + PERIOD_MILLISECONDS;
  }
}
