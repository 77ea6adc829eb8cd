/** What follows a decision: KV is written, what is due is released or expires, and the alarm is set for the rest. */
import { reasonOf, report } from "../report.ts";
import { articleKey, AUTHORS_KEY, NEWS_KEY, SITE_KEY, windowKey } from "../store/keys.ts";
import type { Actions } from "./actions.ts";
import { Alarm } from "./alarm.ts";
import type { Delivery } from "./delivery.ts";
import type { Filing } from "./filing.ts";
import type { Accepted } from "./outcome.ts";
import { PACE_MILLISECONDS } from "./outbox.ts";
import type { Parts } from "./parts.ts";

const PATIENCE_MILLISECONDS = 3000;
const MAX_DUE = 100;
const LATER_MILLISECONDS = 60_000;

export class FollowUp {
  readonly #storage: DurableObjectStorage;
  readonly #parts: Parts;
  readonly #actions: Actions;
  readonly #filing: Filing;
  readonly #delivery: Delivery;
  readonly #alarm: Alarm;

  constructor(
    storage: DurableObjectStorage,
    parts: Parts,
    actions: Actions,
    filing: Filing,
    delivery: Delivery,
  ) {
    this.#storage = storage;
    this.#parts = parts;
    this.#actions = actions;
    this.#filing = filing;
    this.#delivery = delivery;
    this.#alarm = new Alarm(storage);
  }

  /** Writes to KV what an accepted change made stale, as far as pace, health and patience allow. */
  async publicise({ article, feeds, pages }: Accepted): Promise<void> {
    // Should this Desk vanish from here on, the next one is woken to go on.
    await this.soon();
    const listings = [SITE_KEY, AUTHORS_KEY, NEWS_KEY];
    await this.#deliverPatiently([articleKey(article.id), ...pages, ...feeds.map(windowKey), ...listings]);
    await this.#arm();
  }

  /** Leaves the writing to the alarm. */
  async soon(): Promise<void> {
    const now = Date.now();
    await this.#alarm.arm(now + PACE_MILLISECONDS, now);
  }

  /** Sets the alarm anew, for a Desk that can do nothing now: the release that can will find it set. */
  async later(): Promise<void> {
    const now = Date.now();
    this.#alarm.disarm();
    await this.#alarm.arm(now + LATER_MILLISECONDS, now);
  }

  /** What the alarm does. */
  async wake(): Promise<void> {
    this.#alarm.disarm();
    await this.sweep();
  }

  /** Releases what is due, files what waits for it, writes what is stale, sets the next alarm. Never throws: the platform stops after six failures. */
  async sweep(): Promise<void> {
    try {
      this.#tick();
      this.#storage.transactionSync(() => this.#filing.step());
      await this.#delivery.deliverAll();
    } catch (thrown) {
      report("sweep-failed", { reason: reasonOf(thrown) });
    }
    await this.#arm();
  }

  /** An editor needn't wait for a slow KV: the article is stored, and the writes go on. */
  async #deliverPatiently(keys: string[]): Promise<void> {
    const { promise: tooLong, resolve } = Promise.withResolvers<void>();
    const patience = setTimeout(resolve, PATIENCE_MILLISECONDS);
    const delivered = this.#delivery
      .deliver(keys)
      .catch((thrown: unknown) => report("delivery-failed", { reason: reasonOf(thrown) }));
    await Promise.race([delivered, tooLong]);
    clearTimeout(patience);
  }

  /** Each in its own transaction: one that can't be released holds nobody up. */
  #tick(): void {
    const now = Date.now();
    for (const entry of this.#parts.ledger.due(now, MAX_DUE)) {
      try {
        this.#storage.transactionSync(() => this.#actions.tick(entry, now));
      } catch (thrown) {
        report("release-failed", { article: entry.id, reason: reasonOf(thrown) });
      }
    }
  }

  /** Sets the alarm for what comes next; what is overdue is under way, and is looked at again. */
  async #arm(): Promise<void> {
    try {
      const now = Date.now();
      const { outbox, ledger } = this.#parts;
      const filing = this.#filing.isOpen() ? now : Infinity;
      const next = Math.min(outbox.next() ?? Infinity, ledger.nextDue() ?? Infinity, filing);
      if (next === Infinity) return;
      await this.#alarm.arm(next > now ? next : now + PACE_MILLISECONDS, now);
    } catch (thrown) {
      report("alarm-not-set", { reason: reasonOf(thrown) });
    }
  }
}
