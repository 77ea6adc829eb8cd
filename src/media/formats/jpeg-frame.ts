/** The frame header and the tables of a JPEG file (ITU-T T.81, sections B.2.2 to B.2.5): pure checks of their bytes. */
import { damaged, Refused } from "../refusal.ts";
import { viewOf } from "./scan.ts";

const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
// Baseline, extended sequential, progressive, all with Huffman codes: browsers decode no others.
const TAKEN_FRAMES = new Set([0xc0, 0xc1, 0xc2]);

/** Whether a marker begins a frame header (SOFn), of any process. */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== DHT && marker !== JPG && marker !== DAC;
}

/**
 * The size that a frame header gives.
 * @throws Refused (unsupported-type) for a process that browsers don't decode; (damaged) for a header without sense
 */
export function frameOf(marker: number, payload: Uint8Array): { width: number; height: number } {
  const components = payload[5] ?? 0;
  if (payload.length < 6 || payload.length !== 6 + 3 * components || components === 0 || components > 4)
    throw damaged("its header has no sense");
  if (!TAKEN_FRAMES.has(marker) || payload[0] !== 8)
    throw new Refused(
      "unsupported-type",
      "The picture is of a rare kind of JPEG that browsers don't show.",
      "image/jpeg",
    );
  const view = viewOf(payload);
  return { width: view.getUint16(3), height: view.getUint16(1) };
}

/** Whether a segment has the length that its own contents give: it has no room for anything else. */
export function isWellFormed(marker: number, payload: Uint8Array): boolean {
  const { length } = payload;
  switch (marker) {
    case 0xc4:
      return endOfTables(payload, (at) => {
        let codes = 0;
        for (const count of payload.subarray(at + 1, at + 17)) codes += count;
        return 17 + codes;
      });
    case 0xdb:
      return endOfTables(payload, (at) => ((payload[at] ?? 0) >> 4 === 0 ? 65 : 129));
    case 0xda:
      return length >= 6 && length === 4 + 2 * (payload[0] ?? 0);
    case 0xcc:
      return length % 2 === 0 && length <= 32;
    default:
      // DRI and DNL.
      return length === 2;
  }
}

/** Whether tables, one after another, end exactly where the segment ends. */
function endOfTables(payload: Uint8Array, lengthAt: (offset: number) => number): boolean {
  let offset = 0;
  while (offset < payload.length) offset += lengthAt(offset);
  return offset === payload.length;
}
