/** The memory of the Worker while pictures are uploaded, in a real process: an isolate of Cloudflare's has 128 MB. */
import { deepEqual, ok } from "node:assert/strict";
import { after, before, test } from "node:test";
import { MAX_PICTURE_BYTES } from "../../src/article/media.ts";
import { type HeapWatch, watchHeap } from "../support/heap.ts";
import { type LocalWorker, startWorker } from "../support/local-worker.ts";
import { hostilePictures } from "../support/pictures/hostile.ts";
import { largeJpeg } from "../support/pictures/large.ts";

// Cloudflare's limit of an isolate.
const LIMIT_BYTES = 128_000_000;
const AT_ONCE = 10;

let worker: LocalWorker | undefined;
let heap: HeapWatch | undefined;

before(async () => {
  worker = await startWorker();
  heap = await watchHeap(worker.inspectorPort);
});

after(async () => {
  heap?.[Symbol.dispose]();
  await worker?.[Symbol.asyncDispose]();
});

test("ten pictures of 15 MB that are uploaded at once stay below an isolate's memory", async (t) => {
  const pictures: Uint8Array<ArrayBuffer>[] = [];
  for (let seed = 0; seed < AT_ONCE; seed++) pictures.push(await largeJpeg(seed, MAX_PICTURE_BYTES));
  const statuses: number[] = [];
  const uploads = pictures.map(async (bytes) => statuses.push(await upload("image/jpeg", bytes)));
  const peak = await peakOf(uploads);
  t.diagnostic(describe(peak));
  deepEqual(
    statuses,
    pictures.map(() => 201),
  );
  ok(peak.samples >= AT_ONCE, `the heap was looked at ${peak.samples} times`);
  ok(peak.bytes < LIMIT_BYTES, describe(peak));
});

for (const { name, type, bytes } of hostilePictures(MAX_PICTURE_BYTES)) {
  test(`${name} is refused, and costs the Worker no more memory than a picture`, async (t) => {
    const statuses: number[] = [];
    const uploads = Array.from({ length: 3 }, async () => statuses.push(await upload(type, bytes)));
    const peak = await peakOf(uploads);
    t.diagnostic(describe(peak));
    deepEqual(statuses, [422, 422, 422]);
    ok(peak.bytes < LIMIT_BYTES, describe(peak));
  });
}

type Peak = { bytes: number; samples: number };

async function peakOf(uploads: readonly Promise<unknown>[]): Promise<Peak> {
  if (heap === undefined) throw new Error("Nobody watches the heap");
  return heap.peakOf(Promise.all(uploads));
}

/** Uploads a picture. @returns the status of the answer */
async function upload(type: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  if (worker === undefined) throw new Error("There is no Worker");
  const response = await worker.ask("POST", "/api/media", type, bytes);
  await response.arrayBuffer();
  return response.status;
}

function describe({ bytes, samples }: Peak): string {
  return `at most ${(bytes / 1e6).toFixed(1)} MB of objects and buffers, in ${samples} samples`;
}
