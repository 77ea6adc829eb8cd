/** Work that several requests wait for, done once: a read of KV, a rendering. */
import { LRUCache } from "lru-cache";

// How long a request waits for another request's work before it does the work itself.
const PATIENCE_MILLISECONDS = 1000;
// What a request that was cut off has left behind gives way to newer work. Work that gives way is done, but shared no more.
const MAX_UNDER_WAY = 1000;

export class SharedWork<Key extends {}, Result> {
  readonly #underWay = new LRUCache<Key, Promise<Result>>({ max: MAX_UNDER_WAY });

  /** Whether a request is at this work, and it isn't forgotten. */
  has(key: Key): boolean {
    return this.#underWay.has(key);
  }

  /**
   * Waits for the work that is under way, or begins it. Another request's work isn't waited for without end: a request that is cut
   * off takes its work with it.
   */
  share(key: Key, work: () => Promise<Result>): Promise<Result> {
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) {
      return patiently(underWay, () => {
        // One of those that wait takes the place over, the others wait for that one.
        if (this.#underWay.get(key) === underWay) this.#underWay.delete(key);
        return this.share(key, work);
      });
    }
    const begun = work().finally(() => {
      if (this.#underWay.get(key) === begun) this.#underWay.delete(key);
    });
    this.#underWay.set(key, begun);
    return begun;
  }

  /** Lets the next request begin the work anew; those that wait already go on waiting. */
  forget(key: Key): void {
    this.#underWay.delete(key);
  }
}

async function patiently<Result>(underWay: Promise<Result>, work: () => Promise<Result>): Promise<Result> {
  const patience = new AbortController();
  const impatient = scheduler.wait(PATIENCE_MILLISECONDS, { signal: patience.signal }).then(work);
  try {
    return await Promise.race([underWay, impatient]);
  } finally {
    impatient.catch(() => undefined);
    patience.abort();
  }
}
