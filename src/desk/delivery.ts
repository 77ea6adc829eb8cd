/** Carries stale keys from the ledger to KV: paced, retried, and never two writes of one key at a time. */
import { reasonOf, report } from "../report.ts";
import { isArticleKey } from "../store/keys.ts";
import type { Outbox } from "./outbox.ts";
import type { Projection } from "./projection.ts";

// A Worker has six connections at a time.
const MAX_CONNECTIONS = 6;

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
   * Writes those of `keys` that are due and not under way already; articles first, so that no feed links to a page
   * that isn't there yet. What fails stays in the outbox. Never throws for a failed write.
   */
  async deliver(keys: readonly string[]): Promise<void> {
    const articles = keys.filter(isArticleKey);
    const others = keys.filter((key) => !isArticleKey(key));
    for (const batch of [...batches(articles), ...batches(others)]) {
      await Promise.all(batch.map((key) => this.#write(key)));
    }
  }

  /** Writes everything that is due. */
  async deliverAll(): Promise<void> {
    for (let keys = this.#idle(); keys.length > 0; keys = this.#idle()) await this.deliver(keys);
    this.#outbox.prune(Date.now());
  }

  #idle(): string[] {
    return this.#outbox.due(Date.now()).filter((key) => !this.#underWay.has(key));
  }

  async #write(key: string): Promise<void> {
    if (this.#underWay.has(key)) return;
    const now = Date.now();
    const taken = this.#outbox.take(key, now);
    if (taken === undefined) return;
    this.#underWay.add(key);
    try {
      const value = this.#projection.value(key, now);
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
