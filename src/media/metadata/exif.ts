/** Reads EXIF's three texts. Places (GPS) lie in a directory of their own, which is never looked at. */
import { directoryOf } from "../formats/tiff.ts";
import { decoded } from "./plain-text.ts";
import type { Said } from "./said.ts";

// Exif 2.32, section 4.6.4. Beside them, the names that the IPTC Photo Metadata Standard gives them.
const IMAGE_DESCRIPTION = 0x010e; // Description
const ARTIST = 0x013b; // Creator
const COPYRIGHT = 0x8298; // Copyright Notice

/** The texts of a TIFF structure. The first of each tag counts. */
export function readExif(tiff: Uint8Array): Said {
  const texts = new Map<number, string>();
  for (const { tag, text } of directoryOf(tiff)) {
    if (![IMAGE_DESCRIPTION, ARTIST, COPYRIGHT].includes(tag) || texts.has(tag)) continue;
    const bytes = text();
    // The copyright has two parts, the photographer's and the editor's, each ended by a zero.
    if (bytes) texts.set(tag, decoded(bytes).replaceAll("\0", " "));
  }
  return {
    caption: texts.get(IMAGE_DESCRIPTION),
    credit: texts.get(ARTIST),
    licences: [texts.get(COPYRIGHT)],
  };
}
