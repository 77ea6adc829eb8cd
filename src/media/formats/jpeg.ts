/** JPEG: keeps the segments that decoding needs (ITU-T T.81, annex B), up to the end of the first picture. */
import { MAX_SCANS } from "../limits.ts";
import { joined, tooFragmented } from "../pieces.ts";
import { damaged } from "../refusal.ts";
import { frameOf, isFrame, isWellFormed } from "./jpeg-frame.ts";
import { applicationSegment, isApplication, type JpegState } from "./jpeg-metadata.ts";
import { checkSize, type Job, PartCounter, type Scanned, viewOf } from "./scan.ts";
import type { Source, Step } from "./source.ts";
import { SplitProfile } from "./split-profile.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const TEM = 0x01;
const DHT = 0xc4;
const DAC = 0xcc;
const DQT = 0xdb;
const DNL = 0xdc;
const DRI = 0xdd;
const TABLES = new Set([DHT, DQT, DRI, DNL, DAC]);

/** Scans a JPEG file up to its first end of image: whatever follows isn't kept. */
export function* scanJpeg(job: Job): Step<Scanned> {
  const { source, plan } = job;
  const beginning = [yield* source.take(2)];
  plan.keep(0, 2);
  const profile = new SplitProfile();
  const state: JpegState = { orientation: 1, seen: new Set(), profile, scans: 0, beginning };
  const parts = new PartCounter();
  let size: { width: number; height: number } | undefined;
  for (;;) {
    parts.count();
    const marker = yield* nextMarker(source);
    const start = source.position - 2;
    if (marker === EOI) {
      if (size === undefined || state.scans === 0) throw damaged("it has no pixels");
      profile.end();
      plan.keep(start, source.position);
      return { ...size, orientation: state.orientation, beginning: joined(beginning) };
    }
    if (marker === SOI) throw damaged("a second picture begins within the first");
    if (isStandalone(marker)) continue;
    const head = yield* source.take(2);
    const length = viewOf(head).getUint16(0) - 2;
    if (length < 0) throw damaged("a segment has no length");
    if (isApplication(marker)) {
      yield* applicationSegment(job, state, { marker, start, length });
    } else if (isFrame(marker)) {
      if (size) throw damaged("it has two sizes");
      const payload = yield* source.take(length);
      size = frameOf(marker, payload);
      checkSize(size.width, size.height);
      plan.keep(start, source.position);
      beginning.push(Uint8Array.of(0xff, marker), head, payload);
    } else if (marker === SOS) {
      if (size === undefined) throw damaged("its pixels come before its size");
      state.scans += 1;
      if (state.scans > MAX_SCANS) throw tooFragmented();
      if (!isWellFormed(marker, yield* source.take(length))) throw damaged("a scan has no sense");
      yield* entropyCoded(source);
      plan.keep(start, source.position);
    } else if (TABLES.has(marker)) {
      if (!isWellFormed(marker, yield* source.take(length))) throw damaged("a table has no sense");
      plan.keep(start, source.position);
    } else yield* source.skip(length);
  }
}

/** A marker without a segment: a restart or a TEM outside of a scan, which decoders pass over. */
function isStandalone(marker: number): boolean {
  return marker === TEM || isRestart(marker);
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/**
 * The next marker. Fill bytes before it, and bytes that don't belong there, are passed over as decoders do (section
 * B.1.1.2), and go.
 */
function* nextMarker(source: Source): Step<number> {
  let isMarker = false;
  for (;;) {
    const window = yield* source.window();
    if (window.length === 0) yield* source.take(1);
    for (const [index, byte] of window.entries()) {
      if (isMarker && byte !== 0xff && byte !== 0) {
        source.advance(index + 1);
        return byte;
      }
      isMarker = byte === 0xff;
    }
    source.advance(window.length);
  }
}

/**
 * Passes over the pixels of a scan, up to the marker that ends them: within them, 0xFF is followed by zero or is a
 * restart (section B.1.1.5).
 */
function* entropyCoded(source: Source): Step<void> {
  for (;;) {
    const window = yield* source.window();
    if (window.length === 0) yield* source.take(1);
    const end = markerIn(window);
    if (end < window.length) {
      source.advance(end);
      if (end + 1 < window.length) return;
      // The byte after it is in the next chunk.
      const pair = yield* source.take(2);
      source.unread(pair);
      const passed = markerIn(pair);
      if (passed === 0) return;
      source.advance(passed);
    } else source.advance(end);
  }
}

/** The place of the first marker that ends a scan, or of a last byte 0xFF; the window's length without one. */
function markerIn(window: Uint8Array): number {
  // A search finds the next 0xFF many times as fast as a look at each byte.
  for (let index = window.indexOf(0xff); index >= 0; index = window.indexOf(0xff, index + 1)) {
    const next = window[index + 1];
    if (next === undefined) return index;
    // Fill bytes (0xFF) come before a marker, or before the zero that makes the last of them a value.
    if (next !== 0 && next !== 0xff && !isRestart(next)) return index;
  }
  return window.length;
}
