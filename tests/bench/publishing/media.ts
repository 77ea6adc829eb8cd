/** Uploads of pictures: how long they take, and what the Worker's isolate holds meanwhile. */
import { MAX_PICTURE_BYTES } from "../../../src/article/media.ts";
import { type HeapWatch, watchHeap } from "../../support/heap.ts";
import { largeJpeg } from "../../support/pictures/large.ts";
import { uploadPicture } from "../dateline/client.ts";
import { startDateline } from "../dateline/worker.ts";
import type { Scale } from "../scale.ts";
import { figure, table } from "../table.ts";

const BYTES_PER_MEGABYTE = 1_000_000;

/** How many pictures, and how many of them at a time. */
type Round = { pictures: number; atOnce: number };

const ROUNDS: readonly Round[] = [
  { pictures: 5, atOnce: 1 },
  { pictures: 10, atOnce: 10 },
];

/** One table: pictures of the largest size, one after the other and all at once. */
export async function media(
  script: string,
  storage: string,
  _scale: Scale,
  say: (progress: string) => void,
): Promise<string[]> {
  await using worker = await startDateline(script, storage, { isInspected: true });
  using heap = await watchHeap(worker);
  const before = await heap.now();
  const rows: string[][] = [];
  let seed = 0;
  for (const round of ROUNDS) {
    say(
      `Drawing ${round.pictures} pictures of ${MAX_PICTURE_BYTES} bytes, and uploading ${round.atOnce} at a time`,
    );
    const pictures: Uint8Array<ArrayBuffer>[] = [];
    for (let count = 0; count < round.pictures; count++)
      pictures.push(await largeJpeg(seed++, MAX_PICTURE_BYTES));
    rows.push(await measured(worker.url, heap, pictures, round.atOnce));
  }
  const idle = (before.objects + before.buffers) / BYTES_PER_MEGABYTE;
  return [
    table(["Pictures of 15 MB", "pictures", "s for one", "MB at most"], rows),
    `Before the first of them the isolate held ${figure(idle)} MB.`,
  ];
}

async function measured(
  worker: URL,
  heap: HeapWatch,
  pictures: readonly Uint8Array<ArrayBuffer>[],
  atOnce: number,
): Promise<string[]> {
  const started = performance.now();
  const waiting = [...pictures];
  const send = async (): Promise<void> => {
    for (let bytes = waiting.pop(); bytes !== undefined; bytes = waiting.pop())
      if (!(await uploadPicture(worker, "image/jpeg", bytes)).ok) throw new Error("A picture was refused");
  };
  const peak = await heap.peakOf(() => Promise.all(Array.from({ length: atOnce }, send)));
  const seconds = (performance.now() - started) / 1000;
  return [
    atOnce === 1 ? "one after the other" : `${atOnce} at once`,
    String(pictures.length),
    figure(seconds / pictures.length),
    figure(peak.bytes / BYTES_PER_MEGABYTE),
  ];
}
