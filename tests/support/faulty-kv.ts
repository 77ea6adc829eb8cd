/** Faults around the real KV namespace: every call reaches it, unless the plan in force says otherwise. */

/**
 * What happens to one write: it goes through, it fails, it is refused as too fast, it succeeds and reports failure, or
 * it succeeds and the Desk that asked for it is gone.
 */
export type Fault = "none" | "fails" | "answers-429" | "succeeds-but-reports-failure" | "outlives-the-desk";

type Write = { key: string; at: number };

class FaultPlan {
  /** Decides about the next write of a key. */
  onWrite: (key: string) => Fault | Promise<Fault> = () => "none";
  /** Decides whether the next read of a key fails. */
  isReadFailing: (key: string) => boolean = () => false;
  /** Every write that reached the namespace, in order. */
  readonly writes: Write[] = [];
  /** Every key that was read, in order. */
  readonly reads: string[] = [];
  /** The number of calls of `list`. */
  lists = 0;

  reset(): void {
    this.onWrite = () => "none";
    this.isReadFailing = () => false;
    this.writes.length = 0;
    this.reads.length = 0;
    this.lists = 0;
  }
}

/** The plan in force; `tests/support/setup.ts` resets it before each test. */
export const faults = new FaultPlan();

/**
 * The namespace with the plan's faults around it.
 * @param vanish ends the object that writes, at once
 */
export function faulty(kv: KVNamespace, vanish: () => void = () => undefined): KVNamespace {
  return new Proxy(kv, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        const key = String(args[0]);
        if (property === "list") faults.lists++;
        if (property === "get" || property === "getWithMetadata") {
          faults.reads.push(key);
          if (faults.isReadFailing(key)) return Promise.reject(new Error("KV GET failed: 500"));
        }
        if (property === "put" || property === "delete") {
          return write(key, () => Reflect.apply(value, target, args), vanish);
        }
        return Reflect.apply(value, target, args);
      };
    },
  });
}

async function write(key: string, goThrough: () => unknown, vanish: () => void): Promise<void> {
  const decided = faults.onWrite(key);
  const fault = typeof decided === "string" ? decided : await decided;
  if (fault === "fails") throw new Error("KV PUT failed: 500 Internal Server Error");
  if (fault === "answers-429") throw new Error("KV PUT failed: 429 Too Many Requests");
  faults.writes.push({ key, at: Date.now() });
  await goThrough();
  if (fault === "outlives-the-desk") vanish();
  if (fault === "succeeds-but-reports-failure") throw new Error("KV PUT failed: 503 Service Unavailable");
}
