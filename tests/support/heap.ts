/** The heap of a Worker's isolate, as V8's inspector tells it while requests run (Chrome DevTools Protocol, Runtime.getHeapUsage). */
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";

// Miniflare's name for the isolate of the Worker and its Durable Objects; others simulate Cloudflare's services.
const ISOLATE = "/core:user:worker";
const SAMPLE_MILLISECONDS = 100;
const ANSWER_MILLISECONDS = 60_000;

const Usage = v.object({
  result: v.object({ usedSize: v.number(), backingStorageSize: v.optional(v.number(), 0) }),
});

/** What is sampled: objects, and the bytes of buffers, which lie outside the heap of objects; what is still in use, without garbage. */
export type Heap = { objects: number; buffers: number };

export type HeapWatch = Disposable & {
  /** What the isolate holds now: garbage is collected before, as V8 does it where memory is short. */
  now: () => Promise<Heap>;
  /**
   * The most bytes, of objects and buffers together, of the samples that were taken while some work ran.
   * @param work is told how many samples there are
   */
  peakOf: (work: (samples: () => number) => Promise<unknown>) => Promise<{ bytes: number; samples: number }>;
};

/**
 * Connects to V8's inspector of a Worker: the runtime's own, as Miniflare names it.
 * @param worker where the inspector listens, and where the Worker answers requests
 * @throws Error where nobody answers there
 */
export async function watchHeap(worker: { inspector: () => Promise<URL>; url: URL }): Promise<HeapWatch> {
  const address = new URL(ISOLATE, await worker.inspector());
  const socket = new WebSocket(address.href);
  const waiting = new Map<number, (message: unknown) => void>();
  socket.addEventListener("message", ({ data }) => {
    const message: unknown = JSON.parse(String(data));
    const { id } = v.parse(v.object({ id: v.optional(v.number(), 0) }), message);
    waiting.get(id)?.(message);
    waiting.delete(id);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error(`No inspector answers at ${address.href}`)));
  });
  let last = 0;
  const call = (method: string): Promise<unknown> => {
    const id = ++last;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, resolve);
    socket.send(JSON.stringify({ id, method }));
    const limit = AbortSignal.timeout(ANSWER_MILLISECONDS);
    limit.addEventListener("abort", () => reject(new Error(`The inspector doesn't answer ${method}`)));
    return promise;
  };
  // The runtime keeps the collection for the next request that the isolate answers.
  const collect = async (): Promise<void> => {
    const progress = { isOver: false };
    const collected = call("HeapProfiler.collectGarbage").finally(() => {
      progress.isOver = true;
    });
    while (!progress.isOver) await Promise.race([collected, wake(worker.url)]);
    await collected;
  };
  const now = async (): Promise<Heap> => {
    await collect();
    const { usedSize, backingStorageSize } = v.parse(Usage, await call("Runtime.getHeapUsage")).result;
    return { objects: usedSize, buffers: backingStorageSize };
  };
  return {
    now,
    peakOf: async (work) => {
      const progress = { isOver: false };
      let bytes = 0;
      let samples = 0;
      const ended = work(() => samples).finally(() => {
        progress.isOver = true;
      });
      // A failure is told at the end, not while samples are taken.
      ended.catch(() => undefined);
      for (;;) {
        const { objects, buffers } = await now();
        if (progress.isOver) break;
        bytes = Math.max(bytes, objects + buffers);
        samples += 1;
        // A collection stops the isolate: the work must go on between them.
        await sleep(SAMPLE_MILLISECONDS);
      }
      await ended;
      return { bytes, samples };
    },
    [Symbol.dispose]: () => socket.close(),
  };
}

/** Makes the isolate answer a request. */
async function wake(worker: URL): Promise<void> {
  const response = await fetch(new URL("/health", worker));
  await response.arrayBuffer();
}
