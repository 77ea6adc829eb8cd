/** Reads IPTC's older form, IIM, from the resources of Photoshop (IPTC-NAA Information Interchange Model 4.2). */
import { startsWith, viewOf } from "../formats/scan.ts";
import { decoded } from "./plain-text.ts";
import type { Said } from "./said.ts";

const RESOURCE = "8BIM";
const IIM = 0x0404;
const TAG_MARKER = 0x1c;
const APPLICATION_RECORD = 2;
// Datasets of the application record. Beside them, their names in the IPTC Photo Metadata Standard.
const BYLINE = 80; // Creator
const CREDIT = 110; // Credit Line
const COPYRIGHT = 116; // Copyright Notice
const CAPTION = 120; // Description
const READ = new Set([BYLINE, CREDIT, COPYRIGHT, CAPTION]);

/** The texts in image resources (Photoshop file formats, "Image resources section"). The first of each dataset counts. */
export function readIim(resources: Uint8Array): Said {
  const texts = datasetsOf(iimIn(resources));
  return {
    caption: texts.get(CAPTION),
    credit: texts.get(CREDIT) ?? texts.get(BYLINE),
    licences: [texts.get(COPYRIGHT)],
  };
}

/** The resource that holds IIM; empty without one. */
function iimIn(resources: Uint8Array): Uint8Array {
  const view = viewOf(resources);
  let at = 0;
  while (at + 12 <= resources.length && startsWith(resources, RESOURCE, at)) {
    const id = view.getUint16(at + 4);
    // The name has its length before it; both together, and the data, are padded to even lengths.
    const name = (resources[at + 6] ?? 0) + 1;
    const sizeAt = at + 6 + name + (name % 2);
    if (sizeAt + 4 > resources.length) break;
    const size = view.getUint32(sizeAt);
    if (id === IIM) return resources.subarray(sizeAt + 4, sizeAt + 4 + size);
    at = sizeAt + 4 + size + (size % 2);
  }
  return new Uint8Array();
}

function datasetsOf(bytes: Uint8Array): Map<number, string> {
  const view = viewOf(bytes);
  const texts = new Map<number, string>();
  let at = 0;
  while (at + 5 <= bytes.length && bytes[at] === TAG_MARKER) {
    const dataset = view.getUint8(at + 2);
    const length = view.getUint16(at + 3);
    const end = at + 5 + length;
    // A first bit set announces a longer length, which no text has.
    if (length >= 0x8000 || end > bytes.length) break;
    if (bytes[at + 1] === APPLICATION_RECORD && READ.has(dataset) && !texts.has(dataset))
      texts.set(dataset, decoded(bytes.subarray(at + 5, end)));
    at = end;
  }
  return texts;
}
