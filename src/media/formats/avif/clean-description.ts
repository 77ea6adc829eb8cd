/** Cleans the description of an AVIF picture in place: what isn't part of the picture becomes empty, and keeps its length. */
import { damaged, Refused } from "../../refusal.ts";
import type { Association, Description, Extent, Item, Location } from "./description.ts";
import { boxesIn, empty } from "./boxes.ts";
import { cleanProperty, isKnown, saysAlpha } from "./clean-properties.ts";
import { bytesOfText, checkSize, viewOf } from "../scan.ts";

// An item type of free space: nothing reads it.
const EMPTY_ITEM = bytesOfText("free");
const PICTURE_ITEMS = new Set(["av01", "grid"]);
const KEPT_BOXES = new Set(["hdlr", "pitm", "iloc", "iinf", "iref", "iprp", "idat"]);
const KEPT_REFERENCES = new Set(["dimg", "auxl", "prem"]);
// A grid of 256 tiles, each with an alpha channel, is more than anybody makes.
const MAX_ITEMS = 520;

export type CleanDescription = {
  width: number;
  height: number;
  isSideways: boolean;
  /** The ranges of the file that the picture needs beside its description: sorted, and apart from one another. */
  extents: Extent[];
};

/**
 * Empties all items but those of the picture, their properties, names and places.
 * @param bytes the whole `meta` box
 * @throws Refused (cannot-be-cleaned) where the picture can't be told from the rest
 */
export function cleanDescription(bytes: Uint8Array, description: Description): CleanDescription {
  const { items, locations, primary } = description;
  const kept = keptItems(bytes, description);
  const size = checkProperties(bytes, description, kept);
  const extents: Extent[] = [];
  const inside: Extent[] = [];
  for (const item of items.values()) {
    const location = locations.get(item.id);
    // Its name and the type of its contents go from every item.
    bytes.fill(0, item.typeAt + 4, item.end);
    if (!kept.has(item.id)) {
      bytes.set(EMPTY_ITEM, item.typeAt);
      if (location) emptyLocation(bytes, location, description.sizes);
    } else if (location === undefined || location.extents.length === 0) throw damaged("an item has no bytes");
    else (location.isInDescription ? inside : extents).push(...location.extents);
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

/** The items of the picture: the primary one, what it is made of, and its alpha channel. No thumbnails. */
function keptItems(bytes: Uint8Array, description: Description): Set<number> {
  const { references, primary, items } = description;
  const alphas = alphaItems(bytes, description);
  const parts = Map.groupBy(
    references.flatMap(({ type, from, to }) => {
      if (type === "dimg") return to.map((part) => ({ part, whole: from }));
      if (type === "auxl" && alphas.has(from)) return to.map((whole) => ({ part: from, whole }));
      return [];
    }),
    ({ whole }) => whole,
  );
  const kept = new Set([primary]);
  // A set is walked in the order in which it grows, so that everything that is reached is looked at once.
  for (const id of kept) {
    checkItem(items.get(id));
    for (const { part } of parts.get(id) ?? []) kept.add(part);
    if (kept.size > MAX_ITEMS) throw unusual();
  }
  return kept;
}

function checkItem(item: Item | undefined): void {
  if (item === undefined) throw damaged("a part of it is missing");
  if (item.isProtected || !PICTURE_ITEMS.has(item.type)) throw unusual();
}

function unusual(): Refused {
  return new Refused(
    "cannot-be-cleaned",
    "The picture is made of unusual parts: save it anew as AVIF, PNG or JPEG.",
    "image/avif",
  );
}

/** The items that say that they are alpha channels. Many may name one property, which is read once. */
function alphaItems(bytes: Uint8Array, { properties, associations }: Description): Set<number> {
  const alphas = properties.map((box) => saysAlpha(bytes, box));
  const says = ({ index }: Association) => alphas[index - 1] === true;
  return new Set([...associations].flatMap(([id, own]) => (own.some(says) ? [id] : [])));
}

/** Checks the properties of the picture, and gives its size. */
function checkProperties(
  bytes: Uint8Array,
  { properties, associations, primary }: Description,
  kept: Set<number>,
) {
  let size: { width: number; height: number } | undefined;
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
        if (id === primary) size ??= own;
      }
    }
  if (size === undefined) throw damaged("its size is missing");
  return size;
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
function emptyIdat(bytes: Uint8Array, { idat }: Description, kept: readonly Extent[]): void {
  if (idat === undefined) {
    if (kept.length > 0) throw damaged("a part of it is missing");
    return;
  }
  let at = idat.body;
  for (const { from, to } of kept) {
    if (idat.body + to > idat.end) throw damaged("a part of it is missing");
    bytes.fill(0, at, idat.body + from);
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

/** Extents sorted, with those that touch or overlap in one. */
function merged(extents: readonly Extent[]): Extent[] {
  const result: Extent[] = [];
  for (const { from, to } of extents.toSorted((one, other) => one.from - other.from)) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}
