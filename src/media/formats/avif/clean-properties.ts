/** Cleans the properties of an AVIF picture: what follows the last field of each becomes zeros. */
import { damaged } from "../../refusal.ts";
import { profileLength } from "../profile.ts";
import { latin1, startsWith } from "../scan.ts";
import { type Box, empty } from "./boxes.ts";

const ALPHA = new Set(["urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0", "urn:mpeg:hevc:2015:auxid:1\0"]);
const MAX_URN = 64;
// The head of a full box: its version, and flags, which these properties don't have.
const FULL = 4;
const FULL_BOXES = new Set(["ispe", "pixi", "auxC"]);
// What comes before the configuration's own units of data (AV1 in ISOBMFF, section 2.3).
const AV1C = 4;
const PADDING_UNIT = 0x7a;

/** How many bytes the fields of a property take, by its contents; undefined for one that goes. */
const FIELDS: Readonly<Record<string, (body: Uint8Array) => number | undefined>> = {
  ispe: () => FULL + 8,
  pixi: (body) => FULL + 1 + (body[FULL] ?? 0),
  av1C: (body) => Math.max(AV1C, body.length),
  colr: colourFields,
  auxC: alphaFields,
  pasp: () => 8,
  irot: () => 1,
  imir: () => 1,
  clli: () => 4,
  mdcv: () => 24,
  // Its first byte says which of its fields are there (ISO/IEC 23091-2).
  cclv: ([flags = 0]) => 1 + (flags & 0x20 ? 24 : 0) + 4 * [0x10, 8, 4].filter((bit) => flags & bit).length,
  a1op: () => 1,
  a1lx: ([flags = 0]) => 1 + 3 * (flags & 1 ? 4 : 2),
  lsel: () => 2,
};

/** Whether a type of property may stay. */
export function isKnown(type: string): boolean {
  return Object.hasOwn(FIELDS, type);
}

/** Whether a property says that an item is the alpha channel of another. */
export function saysAlpha(bytes: Uint8Array, box: Box): boolean {
  return box.type === "auxC" && alphaFields(bytes.subarray(box.body, box.end)) !== undefined;
}

/**
 * Cleans a property in place, or empties it where it has no sense.
 * @returns whether it stays
 * @throws Refused (damaged) where a field is missing
 */
export function cleanProperty(bytes: Uint8Array, box: Box): boolean {
  const body = bytes.subarray(box.body, box.end);
  const length = FIELDS[box.type]?.(body);
  if (length === undefined) {
    empty(bytes, box);
    return false;
  }
  if (length > body.length) throw damaged("a property is too short");
  if (FULL_BOXES.has(box.type)) body.fill(0, 1, FULL);
  if (box.type === "av1C") pad(body.subarray(AV1C));
  body.fill(0, length);
  return true;
}

/** The colours as numbers, of which the last is one bit; or a colour profile (ISO/IEC 14496-12, section 12.1.5). */
function colourFields(body: Uint8Array): number | undefined {
  if (startsWith(body, "nclx")) return 11;
  if (!startsWith(body, "prof") && !startsWith(body, "rICC")) return undefined;
  const profile = body.subarray(4);
  return profileLength(profile) === profile.length ? body.length : undefined;
}

function alphaFields(body: Uint8Array): number | undefined {
  const end = body.subarray(FULL, FULL + MAX_URN).indexOf(0) + 1;
  return ALPHA.has(latin1(body.subarray(FULL, FULL + end))) ? FULL + end : undefined;
}

/**
 * Fills the configuration's units with one of padding (AV1, section 5.7), which decoders pass over: they read zeros as a
 * unit of an unknown kind. The picture's own data begin with the same units (AV1 in ISOBMFF, section 2.3.4).
 */
function pad(units: Uint8Array): void {
  if (units.length === 0) return;
  if (units.length === 1) throw damaged("its configuration has no sense");
  units.fill(0);
  let digits = 1;
  while (units.length - 1 - digits >= 0x80 ** digits) digits += 1;
  units[0] = PADDING_UNIT;
  const length = units.length - 1 - digits;
  for (let digit = 0; digit < digits; digit += 1)
    units[1 + digit] = (Math.floor(length / 0x80 ** digit) & 0x7f) | (digit < digits - 1 ? 0x80 : 0);
  // The bit that ends a unit's data (section 5.3.4).
  if (length > 0) units[1 + digits] = 0x80;
}
