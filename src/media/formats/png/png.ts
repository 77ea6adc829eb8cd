/** PNG and APNG: keeps the chunks that decoding needs (PNG, third edition, section 11). */
import { joined } from "../../pieces.ts";
import { damaged, Refused } from "../../refusal.ts";
import { crc32 } from "./crc32.ts";
import { minimalTiff, takeExif } from "../orientation.ts";
import { Animation } from "./animation.ts";
import { takeProfile } from "./png-profile.ts";
import {
  bytesOfText,
  checkSize,
  type Job,
  latin1,
  PartCounter,
  type Scanned,
  startsWith,
  viewOf,
} from "../scan.ts";
import type { Step } from "../source.ts";

// A chunk is its length, its type, its data, and a checksum of 4 bytes.
const HEAD = 8;
const TAIL = 4;
const XMP_KEYWORD = "XML:com.adobe.xmp\0";

/** The chunks that stay, with the least and the most bytes of their data: none has room for anything else. */
const KEPT: Readonly<Record<string, readonly [number, number]>> = {
  PLTE: [3, 768],
  IDAT: [0, 0x7fffffff],
  IEND: [0, 0],
  tRNS: [1, 256],
  gAMA: [4, 4],
  cHRM: [32, 32],
  sRGB: [1, 1],
  iCCP: [4, 0x7fffffff],
  sBIT: [1, 4],
  bKGD: [1, 6],
  pHYs: [9, 9],
  cICP: [4, 4],
  mDCV: [24, 24],
  cLLI: [8, 8],
  acTL: [8, 8],
  fcTL: [26, 26],
  fdAT: [4, 0x7fffffff],
};

// Of all other chunks only the first counts: repeated ones are dropped, as decoders do.
const PIXELS = "IDAT";
const ANIMATED = new Set(["acTL", "fcTL", "fdAT"]);

type State = {
  seen: Set<string>;
  animation: Animation | undefined;
  orientation: number;
  size: { width: number; height: number };
};

/** Scans a PNG file up to its IEND. */
export function* scanPng(job: Job): Step<Scanned> {
  const { source, plan } = job;
  const signature = yield* source.take(8);
  if (!startsWith(signature, "\x89PNG\r\n\x1a\n")) throw damaged("its signature is broken");
  const header = yield* source.take(HEAD + 13 + TAIL);
  if (startsWith(header, "CgBI", 4))
    throw new Refused(
      "unsupported-type",
      "The picture is a PNG that only Apple's devices read.",
      "image/png",
    );
  if (!startsWith(header, "\0\0\0\x0dIHDR")) throw damaged("its header is missing");
  const view = viewOf(header);
  const size = { width: view.getUint32(HEAD), height: view.getUint32(HEAD + 4) };
  checkSize(size.width, size.height);
  plan.keep(0, source.position);
  const state: State = { seen: new Set(["IHDR"]), animation: undefined, orientation: 1, size };
  const parts = new PartCounter();
  while (!state.seen.has("IEND")) {
    parts.count();
    yield* chunk(job, state);
  }
  const isAnimated = state.animation !== undefined;
  return { ...size, orientation: state.orientation, isAnimated, beginning: joined([signature, header]) };
}

function* chunk(job: Job, state: State): Step<void> {
  const { source, plan } = job;
  const { seen } = state;
  const start = source.position;
  const head = yield* source.take(HEAD);
  const length = viewOf(head).getUint32(0);
  const type = latin1(head.subarray(4));
  if (length > 0x7fffffff || !/^[A-Za-z]{4}$/.test(type)) throw damaged("a chunk has no sense");
  const bounds = KEPT[type];
  if (bounds === undefined) {
    // A decoder must not show a picture with a critical chunk that it doesn't know (section 5.4).
    if (/^[A-Z]/.test(type)) throw damaged("it has a part that no browser knows");
    return yield* dropped(job, state, type, length);
  }
  const [least, most] = bounds;
  if (length < least || length > most) throw damaged("a chunk has a wrong length");
  if (type === "IEND" && !seen.has(PIXELS)) throw damaged("it has no pixels");
  if (ANIMATED.has(type)) {
    const beginning = yield* source.take(least);
    yield* source.skip(length - least + TAIL);
    if (isShown(state, type, beginning)) plan.keep(start, source.position);
    return;
  }
  const isRepeated = seen.has(type) && type !== PIXELS;
  if (type === "iCCP" && !isRepeated) {
    if (yield* takeProfile(job, length)) seen.add(type);
    return;
  }
  seen.add(type);
  if (type === PIXELS) state.animation?.takeStill();
  yield* source.skip(length + TAIL);
  if (!isRepeated) plan.keep(start, source.position);
}

/**
 * Whether a chunk of an animation stays: nobody shows an animation that wasn't announced before the still picture's pixels.
 * @param head the beginning of the chunk's data
 */
function isShown(state: State, type: string, head: Uint8Array): boolean {
  const hasPixels = state.seen.has(PIXELS);
  if (type === "acTL") {
    const frames = viewOf(head).getUint32(0);
    if (state.animation !== undefined || hasPixels || frames === 0) return false;
    state.animation = new Animation(frames, state.size);
  } else if (type === "fcTL") state.animation?.begin(head, !hasPixels);
  else state.animation?.goOn(head);
  return state.animation !== undefined;
}

/** Reads the metadata of a chunk that goes, and leaves the orientation where there is one. */
function* dropped(job: Job, state: State, type: string, length: number): Step<void> {
  const { source, plan, metadata } = job;
  if (type === "eXIf" && !state.seen.has(type)) {
    state.seen.add(type);
    const orientation = yield* takeExif(job, length);
    yield* source.skip(TAIL);
    // Browsers show a picture before they have read what follows its pixels.
    if (orientation === 1 || state.seen.has(PIXELS)) return;
    state.orientation = orientation;
    plan.insert(exifChunk(orientation));
  } else if (type === "iTXt" && metadata.wants("xmp", length)) {
    const text = xmpOf(yield* source.take(length));
    yield* source.skip(TAIL);
    if (text) metadata.add("xmp", text);
  } else yield* source.skip(length + TAIL);
}

/** The XMP of an iTXt chunk (section 11.3.3.4): keyword, compression flag and method, language, translated keyword. */
function xmpOf(data: Uint8Array): Uint8Array | undefined {
  if (!startsWith(data, `${XMP_KEYWORD}\0`)) return undefined;
  const language = data.indexOf(0, XMP_KEYWORD.length + 2);
  const keyword = language < 0 ? -1 : data.indexOf(0, language + 1);
  return keyword < 0 ? undefined : data.subarray(keyword + 1);
}

function exifChunk(orientation: number): Uint8Array {
  const data = minimalTiff(orientation);
  const typed = joined([bytesOfText("eXIf"), data]);
  const bytes = new Uint8Array(HEAD + data.length + TAIL);
  const view = viewOf(bytes);
  view.setUint32(0, data.length);
  bytes.set(typed, 4);
  view.setUint32(HEAD + data.length, crc32(typed));
  return bytes;
}
