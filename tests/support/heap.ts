/** The heap of a Worker's isolate, as V8's inspector tells it while requests run (Chrome DevTools Protocol, Runtime.getHeapUsage). */
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";

const SAMPLE_MILLISECONDS = 100;
const ANSWER_MILLISECONDS = 60_000;

const Targets = v.pipe(v.array(v.object({ webSocketDebuggerUrl: v.string() })), v.minLength(1));
const Usage = v.object({
  result: v.object({ usedSize: v.number(), backingStorageSize: v.optional(v.number(), 0) }),
});

/** What is sampled: objects, and the bytes of buffers, which lie outside the heap of objects; what is still in use, without garbage. */
export type Heap = { objects: number; buffers: number };

export type HeapWatch = Disposable & {
  /** What the isolate holds now: garbage is collected before, as V8 does it where memory is short. */
  now: () => Promise<Heap>;
  /** The most bytes, of objects and buffers together, of all samples while some work runs. */
  peakOf: (work: Promise<unknown>) => Promise<{ bytes: number; samples: number }>;
};

/**
 * Connects to the inspector of a Worker.
 * @param port of the inspector
 * @throws Error where nobody answers there
 */
export async function watchHeap(port: number): Promise<HeapWatch> {
  const list = await fetch(`http://127.0.0.1:${port}/json`);
  const [target] = v.parse(Targets, await list.json());
  const address = target?.webSocketDebuggerUrl ?? "";
  // The inspector answers programs of this machine alone: Node's own option names the origin.
  const socket: WebSocket = Reflect.construct(WebSocket, [
    address,
    { headers: { Origin: "http://localhost" } },
  ]);
  const waiting = new Map<number, (message: unknown) => void>();
  socket.addEventListener("message", ({ data }) => {
    const message: unknown = JSON.parse(String(data));
    const { id } = v.parse(v.object({ id: v.optional(v.number(), 0) }), message);
    waiting.get(id)?.(message);
    waiting.delete(id);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error(`No inspector answers at ${address}`)));
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
  const now = async (): Promise<Heap> => {
    await call("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize } = v.parse(Usage, await call("Runtime.getHeapUsage")).result;
    return { objects: usedSize, buffers: backingStorageSize };
  };
  return {
    now,
    peakOf: async (work) => {
      const progress = { isOver: false };
      const ended = work.finally(() => {
        progress.isOver = true;
      });
      // A failure is told at the end, not while samples are taken.
      ended.catch(() => undefined);
      let bytes = 0;
      let samples = 0;
      while (!progress.isOver) {
        const { objects, buffers } = await now();
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
