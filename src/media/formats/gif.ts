/** GIF: keeps the blocks that decoding needs (GIF89a specification), up to its trailer. */
import { joined } from "../pieces.ts";
import { damaged, truncated } from "../refusal.ts";
import { PROFILE_HEAD, profileLength } from "./profile.ts";
import { checkFrames, checkSize, type Job, latin1, PartCounter, type Scanned, viewOf } from "./scan.ts";
import type { Source, Step } from "./source.ts";

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const PLAIN_TEXT = 0x01;
const APPLICATION = 0xff;
const APPLICATION_LENGTH = 11;
const LOOPS = new Set(["NETSCAPE2.0", "ANIMEXTS1.0"]);
const PROFILE = "ICCRGBG1012";
const XMP = "XMP DataXMP";
// XMP's data are followed by so many bytes, which lead decoders to the end of the block (XMP specification, part 3,
// section 1.1.2).
const XMP_TRAILER = 258;
const MAX_XMP = 100_000;

type State = {
  size: { width: number; height: number };
  frames: number;
  /** The graphic control that the next image has: it goes with a text. */
  control: { from: number; to: number } | undefined;
  hasLoop: boolean;
  hasProfile: boolean;
};

/** Scans a GIF file up to its trailer. */
export function* scanGif(job: Job): Step<Scanned> {
  const { source, plan } = job;
  const beginning = yield* source.take(13);
  const view = viewOf(beginning);
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  checkSize(size.width, size.height);
  yield* source.skip(tableLength(beginning[10] ?? 0));
  plan.keep(0, source.position);
  const state: State = { size, frames: 0, control: undefined, hasLoop: false, hasProfile: false };
  const parts = new PartCounter();
  for (;;) {
    parts.count();
    const start = source.position;
    const [introducer] = yield* source.take(1);
    if (introducer === TRAILER) {
      if (state.frames === 0) throw damaged("it has no pixels");
      plan.keep(start, source.position);
      return { ...size, orientation: 1, isAnimated: state.frames > 1, beginning };
    }
    if (introducer === IMAGE) yield* image(job, state, start);
    else if (introducer === EXTENSION) yield* extension(job, state, start);
    else throw damaged("a block has no sense");
  }
}

/** The length of the colour table that these flags announce. */
function tableLength(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function* image({ source, plan }: Job, state: State, start: number): Step<void> {
  const { width, height } = state.size;
  state.frames += 1;
  checkFrames(state.frames, state.size);
  const head = yield* source.take(9);
  const view = viewOf(head);
  if (
    view.getUint16(0, true) + view.getUint16(4, true) > width ||
    view.getUint16(2, true) + view.getUint16(6, true) > height
  )
    throw damaged("a frame lies outside of the picture");
  yield* source.skip(tableLength(head[8] ?? 0) + 1);
  yield* passBlocks(source);
  if (state.control) plan.keep(state.control.from, state.control.to);
  state.control = undefined;
  plan.keep(start, source.position);
}

function* extension(job: Job, state: State, start: number): Step<void> {
  const { source } = job;
  const [label, length] = yield* source.take(2);
  if (label === GRAPHIC_CONTROL) {
    const body = yield* source.take(5);
    if (length !== 4 || body[4] !== 0) throw damaged("a frame's timing has no sense");
    state.control = { from: start, to: source.position };
  } else if (label === APPLICATION && length === APPLICATION_LENGTH) {
    yield* application(job, state, start, latin1(yield* source.take(APPLICATION_LENGTH)));
  } else {
    if (label === PLAIN_TEXT) state.control = undefined;
    yield* source.skip(length ?? 0);
    if (length !== 0) yield* passBlocks(source);
  }
}

/** An extension of an application: the number of loops and the colour profile stay. */
function* application(
  { source, plan, metadata }: Job,
  state: State,
  start: number,
  name: string,
): Step<void> {
  if (LOOPS.has(name) && !state.hasLoop) {
    const loop = yield* source.take(5);
    source.unread(loop.subarray(4));
    // A block of three bytes: one, and the number of loops. Whatever follows it goes.
    if (loop[0] === 3 && loop[1] === 1) {
      state.hasLoop = true;
      plan.keep(start, source.position);
      if (loop[4] !== 0) plan.insert(new Uint8Array(1));
      else plan.keep(source.position, source.position + 1);
    } else source.unread(loop.subarray(0, 4));
    yield* passBlocks(source);
  } else if (name === PROFILE && !state.hasProfile) {
    // Its header is in the first block: nobody writes shorter ones.
    const head = yield* source.takeUpTo(1 + PROFILE_HEAD);
    source.unread(head);
    const isWhole = (head[0] ?? 0) >= PROFILE_HEAD;
    const length = isWhole ? profileLength(head.subarray(1)) : undefined;
    if ((yield* passBlocks(source)) !== length) return;
    state.hasProfile = true;
    plan.keep(start, source.position);
  } else if (name === XMP) {
    const text: Uint8Array[] = [];
    yield* passBlocks(source, text);
    const whole = xmpOf(text);
    if (whole) metadata.add("xmp", whole);
  } else yield* passBlocks(source);
}

/** The text of XMP, without the bytes that end it; undefined for one that is too long to be read. */
function xmpOf(parts: readonly Uint8Array[]): Uint8Array | undefined {
  const whole = joined(parts);
  return whole.length > MAX_XMP ? undefined : whole.subarray(0, -XMP_TRAILER);
}

/**
 * Passes over data blocks up to the empty one (section 15). A block has at most 255 bytes: they are passed over within
 * a chunk of the upload without a call for each.
 * @param copies takes all bytes, also those that are lengths, as far as XMP may go
 * @returns how many bytes of data there were
 */
function* passBlocks(source: Source, copies?: Uint8Array[]): Step<number> {
  let left = 0;
  let data = 0;
  let copied = 0;
  for (;;) {
    const window = yield* source.window();
    if (window.length === 0) throw truncated();
    let at = 0;
    let isEnd = false;
    while (at < window.length && !isEnd) {
      if (left === 0) {
        left = window[at] ?? 0;
        at += 1;
        isEnd = left === 0;
      } else {
        const passed = Math.min(left, window.length - at);
        at += passed;
        left -= passed;
        data += passed;
      }
    }
    if (copies && copied <= MAX_XMP) copies.push(window.slice(0, at));
    copied += at;
    source.advance(at);
    if (isEnd) return data;
  }
}
