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
  readonly #siteUrl: string;
  #last = Number.NEGATIVE_INFINITY;

  constructor(storage: DurableObjectStorage, tables: Tables, topics: Topics, siteUrl: string) {
    this.#storage = storage;
    this.#tables = tables;
    this.#topics = topics;
    this.#siteUrl = siteUrl;
  }

  /** Tidies up, once in a while. */
  run(now: Instant): void {
    if (now < this.#last + PERIOD_MILLISECONDS) return;
    this.#last = now;
    const { topics, subscriptions } = this.#tables;
    this.#storage.transactionSync(() => {
      subscriptions.expire(now);
      // The site's owner took such a feed out of site.json: nobody can make it come back by publishing. A site that has moved says
      // nothing of its former addresses: their leases end.
      for (const { id, url } of topics.all()) {
        if (!url.startsWith(`${this.#siteUrl}/`) || this.#topics.find(url) !== undefined) continue;
        deny(this.#tables, subscriptions.ofTopic(id, MAX_DENIED), now);
      }
      topics.prune();
    });
  }

  /** The instant of the next run; undefined where there is nothing to tidy up. */
  next(now: Instant): Instant | undefined {
    if (this.#tables.topics.isEmpty()) return undefined;
    return Math.max(now, this.#last + PERIOD_MILLISECONDS);
  }
}
