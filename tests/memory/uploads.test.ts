/** The memory of the Worker while pictures are uploaded, in a real process: an isolate of Cloudflare's has 128 MB. */
import { deepEqual, ok } from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { MAX_PICTURE_BYTES } from "../../src/article/media.ts";
import { bundle } from "../bench/dateline/bundle.ts";
import { uploadPicture } from "../bench/dateline/client.ts";
import { type Running, startDateline } from "../bench/dateline/worker.ts";
import { type HeapWatch, watchHeap } from "../support/heap.ts";
import { hostilePictures } from "../support/pictures/hostile.ts";
import { largeJpeg } from "../support/pictures/large.ts";

// Cloudflare's limit of an isolate.
const LIMIT_BYTES = 128_000_000;
const AT_ONCE = 10;
// Of the heap, while pictures are uploaded.
const MIN_SAMPLES = 3;

let folder = "";
let worker: Running | undefined;
let heap: HeapWatch | undefined;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "dateline-memory-"));
  const script = await bundle(join(folder, "build"));
  worker = await startDateline(script, join(folder, "storage"), { isInspected: true });
  heap = await watchHeap(worker);
});

after(async () => {
  heap?.[Symbol.dispose]();
  await worker?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("ten pictures of 15 MB that are uploaded at once stay below an isolate's memory", async (t) => {
  const pictures: Uint8Array<ArrayBuffer>[] = [];
  for (let seed = 0; seed < AT_ONCE; seed++) pictures.push(await largeJpeg(seed, MAX_PICTURE_BYTES));
  const statuses: number[] = [];
  const peak = await peakOf(
    pictures.map((bytes) => async () => statuses.push(await upload("image/jpeg", bytes))),
  );
  t.diagnostic(describe(peak));
  deepEqual(
    statuses,
    pictures.map(() => 201),
  );
  ok(peak.samples >= MIN_SAMPLES, describe(peak));
  ok(peak.bytes < LIMIT_BYTES, describe(peak));
});

for (const { name, type, bytes } of hostilePictures(MAX_PICTURE_BYTES)) {
  test(`${name} is refused, and leaves three quarters of an isolate's memory to others`, async (t) => {
    const statuses: number[] = [];
    const peak = await peakOf(
      Array.from({ length: 3 }, () => async (samples) => {
        // A small one is refused before anybody has looked at the heap.
        do statuses.push(await upload(type, bytes));
        while (samples() < MIN_SAMPLES);
      }),
    );
    t.diagnostic(describe(peak));
    deepEqual([...new Set(statuses)], [422]);
    ok(peak.bytes < LIMIT_BYTES / 4, describe(peak));
  });
}

type Peak = { bytes: number; samples: number };

/** The peak while some lanes upload at once; each is told how many samples there are. */
async function peakOf(lanes: readonly ((samples: () => number) => Promise<unknown>)[]): Promise<Peak> {
  if (heap === undefined) throw new Error("Nobody watches the heap");
  return heap.peakOf((samples) => Promise.all(lanes.map((lane) => lane(samples))));
}

/** Uploads a picture. @returns the status of the answer */
async function upload(type: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  if (worker === undefined) throw new Error("There is no Worker");
  return (await uploadPicture(worker.url, type, bytes)).status;
}

function describe({ bytes, samples }: Peak): string {
  return `at most ${(bytes / 1e6).toFixed(1)} MB of objects and buffers, in ${samples} samples`;
}
