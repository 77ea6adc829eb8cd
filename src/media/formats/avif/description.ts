/** The description of an AVIF picture: its items, where their bytes lie, and how they belong together (HEIF, ISO/IEC 23008-12). */
import { damaged, Refused } from "../../refusal.ts";
import { type Box, boxesIn, Fields } from "./boxes.ts";
import { latin1 } from "../scan.ts";

/** Bytes of an item: places in the file, or in `idat` within the description. */
export type Extent = { from: number; to: number };

export type Item = {
  id: number;
  type: string;
  /** Where its type, and what follows it, lies in the description. */
  typeAt: number;
  end: number;
  isProtected: boolean;
};

export type Location = {
  id: number;
  isInDescription: boolean;
  extents: Extent[];
  /** The places of its numbers, by which a location is made empty: where they begin, and how many bytes each has. */
  base: { at: number; size: number };
  fields: { indexAt: number; offsetAt: number; lengthAt: number }[];
};

export type Reference = { type: string; from: number; to: number[]; box: Box; size: number };
/** The number of a property from one on, and where so many bytes name it. */
export type Association = { index: number; isEssential: boolean; at: number; size: number };

export type Description = {
  boxes: Box[];
  primary: number;
  items: Map<number, Item>;
  locations: Map<number, Location>;
  references: Reference[];
  properties: Box[];
  associations: Map<number, Association[]>;
  idat: Box | undefined;
  sizes: { offset: number; length: number };
  /** What follows the last field of boxes. */
  rests: Extent[];
};

/** Reads the contents of a `meta` box that is in memory from its head on. @throws Refused */
export function readDescription(bytes: Uint8Array, body: number): Description {
  const boxes = boxesIn(bytes, body + 4, bytes.length);
  const only = (type: string, within: readonly Box[] = boxes): Box => {
    const [box, second] = within.filter((candidate) => candidate.type === type);
    if (box === undefined || second !== undefined) throw damaged(`it has not exactly one ${type}`);
    return box;
  };
  const handler = only("hdlr");
  if (latin1(bytes.subarray(handler.body + 8, handler.body + 12)) !== "pict")
    throw new Refused("cannot-be-cleaned", "The file describes something else than a picture.", "image/avif");
  const rests: Extent[] = [];
  const primary = readPrimary(bytes, only("pitm"), rests);
  const propertyBox = only("iprp");
  const inner = boxesIn(bytes, propertyBox.body, propertyBox.end);
  const container = only("ipco", inner);
  const { locations, sizes } = readLocations(bytes, only("iloc"), rests);
  const optional = (type: string) => (boxes.some((box) => box.type === type) ? only(type) : undefined);
  const references = optional("iref");
  return {
    boxes,
    primary,
    items: readItems(bytes, only("iinf")),
    locations,
    sizes,
    references: references ? readReferences(bytes, references) : [],
    properties: boxesIn(bytes, container.body, container.end),
    associations: readAssociations(bytes, only("ipma", inner), rests),
    idat: optional("idat"),
    rests,
  };
}

/** Reads version and flags, and gives the version. */
function versionOf(fields: Fields): number {
  const version = fields.number(1);
  fields.number(1);
  fields.number(2);
  return version;
}

function readPrimary(bytes: Uint8Array, box: Box, rests: Extent[]): number {
  const fields = new Fields(bytes, box);
  const primary = fields.number(versionOf(fields) === 0 ? 2 : 4);
  rests.push({ from: fields.at, to: box.end });
  return primary;
}

function readItems(bytes: Uint8Array, box: Box): Map<number, Item> {
  const fields = new Fields(bytes, box);
  const count = fields.number(versionOf(fields) === 0 ? 2 : 4);
  const entries = boxesIn(bytes, fields.at, box.end);
  if (entries.length !== count) throw damaged("its number of items is wrong");
  const items = new Map<number, Item>();
  for (const entry of entries) {
    const own = new Fields(bytes, entry);
    const version = versionOf(own);
    if (entry.type !== "infe" || version < 2 || version > 3) throw damaged("an item has no sense");
    const id = own.number(version === 2 ? 2 : 4);
    const isProtected = own.number(2) !== 0;
    const typeAt = own.at;
    own.number(4);
    if (items.has(id)) throw damaged("two items have one number");
    const type = latin1(bytes.subarray(typeAt, typeAt + 4));
    items.set(id, { id, type, typeAt, end: entry.end, isProtected });
  }
  return items;
}

/** Reads `iloc` (ISO/IEC 14496-12, section 8.11.3). */
function readLocations(
  bytes: Uint8Array,
  box: Box,
  rests: Extent[],
): Pick<Description, "locations" | "sizes"> {
  const fields = new Fields(bytes, box);
  const version = versionOf(fields);
  if (version > 2) throw damaged("its places have no sense");
  const packed = fields.number(2);
  const sizes = { offset: packed >> 12, length: (packed >> 8) & 15 };
  const baseSize = (packed >> 4) & 15;
  const indexSize = version === 0 ? 0 : packed & 15;
  const count = fields.number(version < 2 ? 2 : 4);
  const locations = new Map<number, Location>();
  for (let entry = 0; entry < count; entry += 1) {
    const id = fields.number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : fields.number(2) & 15;
    const source = fields.number(2);
    if (method > 1 || source !== 0 || locations.has(id))
      throw new Refused("cannot-be-cleaned", "The picture's bytes lie in an unusual way.", "image/avif");
    const base = { at: fields.at, size: baseSize };
    const start = fields.number(baseSize);
    const location: Location = { id, isInDescription: method === 1, extents: [], base, fields: [] };
    const extents = fields.number(2);
    for (let extent = 0; extent < extents; extent += 1) {
      // Without a number, an extent would be the whole file, and this loop would read nothing.
      if (sizes.length === 0)
        throw new Refused("cannot-be-cleaned", "The picture's bytes lie in an unusual way.");
      const indexAt = fields.at;
      fields.number(indexSize);
      const offsetAt = fields.at;
      const from = start + fields.number(sizes.offset);
      const lengthAt = fields.at;
      const length = fields.number(sizes.length);
      location.extents.push({ from, to: from + length });
      location.fields.push({ indexAt, offsetAt, lengthAt });
    }
    locations.set(id, location);
  }
  rests.push({ from: fields.at, to: box.end });
  return { locations, sizes };
}

function readReferences(bytes: Uint8Array, box: Box): Reference[] {
  const fields = new Fields(bytes, box);
  const size = versionOf(fields) === 0 ? 2 : 4;
  return boxesIn(bytes, fields.at, box.end).map((entry) => {
    const own = new Fields(bytes, entry);
    const from = own.number(size);
    const count = own.number(2);
    const to = Array.from({ length: count }, () => own.number(size));
    // Readers look for the next reference directly after the last number.
    if (!own.isAtEnd) throw damaged("a reference is too long");
    return { type: entry.type, from, to, box: entry, size };
  });
}

/** Reads `ipma`: the properties of each item, by their numbers from one on (section 8.11.14). */
function readAssociations(bytes: Uint8Array, box: Box, rests: Extent[]): Map<number, Association[]> {
  const fields = new Fields(bytes, box);
  const version = fields.number(1);
  fields.number(2);
  const isWide = (fields.number(1) & 1) === 1;
  const count = fields.number(4);
  const found = new Map<number, Association[]>();
  for (let entry = 0; entry < count; entry += 1) {
    const id = fields.number(version === 0 ? 2 : 4);
    const length = fields.number(1);
    if (found.has(id)) throw damaged("two lists of properties have one number");
    found.set(
      id,
      Array.from({ length }, () => {
        const { at } = fields;
        const size = isWide ? 2 : 1;
        const value = fields.number(size);
        const essential = isWide ? 0x8000 : 0x80;
        return { index: value & (essential - 1), isEssential: (value & essential) !== 0, at, size };
      }),
    );
  }
  rests.push({ from: fields.at, to: box.end });
  return found;
}
