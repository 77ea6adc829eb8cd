/** Proposals: what a picture's own metadata says of it, as plain text. */
import { MAX_NAME, MAX_SUMMARY } from "../article/bounds.ts";
import type { MediaDescription } from "../article/media.ts";
import type { Metadata } from "./formats/scan.ts";
import { readExif } from "./metadata/exif.ts";
import { readIim } from "./metadata/iim.ts";
import { plainText } from "./metadata/plain-text.ts";
import type { Said } from "./metadata/said.ts";
import { readXmp } from "./metadata/xmp.ts";

/**
 * Reads alternative text, caption, credit and licence. XMP goes before IIM, and IIM before EXIF: newsrooms write the
 * former, cameras the latter. Metadata that can't be read propose nothing.
 */
export function proposalsOf({ xmp, iptc, exif }: Metadata): MediaDescription {
  const said = [...attempt(readXmp, xmp), ...attempt(readIim, iptc), ...attempt(readExif, exif)];
  const proposed: MediaDescription = {
    alt: firstOf(
      said.map(({ alt }) => alt),
      MAX_SUMMARY,
    ),
    caption: firstOf(
      said.map(({ caption }) => caption),
      MAX_SUMMARY,
    ),
    credit: firstOf(
      said.map(({ credit }) => credit),
      MAX_NAME,
    ),
    licence: firstOf(
      said.flatMap(({ licences }) => licences),
      MAX_NAME,
    ),
  };
  return Object.fromEntries(Object.entries(proposed).filter(([, text]) => text !== undefined));
}

/** The first text that says something. */
function firstOf(texts: readonly (string | undefined)[], max: number): string | undefined {
  return texts.map((text) => plainText(text, max)).find((text) => text !== undefined);
}

/** Reads one kind of metadata. Broken metadata are no fault of the picture. */
function attempt(read: (payload: Uint8Array) => Said, payload: Uint8Array | undefined): Said[] {
  if (payload === undefined) return [];
  try {
    return [read(payload)];
  } catch {
    return [];
  }
}
