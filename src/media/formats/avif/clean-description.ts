/** Cleans the description of an AVIF picture in place: what isn't part of the picture becomes empty, and keeps its length. */
import { damaged, Refused } from "../../refusal.ts";
import type { Description, Extent, Location } from "./description.ts";
import { boxesIn, empty } from "./boxes.ts";
import { cleanProperty, isKnown } from "./clean-properties.ts";
import { gridBytes, type Size } from "./grid.ts";
import { GRID, keptItems, unusual } from "./kept-items.ts";
import { bytesOfText, checkSize, viewOf } from "../scan.ts";

// An item type of free space: nothing reads it.
const EMPTY_ITEM = bytesOfText("free");
const KEPT_BOXES = new Set(["hdlr", "pitm", "iloc", "iinf", "iref", "iprp", "idat"]);
const KEPT_REFERENCES = new Set(["dimg", "auxl", "prem"]);

/** A range that the picture needs; with bytes of its own, where they come in the place of the upload's. */
export type KeptExtent = Extent & { bytes?: Uint8Array };

export type CleanDescription = {
  width: number;
  height: number;
  isSideways: boolean;
  /** The ranges of the file that the picture needs beside its description: sorted. */
  extents: KeptExtent[];
};

/**
 * Empties all items but those of the picture, their properties, names and places.
 * @param bytes the whole `meta` box
 * @throws Refused (cannot-be-cleaned) where the picture can't be told from the rest
 */
export function cleanDescription(bytes: Uint8Array, description: Description): CleanDescription {
  const { items, locations, primary } = description;
  const kept = keptItems(bytes, description);
  const sizes = checkProperties(bytes, description, kept);
  const size = sizes.get(primary);
  if (size === undefined) throw damaged("its size is missing");
  const extents: KeptExtent[] = [];
  const inside: KeptExtent[] = [];
  for (const item of items.values()) {
    const location = locations.get(item.id);
    // Its name and the type of its contents go from every item.
    bytes.fill(0, item.typeAt + 4, item.end);
    if (!kept.has(item.id)) {
      bytes.set(EMPTY_ITEM, item.typeAt);
      if (location) emptyLocation(bytes, location, description.sizes);
    } else if (location === undefined || location.extents.length === 0) throw damaged("an item has no bytes");
    else {
      const own = item.type === GRID && { bytes: gridBytes(description, sizes, item.id, location.extents) };
      for (const extent of location.extents)
        (location.isInDescription ? inside : extents).push({ ...extent, ...own });
    }
  }
  for (const location of locations.values())
    if (!items.has(location.id)) emptyLocation(bytes, location, description.sizes);
  emptyIdat(bytes, description, merged(inside));
  emptyBoxes(bytes, description);
  emptyReferences(bytes, description, kept);
  emptyProperties(bytes, description, kept);
  // What follows the last field of a table has no meaning.
  for (const { from, to } of description.rests) bytes.fill(0, from, to);
  return { ...size, isSideways: isTurned(bytes, description, primary), extents: merged(extents) };
}

/** Checks the properties of the picture, and gives the sizes of its items. */
function checkProperties(
  bytes: Uint8Array,
  { properties, associations }: Description,
  kept: Set<number>,
): Map<number, Size> {
  const sizes = new Map<number, Size>();
  for (const id of kept)
    for (const { index, isEssential } of associations.get(id) ?? []) {
      const box = properties[index - 1];
      if (box === undefined) {
        if (index > 0) throw damaged("a property is missing");
      } else if (box.type === "clap") {
        throw new Refused(
          "cannot-be-cleaned",
          "The picture is only marked as cropped, and holds what was cut off: save it anew.",
          "image/avif",
        );
      } else if (isEssential && !isKnown(box.type)) throw unusual();
      else if (box.type === "ispe" && box.end - box.body >= 12) {
        const view = viewOf(bytes);
        const own = { width: view.getUint32(box.body + 4), height: view.getUint32(box.body + 8) };
        checkSize(own.width, own.height);
        if (!sizes.has(id)) sizes.set(id, own);
      }
    }
  return sizes;
}

/** Whether the picture is turned by a quarter (HEIF, section 6.5.10). */
function isTurned(bytes: Uint8Array, { properties, associations }: Description, primary: number): boolean {
  const turns = (associations.get(primary) ?? []).flatMap(({ index }) => {
    const box = properties[index - 1];
    return box?.type === "irot" ? [bytes[box.body] ?? 0] : [];
  });
  return ((turns[0] ?? 0) & 1) === 1;
}

/** Lets a place say that the item is one byte at the beginning. */
function emptyLocation(bytes: Uint8Array, { base, fields }: Location, sizes: Description["sizes"]): void {
  bytes.fill(0, base.at, base.at + base.size);
  for (const { indexAt, offsetAt, lengthAt } of fields) {
    bytes.fill(0, indexAt, offsetAt);
    bytes.fill(0, offsetAt, offsetAt + sizes.offset);
    bytes.fill(0, lengthAt, lengthAt + sizes.length);
    bytes[lengthAt + sizes.length - 1] = 1;
  }
}

/** Empties what the picture doesn't need of the bytes within the description. */
function emptyIdat(bytes: Uint8Array, { idat }: Description, kept: readonly KeptExtent[]): void {
  if (idat === undefined) {
    if (kept.length > 0) throw damaged("a part of it is missing");
    return;
  }
  let at = idat.body;
  for (const { from, to, bytes: own } of kept) {
    if (idat.body + to > idat.end || idat.body + from < at) throw damaged("a part of it is missing");
    bytes.fill(0, at, idat.body + from);
    if (own) bytes.set(own, idat.body + from);
    at = idat.body + to;
  }
  bytes.fill(0, at, idat.end);
}

/** Empties boxes that the picture doesn't need. */
function emptyBoxes(bytes: Uint8Array, description: Description): void {
  for (const box of description.boxes) {
    if (!KEPT_BOXES.has(box.type)) empty(bytes, box);
    // The name of whoever wrote the file comes after the type of the handler.
    if (box.type === "hdlr") {
      bytes.fill(0, box.body + 4, box.body + 8);
      bytes.fill(0, box.body + 12, box.end);
    }
    if (box.type === "iprp")
      for (const inner of boxesIn(bytes, box.body, box.end))
        if (inner.type !== "ipco" && inner.type !== "ipma") empty(bytes, inner);
  }
}

/** Lets references that the picture doesn't need say nothing: they count from one, since readers refuse doubles and zero. */
function emptyReferences(bytes: Uint8Array, description: Description, kept: Set<number>): void {
  const view = viewOf(bytes);
  for (const { type, from, to, box, size } of description.references) {
    if (KEPT_REFERENCES.has(type) && [from, ...to].every((id) => kept.has(id))) continue;
    bytes.set(EMPTY_ITEM, box.start + 4);
    const write = (at: number, id: number) => (size === 2 ? view.setUint16(at, id) : view.setUint32(at, id));
    write(box.body, description.primary);
    for (const index of to.keys()) write(box.body + size + 2 + index * size, index + 1);
  }
}

/** Cleans the properties of the picture, and empties all others and what names them. */
function emptyProperties(bytes: Uint8Array, description: Description, kept: Set<number>): void {
  const { properties, associations } = description;
  const used = new Set([...kept].flatMap((id) => (associations.get(id) ?? []).map(({ index }) => index)));
  const stays = properties.map((box, index) => {
    if (used.has(index + 1)) return cleanProperty(bytes, box);
    empty(bytes, box);
    return false;
  });
  for (const [id, own] of associations)
    for (const { index, at, size } of own)
      if (!kept.has(id) || stays[index - 1] !== true) bytes.fill(0, at, at + size);
}

/** Extents sorted, with those that touch or overlap in one, but for those with bytes of their own. */
function merged(extents: readonly KeptExtent[]): KeptExtent[] {
  const result: KeptExtent[] = [];
  for (const extent of extents.toSorted((one, other) => one.from - other.from)) {
    const last = result.at(-1);
    const isOwn = extent.bytes !== undefined || last?.bytes !== undefined;
    if (last && !isOwn && extent.from <= last.to) last.to = Math.max(last.to, extent.to);
    else result.push({ ...extent });
  }
  return result;
}
