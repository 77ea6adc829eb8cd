/** Work that several requests wait for, done once: a read of KV, a rendering. */
import { LRUCache } from "lru-cache";

// How long a request waits for another request's work before it does the work itself. It looks soon, and then less often: a crowd
// that waits for a slow read must not keep the isolate busy.
const PATIENCE_MILLISECONDS = 1000;
const FIRST_LOOK_MILLISECONDS = 1;
const MAX_PAUSE_MILLISECONDS = 32;
// What a request that was cut off has left behind gives way to newer work. Work that gives way is done, but shared no more.
const MAX_UNDER_WAY = 1000;

/** Work of one request, and how it ended. */
type Work<Result> = { ended?: { result: Result } | { thrown: unknown } };

export class SharedWork<Key extends {}, Result> {
  readonly #underWay = new LRUCache<Key, Work<Result>>({ max: MAX_UNDER_WAY });

  /** Whether a request is at this work, and it isn't forgotten. */
  has(key: Key): boolean {
    return this.#underWay.has(key);
  }

  /**
   * Waits for the work that is under way, or begins it. Another request's work isn't waited for without end: a request that is cut
   * off takes its work with it. One of those that wait begins it anew then, and the others wait for that one too.
   *
   * A request looks for what another one has found, and never awaits its promise: a promise belongs to the request that made it, and
   * what follows it would run in the name of that one ("Cannot perform I/O on behalf of a different request").
   */
  async share(key: Key, work: () => Promise<Result>): Promise<Result> {
    const others: Work<Result>[] = [];
    for (;;) {
      const underWay = this.#underWay.get(key);
      if (underWay === undefined) return this.#begin(key, work);
      others.push(underWay);
      const ended = await firstEnded(others);
      if (ended !== undefined && "thrown" in ended) throw ended.thrown;
      if (ended !== undefined) return ended.result;
      if (this.#underWay.get(key) === underWay) this.#underWay.delete(key);
    }
  }

  async #begin(key: Key, work: () => Promise<Result>): Promise<Result> {
    const begun: Work<Result> = {};
    this.#underWay.set(key, begun);
    try {
      const result = await work();
      begun.ended = { result };
      return result;
    } catch (thrown) {
      begun.ended = { thrown };
      throw thrown;
    } finally {
      if (this.#underWay.get(key) === begun) this.#underWay.delete(key);
    }
  }

  /** Lets the next request begin the work anew; those that wait already go on waiting. */
  forget(key: Key): void {
    this.#underWay.delete(key);
  }
}

/** How the first of them ended; undefined where none does in time. */
async function firstEnded<Result>(works: readonly Work<Result>[]): Promise<Work<Result>["ended"]> {
  let waited = 0;
  for (let pause = FIRST_LOOK_MILLISECONDS; waited < PATIENCE_MILLISECONDS;) {
    await scheduler.wait(pause);
    waited += pause;
    pause = Math.min(pause * 2, MAX_PAUSE_MILLISECONDS);
    const first = works.find(({ ended }) => ended !== undefined);
    if (first !== undefined) return first.ended;
  }
  return undefined;
}
