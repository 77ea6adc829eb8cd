/** The application segments and comments of a JPEG file: which stay, and what the others say. */
import { bytesOfText, type Job, startsWith, viewOf } from "./scan.ts";
import { joined } from "../pieces.ts";
import { minimalTiff, orientationOf } from "./orientation.ts";
import type { SplitProfile } from "./split-profile.ts";
import type { Step } from "./source.ts";

const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP13 = 0xed;
const APP14 = 0xee;
const COM = 0xfe;

const EXIF = "Exif\0\0";
const XMP = "http://ns.adobe.com/xap/1.0/\0";
const PHOTOSHOP = "Photoshop 3.0\0";
const PROFILE = "ICC_PROFILE\0";
const JFIF = "JFIF\0";
const ADOBE = "Adobe";

// What JFIF has before its thumbnail (JFIF 1.02), and the whole of Adobe's segment (T.872, section 6.5.3).
const JFIF_LENGTH = 14;
const ADOBE_LENGTH = 12;

/** What a scan knows of the segments before. */
export type JpegState = {
  orientation: number;
  /** Segments that came: only the first of each counts. */
  seen: Set<string>;
  profile: SplitProfile;
  scans: number;
  /** The bytes of the cleaned file that a reader of its size needs. */
  beginning: Uint8Array[];
};

export type Segment = { marker: number; start: number; length: number };

/** Whether a marker begins what the application wrote, or a comment. */
export function isApplication(marker: number): boolean {
  return (marker >= APP0 && marker <= 0xef) || marker === COM;
}

/** Reads such a segment. It stays where it says how to decode: JFIF, Adobe's, and the colour profile (ICC.1, annex B.4). */
export function* applicationSegment(job: Job, state: JpegState, segment: Segment): Step<void> {
  const { source, plan, metadata } = job;
  const { marker, start, length } = segment;
  // Decoders read no segment of an application after the first scan began.
  if (state.scans > 0 || ![APP0, APP1, APP2, APP13, APP14].includes(marker))
    return yield* source.skip(length);
  const payload = yield* source.take(length);
  const isFirst = (name: string) => {
    if (!startsWith(payload, name) || state.seen.has(name)) return false;
    state.seen.add(name);
    return true;
  };
  if (marker === APP0 && length >= JFIF_LENGTH && isFirst(JFIF)) {
    // Units, density and version stay; a thumbnail goes.
    keepBeginning(job, state, marker, payload.slice(0, JFIF_LENGTH).fill(0, 12));
  } else if (marker === APP14 && length >= ADOBE_LENGTH && isFirst(ADOBE)) {
    keepBeginning(job, state, marker, payload.slice(0, ADOBE_LENGTH));
  } else if (marker === APP2 && startsWith(payload, PROFILE)) {
    state.profile.add(payload.subarray(PROFILE.length), () => plan.hold(start, source.position));
  } else if (marker === APP1 && isFirst(EXIF)) {
    const tiff = payload.subarray(EXIF.length);
    metadata.add("exif", tiff);
    state.orientation = orientationOf(tiff);
    if (state.orientation !== 1) {
      const minimal = joined([bytesOfText(EXIF), minimalTiff(state.orientation)]);
      keepBeginning(job, state, marker, minimal);
    }
  } else if (marker === APP1 && isFirst(XMP)) {
    metadata.add("xmp", payload.subarray(XMP.length));
  } else if (marker === APP13 && isFirst(PHOTOSHOP)) {
    metadata.add("iptc", payload.subarray(PHOTOSHOP.length));
  }
}

/** Writes a segment with this payload. */
function keepBeginning({ plan }: Job, state: JpegState, marker: number, payload: Uint8Array): void {
  const segment = new Uint8Array(4 + payload.length);
  segment.set([0xff, marker], 0);
  viewOf(segment).setUint16(2, 2 + payload.length);
  segment.set(payload, 4);
  state.beginning.push(segment);
  plan.insert(segment);
}
