/** The Desk: the one Durable Object through which every write goes. It never reads KV to decide anything. */
import { DurableObject } from "cloudflare:workers";
import type { Article, Draft, Instant } from "../article/article.ts";
import { reasonOf, report } from "../report.ts";
import { articleKey, SITE_KEY, windowKey } from "../store/keys.ts";
import { Delivery } from "./delivery.ts";
import type { Expectation } from "./expectation.ts";
import { Feeds } from "./feeds.ts";
import { Ledger } from "./ledger.ts";
import { Newsdesk } from "./newsdesk.ts";
import type { Listed, Outcome, Submission } from "./outcome.ts";
import { Outbox, PACE_MILLISECONDS } from "./outbox.ts";
import { Projection } from "./projection.ts";
import { migrate } from "./schema.ts";

// An alarm so long overdue is lost: the platform gives up after six failures.
const LOST_MILLISECONDS = 5000;
// An embargo of centuries is beyond what an alarm can be set to: it wakes now and then on the way.
const FARTHEST_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;
const PATIENCE_MILLISECONDS = 3000;
const MAX_RELEASED = 100;

export class Desk extends DurableObject<Env> {
  readonly #storage: DurableObjectStorage;
  readonly #ledger: Ledger;
  readonly #outbox: Outbox;
  readonly #newsdesk: Newsdesk;
  readonly #delivery: Delivery;
  #armedFor: number | undefined;

  /** @param windowSize how many articles a feed shows at most */
  constructor(ctx: DurableObjectState, env: Env, windowSize: number) {
    super(ctx, env);
    this.#storage = ctx.storage;
    const epoch = migrate(ctx.storage, crypto.randomUUID().slice(0, 8));
    const { sql } = ctx.storage;
    const feeds = new Feeds(sql, windowSize);
    this.#ledger = new Ledger(sql);
    this.#outbox = new Outbox(sql);
    this.#newsdesk = new Newsdesk(this.#ledger, feeds, this.#outbox);
    this.#delivery = new Delivery(env.ARTICLES, this.#outbox, new Projection(this.#ledger, feeds, epoch));
  }

  /**
   * Publishes or schedules an article, or revises it. Once this answers, the article is stored; KV has been written
   * as far as its pace and its health allowed, and the rest follows by itself.
   */
  async publish(submission: Submission): Promise<Outcome> {
    const digest = await digestOf(submission.draft);
    return this.#write((now) => this.#newsdesk.publish(submission, digest, now));
  }

  /** Retracts an article. */
  withdraw(id: string, expectation: Expectation, actor: string): Promise<Outcome> {
    return this.#write((now) => this.#newsdesk.withdraw(id, expectation, actor, now));
  }

  /** An article as an editor sees it, whatever its status; undefined where there is none. */
  article(id: string): Article | undefined {
    const entry = this.#ledger.find(id);
    return entry && this.#ledger.article(entry);
  }

  /** Articles of every status, in feed order, after the one that `after` names. */
  articles(after: { published: Instant; id: string } | undefined, limit: number): Listed[] {
    return this.#ledger.list(after, limit).map(({ seen: _seen, ...listed }) => listed);
  }

  /** Releases what is due, writes what is stale, sets the next alarm. Never throws: the platform stops after six failures. */
  override async alarm(): Promise<void> {
    this.#armedFor = undefined;
    await this.sweep();
  }

  /** What the alarm does; the cron trigger asks for it too, in case an alarm was lost. */
  async sweep(): Promise<void> {
    try {
      this.#release();
      await this.#delivery.deliverAll();
    } catch (thrown) {
      report("sweep-failed", { reason: reasonOf(thrown) });
    }
    await this.#arm();
  }

  async #write(decide: (now: Instant) => Outcome): Promise<Outcome> {
    const outcome = this.#storage.transactionSync(() => decide(Date.now()));
    if (!outcome.ok || outcome.change === "unchanged") return outcome;
    // Should this Desk vanish from here on, the next one is woken to go on.
    await this.#armFor(Date.now() + PACE_MILLISECONDS);
    const keys = [articleKey(outcome.article.id), ...outcome.feeds.map(windowKey), SITE_KEY];
    await this.#deliverPatiently(keys);
    await this.#arm();
    return outcome;
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
  #release(): void {
    const now = Date.now();
    for (const entry of this.#ledger.dueForRelease(now, MAX_RELEASED)) {
      try {
        this.#storage.transactionSync(() => this.#newsdesk.release(entry, now));
      } catch (thrown) {
        report("release-failed", { article: entry.id, reason: reasonOf(thrown) });
      }
    }
  }

  /** Sets the alarm for the next release or write; one that is overdue is under way, and is looked at again. */
  async #arm(): Promise<void> {
    try {
      const now = Date.now();
      const next = Math.min(this.#outbox.next() ?? Infinity, this.#ledger.nextRelease() ?? Infinity);
      if (next === Infinity) return;
      await this.#armFor(next > now ? next : now + PACE_MILLISECONDS);
    } catch (thrown) {
      report("alarm-not-set", { reason: reasonOf(thrown) });
    }
  }

  /** Sets the alarm, unless it is set for an earlier time. */
  async #armFor(instant: Instant): Promise<void> {
    const now = Date.now();
    const at = Math.min(instant, now + FARTHEST_MILLISECONDS);
    const isLost = (this.#armedFor ?? -Infinity) <= now - LOST_MILLISECONDS;
    if (!isLost && (this.#armedFor ?? Infinity) <= at) return;
    this.#armedFor = at;
    await this.#storage.setAlarm(at);
  }
}

/** SHA-256 of a draft, in hexadecimal: the same document gives the same digest. */
async function digestOf(draft: Draft): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(draft)));
  return new Uint8Array(bytes).toHex();
}
