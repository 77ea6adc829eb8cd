/** The colour profile of a PNG (PNG, third edition, section 11.3.2.3): its name goes, and so does what isn't compressed. */
import { joined } from "../../pieces.ts";
import { crc32 } from "./crc32.ts";
import { checkProfile } from "../profile.ts";
import { bytesOfText, type Job, viewOf } from "../scan.ts";
import type { Step } from "../source.ts";

const MAX_NAME = 79;
// The method of compression, and two bytes of zlib.
const ZLIB_HEAD = 3;
const TYPE_AND_NAME = bytesOfText("iCCPicc\0");

/**
 * Keeps a chunk iCCP of which the length and the type were read, under a name that says nothing.
 * @returns whether it stays
 * @throws Refused (cannot-be-cleaned) for a profile that is too long
 */
export function* takeProfile({ source, plan }: Job, length: number): Step<boolean> {
  checkProfile(length);
  const from = source.position;
  const head = yield* source.take(Math.min(length, MAX_NAME + 1 + ZLIB_HEAD));
  const name = head.indexOf(0);
  const isNamed = name > 0 && name <= MAX_NAME;
  const stays = isNamed && isCompressed(head.subarray(name + 1));
  let crc = crc32(head.subarray(name + 1), crc32(TYPE_AND_NAME));
  for (let left = length - head.length; left > 0;) {
    const part = (yield* source.window()).subarray(0, left);
    // The upload has ended: this says so.
    if (part.length === 0) yield* source.take(1);
    if (stays) crc = crc32(part, crc);
    source.advance(part.length);
    left -= part.length;
  }
  if (stays) {
    const data = { from: from + name + 1, to: source.position };
    plan.insert(joined([number(TYPE_AND_NAME.length - 4 + data.to - data.from), TYPE_AND_NAME]));
    plan.keep(data.from, data.to);
    plan.insert(number(crc));
  }
  // The upload's own checksum is that of another name.
  yield* source.skip(4);
  return stays;
}

/** Whether bytes are the method of compression, zlib, and the beginning of such data (RFC 1950, section 2.2). */
function isCompressed([method, first = 0, second = 0]: Uint8Array): boolean {
  const hasDictionary = (second & 0x20) !== 0;
  return method === 0 && (first & 15) === 8 && !hasDictionary && (first * 256 + second) % 31 === 0;
}

function number(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value);
  return bytes;
}
