/** Carries stale keys from the ledger to KV: paced, retried, and never two writes of one key at a time. */
import { reasonOf, report } from "../report.ts";
import { isArticleKey, isPageKey } from "../store/keys.ts";
import type { Outbox } from "./outbox.ts";
import type { Projection } from "./projection.ts";

// A Worker has six connections at a time.
const MAX_CONNECTIONS = 6;
// Cloudflare allows an invocation 1,000 operations.
const MAX_WRITES = 900;
const MAX_BATCH = 60;

export class Delivery {
  readonly #kv: KVNamespace;
  readonly #outbox: Outbox;
  readonly #projection: Projection;
  readonly #underWay = new Set<string>();

  constructor(kv: KVNamespace, outbox: Outbox, projection: Projection) {
    this.#kv = kv;
    this.#outbox = outbox;
    this.#projection = projection;
  }

  /**
   * Writes those of `keys` that are due and not under way already; articles first, then archive pages, so that no feed links
   * to what isn't there yet. What fails stays in the outbox. Never throws for a failed write.
   */
  async deliver(keys: readonly string[]): Promise<void> {
    const articles = keys.filter(isArticleKey);
    const pages = keys.filter(isPageKey);
    const others = keys.filter((key) => !isArticleKey(key) && !isPageKey(key));
    for (const batch of [articles, pages, others].flatMap(batches)) {
      await Promise.all(batch.map((key) => this.#write(key)));
    }
  }

  /** Writes what is due, as much of it as one invocation may. */
  async deliverAll(): Promise<void> {
    for (let left = MAX_WRITES; left > 0;) {
      const keys = this.#next(Math.min(left, MAX_BATCH));
      if (keys.length === 0) break;
      await this.deliver(keys);
      left -= keys.length;
    }
    this.#outbox.prune(Date.now());
  }

  /** Some keys that are due, and with a feed the articles that it links to. */
  #next(limit: number): string[] {
    const now = Date.now();
    const due = this.#outbox.due(now, limit);
    const linked = this.#outbox.dueAmong(
      due.flatMap((key) => this.#projection.linked(key)),
      now,
    );
    // A feed that is beyond the limit has its turn after what it links to.
    return [...new Set([...linked, ...due])].filter((key) => !this.#underWay.has(key)).slice(0, limit);
  }

  async #write(key: string): Promise<void> {
    if (this.#underWay.has(key)) return;
    const now = Date.now();
    const taken = this.#outbox.take(key, now);
    if (taken === undefined) return;
    this.#underWay.add(key);
    try {
      const value = this.#projection.value(key, now, taken.attempts > 0);
      if (value === undefined) await this.#kv.delete(key);
      else await this.#kv.put(key, value.text, { metadata: value.edition });
      this.#outbox.written(taken, Date.now());
    } catch (thrown) {
      this.#outbox.failed(taken, Date.now());
      report("kv-write-failed", { key, attempts: taken.attempts + 1, reason: reasonOf(thrown) });
    } finally {
      this.#underWay.delete(key);
    }
  }
}

function batches(keys: string[]): string[][] {
  return Array.from({ length: Math.ceil(keys.length / MAX_CONNECTIONS) }, (_, index) =>
    keys.slice(index * MAX_CONNECTIONS, (index + 1) * MAX_CONNECTIONS),
  );
}
