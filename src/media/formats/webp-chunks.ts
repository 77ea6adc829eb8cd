/** The chunks of a WebP file (RFC 9649, section 2.3), and the sizes in their headers. */
import { damaged } from "../refusal.ts";
import { type Job, latin1, startsWith, viewOf } from "./scan.ts";
import type { Step } from "./source.ts";

/** The length of a chunk's head: its name and the length of its data. */
export const CHUNK_HEAD = 8;

export type Size = { width: number; height: number };

/** A chunk whose head was read: where it starts, and the length of its data without the byte that pads it. */
export type Chunk = { type: string; start: number; length: number; head: Uint8Array };

/** The next chunk, which must end before `end`. @throws Refused (damaged) */
export function* nextChunk({ source }: Job, end: number): Step<Chunk> {
  const start = source.position;
  const head = yield* source.take(CHUNK_HEAD);
  const length = viewOf(head).getUint32(4, true);
  if (source.position + length > end) throw damaged("a chunk is longer than the file");
  return { type: latin1(head.subarray(0, 4)), start, length, head };
}

/** Passes over the byte that pads a chunk, where there is one. @returns whether it was zero, as it must be */
function* padding({ source }: Job, { length }: Chunk, end: number): Step<boolean> {
  if (length % 2 === 0) return true;
  if (source.position >= end) return false;
  const [pad] = yield* source.take(1);
  return pad === 0;
}

/** Passes over the rest of a chunk of which `read` bytes were read. */
export function* dropRest(job: Job, chunk: Chunk, end: number, read = 0): Step<void> {
  yield* job.source.skip(chunk.length - read);
  yield* padding(job, chunk, end);
}

/** Keeps a chunk of which `read` bytes were read. */
export function* keepRest(job: Job, chunk: Chunk, end: number, read = 0): Step<void> {
  const { source, plan } = job;
  yield* source.skip(chunk.length - read);
  const dataEnd = source.position;
  if (yield* padding(job, chunk, end)) plan.keep(chunk.start, source.position);
  else {
    plan.keep(chunk.start, dataEnd);
    plan.insert(new Uint8Array(1));
  }
}

/** The size at the beginning of an image's data (RFC 6386, section 9.1; RFC 9649, section 3.4). @throws Refused (damaged) */
export function imageSize(type: string, data: Uint8Array): Size {
  const view = viewOf(data);
  if (type === "VP8L") {
    if (data.length < 5 || data[0] !== 0x2f) throw damaged("its pixels have no sense");
    const bits = view.getUint32(1, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const isKeyFrame = data.length >= 10 && ((data[0] ?? 1) & 1) === 0 && startsWith(data, "\x9d\x01\x2a", 3);
  if (!isKeyFrame) throw damaged("its pixels have no sense");
  return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
}

/** Three bytes as a number. */
export function uint24(data: Uint8Array, offset: number): number {
  return (data[offset] ?? 0) + (data[offset + 1] ?? 0) * 0x100 + (data[offset + 2] ?? 0) * 0x10000;
}
