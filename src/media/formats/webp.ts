/** WebP: keeps the chunks that decoding needs (RFC 9649, section 2), still or animated. */
import { joined } from "../pieces.ts";
import { damaged } from "../refusal.ts";
import { takeExif } from "./orientation.ts";
import { PROFILE_HEAD, profileLength } from "./profile.ts";
import { checkFrames, checkSize, type Job, PartCounter, type Scanned, viewOf } from "./scan.ts";
import type { Step } from "./source.ts";
import {
  type Chunk,
  CHUNK_HEAD,
  dropRest,
  imageSize,
  keepRest,
  nextChunk,
  type Size,
  uint24,
} from "./webp-chunks.ts";

const RIFF_HEAD = 12;
const CANVAS_LENGTH = 10;
const ANIM_LENGTH = 6;
const FRAME_LENGTH = 16;
// So many bytes of an image tell its size.
const IMAGE_HEAD = 10;
// Flags of VP8X (section 2.7). The others say that there is EXIF or XMP.
const HAS_PROFILE = 0x20;
const HAS_ALPHA = 0x10;
const IS_ANIMATED = 0x02;

/** What a scan knows of the chunks before. */
type State = {
  readonly parts: PartCounter;
  readonly canvas: Size;
  readonly isAnimated: boolean;
  /** The flags that the cleaned file has. */
  flags: number;
  hasAnim: boolean;
  images: number;
};

/** Scans a WebP file up to the end that its header gives. */
export function* scanWebp(job: Job): Step<Scanned> {
  const { source, plan } = job;
  const riff = yield* source.take(RIFF_HEAD);
  const end = CHUNK_HEAD + viewOf(riff).getUint32(4, true);
  // The cleaned file's length is known at the end.
  plan.insert(riff);
  const first = yield* nextChunk(job, end);
  const whole = yield* first.type === "VP8X" ? extended(job, first, end) : simple(job, first, end);
  const { size, head, isAnimated = false } = whole;
  viewOf(riff).setUint32(4, plan.length - CHUNK_HEAD, true);
  // Browsers don't turn a WebP by its EXIF: without it, the picture looks the same.
  return { ...size, orientation: 1, isAnimated, beginning: joined([riff, head]) };
}

type Beginning = { size: Size; head: Uint8Array; isAnimated?: boolean };

/** A file of one image alone: whatever follows it goes (sections 2.5 and 2.6). */
function* simple(job: Job, chunk: Chunk, end: number): Step<Beginning> {
  if (!isImage(chunk)) throw damaged("it begins with an unknown chunk");
  const { size, data } = yield* image(job, chunk, end);
  return { size, head: joined([chunk.head, data]) };
}

function* extended(job: Job, first: Chunk, end: number): Step<Beginning> {
  const { source, plan } = job;
  if (first.length < CANVAS_LENGTH) throw damaged("its header is too short");
  const data = yield* source.take(CANVAS_LENGTH);
  yield* dropRest(job, first, end, CANVAS_LENGTH);
  const canvas = { width: uint24(data, 4) + 1, height: uint24(data, 7) + 1 };
  checkSize(canvas.width, canvas.height);
  const header = joined([first.head, data]);
  viewOf(header).setUint32(4, CANVAS_LENGTH, true);
  plan.insert(header);
  const flags = data[0] ?? 0;
  const state: State = {
    parts: new PartCounter(),
    canvas,
    isAnimated: (flags & IS_ANIMATED) !== 0,
    flags: flags & (HAS_ALPHA | IS_ANIMATED),
    hasAnim: false,
    images: 0,
  };
  yield* images(job, state, end, (chunk) => topLevel(job, state, chunk, end));
  header.fill(0, CHUNK_HEAD, CHUNK_HEAD + 4);
  header[CHUNK_HEAD] = state.flags;
  return { size: canvas, head: header, isAnimated: state.images > 1 };
}

/**
 * Chunks up to `end`, with exactly one image where there is no animation: the alpha channel of a lossy image comes
 * directly before it (section 2.7.1.2). `others` reads a chunk that belongs to neither.
 */
function* images(
  job: Job,
  state: State,
  end: number,
  others: (chunk: Chunk) => Step<void>,
  frame?: Size,
): Step<void> {
  const { source, plan } = job;
  const isStill = frame !== undefined || !state.isAnimated;
  const hasAlpha = (state.flags & HAS_ALPHA) !== 0;
  let alpha: { from: number; to: number } | undefined;
  let found = 0;
  while (source.position + CHUNK_HEAD <= end) {
    state.parts.count();
    const chunk = yield* nextChunk(job, end);
    if (isStill && found === 0 && chunk.type === "ALPH" && hasAlpha && alpha === undefined) {
      yield* dropRest(job, chunk, end);
      alpha = { from: chunk.start, to: source.position };
    } else if (isStill && found === 0 && isImage(chunk)) {
      if (alpha && chunk.type === "VP8 ") plan.keep(alpha.from, alpha.to);
      const { size } = yield* image(job, chunk, end);
      const { width, height } = frame ?? state.canvas;
      if (size.width !== width || size.height !== height) throw damaged("its parts differ in size");
      found += 1;
    } else yield* others(chunk);
  }
  yield* source.skip(Math.max(0, end - source.position));
  if (isStill ? found === 0 : state.images === 0) throw damaged("it has no pixels");
}

/** A chunk beside the image of a file with VP8X. */
function* topLevel(job: Job, state: State, chunk: Chunk, end: number): Step<void> {
  const { source, metadata } = job;
  const { type, length } = chunk;
  if (type === "ICCP" && (state.flags & HAS_PROFILE) === 0 && state.images === 0) {
    const profile = yield* source.take(Math.min(length, PROFILE_HEAD));
    if (profileLength(profile) !== length) return yield* dropRest(job, chunk, end, profile.length);
    state.flags |= HAS_PROFILE;
    yield* keepRest(job, chunk, end, profile.length);
  } else if (type === "ANIM" && state.isAnimated && !state.hasAnim && length === ANIM_LENGTH) {
    state.hasAnim = true;
    yield* keepRest(job, chunk, end);
  } else if (type === "ANMF" && state.isAnimated) {
    if (!state.hasAnim) throw damaged("its animation has no beginning");
    yield* animationFrame(job, state, chunk);
  } else if (type === "EXIF") {
    yield* takeExif(job, length);
    yield* dropRest(job, chunk, end, length);
  } else if (type === "XMP " && metadata.wants("xmp", length)) {
    metadata.add("xmp", yield* source.take(length));
    yield* dropRest(job, chunk, end, length);
  } else yield* dropRest(job, chunk, end);
}

/** A frame of an animation: its data are chunks again (section 2.7.1.1). */
function* animationFrame(job: Job, state: State, { start, length, head }: Chunk): Step<void> {
  const { source, plan } = job;
  const { canvas } = state;
  if (length < FRAME_LENGTH) throw damaged("a frame is too short");
  state.images += 1;
  checkFrames(state.images, canvas);
  const data = yield* source.take(FRAME_LENGTH);
  const size = { width: uint24(data, 6) + 1, height: uint24(data, 9) + 1 };
  if (uint24(data, 0) * 2 + size.width > canvas.width || uint24(data, 3) * 2 + size.height > canvas.height)
    throw damaged("a frame lies outside of the picture");
  const header = joined([head, data]);
  plan.insert(header);
  const before = plan.length;
  const end = start + CHUNK_HEAD + length;
  yield* images(job, state, end, (chunk) => dropRest(job, chunk, end), size);
  viewOf(header).setUint32(4, FRAME_LENGTH + plan.length - before, true);
  // What was kept is padded already, so that the length is even.
  if (length % 2 === 1) yield* source.skip(1);
}

function isImage({ type }: Chunk): boolean {
  return type === "VP8 " || type === "VP8L";
}

/** Keeps an image. */
function* image(job: Job, chunk: Chunk, end: number): Step<{ size: Size; data: Uint8Array }> {
  const data = yield* job.source.take(Math.min(chunk.length, IMAGE_HEAD));
  const size = imageSize(chunk.type, data);
  checkSize(size.width, size.height);
  yield* keepRest(job, chunk, end, data.length);
  return { size, data };
}
