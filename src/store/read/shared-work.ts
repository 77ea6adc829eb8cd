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
   * off takes its work with it. One of those that wait begins it anew then, and the others wait for that one too.
   */
  async share(key: Key, work: () => Promise<Result>): Promise<Result> {
    const others: Promise<Result>[] = [];
    for (;;) {
      const underWay = this.#underWay.get(key);
      if (underWay === undefined) return Promise.race([...others, this.#begin(key, work)]);
      others.push(underWay);
      const done = await patiently(others);
      if (done !== undefined) return done.result;
      if (this.#underWay.get(key) === underWay) this.#underWay.delete(key);
    }
  }

  #begin(key: Key, work: () => Promise<Result>): Promise<Result> {
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

/** Waits for the first that is done; undefined where none is in time. */
async function patiently<Result>(works: readonly Promise<Result>[]): Promise<{ result: Result } | undefined> {
  const patience = new AbortController();
  const end = scheduler.wait(PATIENCE_MILLISECONDS, { signal: patience.signal }).then(() => undefined);
  end.catch(() => undefined);
  try {
    return await Promise.race([...works.map(async (work) => ({ result: await work })), end]);
  } finally {
    patience.abort();
  }
}
