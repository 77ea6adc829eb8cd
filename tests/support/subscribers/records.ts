/** The requests that each subscriber has received, and the tests that wait for more. */
import type { Received } from "./received.ts";

// Only ends a test that hangs.
const PATIENCE_MILLISECONDS = 60_000;

type Waiting = { check: () => void };

export class Records {
  readonly #received = new Map<string, Received[]>();
  readonly #waiting = new Map<string, Set<Waiting>>();
  readonly #open = new Map<string, number>();

  add(name: string, received: Received): void {
    const list = this.#received.get(name);
    if (list === undefined) this.#received.set(name, [received]);
    else list.push(received);
    for (const { check } of this.#waiting.get(name) ?? []) check();
  }

  /** Notes that a request to a name waits for the end of its answer, or waits no more. */
  addOpen(name: string, count: 1 | -1): void {
    this.#open.set(name, this.open(name) + count);
    for (const { check } of this.#waiting.get(name) ?? []) check();
  }

  /** How many requests to a name wait for the end of their answer. */
  open(name: string): number {
    return this.#open.get(name) ?? 0;
  }

  /** All requests to a name, the oldest first. */
  of(name: string): readonly Received[] {
    return this.#received.get(name) ?? [];
  }

  /**
   * Waits until the requests to a name meet a condition.
   * @param milliseconds after which it gives up
   * @returns the requests that met it
   * @throws Error that names what has come, when they never do
   */
  until(
    name: string,
    isReached: (received: readonly Received[]) => boolean,
    milliseconds = PATIENCE_MILLISECONDS,
  ): Promise<readonly Received[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly Received[]>();
    const waiting = this.#waiting.get(name) ?? new Set();
    this.#waiting.set(name, waiting);
    const check = (): void => {
      try {
        if (isReached(this.of(name))) resolve(this.of(name));
      } catch (error) {
        reject(error);
      }
    };
    const entry = { check };
    waiting.add(entry);
    const timer = setTimeout(() => {
      const come = this.of(name).map(({ method, path }) => `${method} ${path}`);
      reject(new Error(`${name} waited in vain; it received ${come.length}: ${come.join(", ")}`));
    }, milliseconds);
    check();
    return promise.finally(() => {
      clearTimeout(timer);
      waiting.delete(entry);
    });
  }

  /** Forgets the requests to one name, or to all. */
  forget(name?: string): void {
    if (name === undefined) this.#received.clear();
    else this.#received.delete(name);
  }
}
