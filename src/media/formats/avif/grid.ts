/** A grid: the item of an AVIF picture that is made of tiles (HEIF, ISO/IEC 23008-12, section 6.6.2.3). */
import { viewOf } from "../scan.ts";
import type { Description, Extent } from "./description.ts";
import { unusual } from "./kept-items.ts";

export type Size = { width: number; height: number };

// With numbers of 16 bits, and of 32.
const SHORT_LENGTH = 8;
const LONG_LENGTH = 12;
// The most rows and columns that it can say.
const MAX_TILES = 256;

/**
 * The bytes of a grid, made of the sizes of its picture and its tiles: so its own have no room for anything else.
 * @param sizes of the picture's items
 * @param extents of the grid's own bytes
 * @throws Refused (cannot-be-cleaned) where it names other tiles than its size needs: nobody would show the others
 */
export function gridBytes(
  { references, items }: Description,
  sizes: ReadonlyMap<number, Size>,
  id: number,
  extents: readonly Extent[],
): Uint8Array {
  const [named, ...others] = references.filter(({ type, from }) => type === "dimg" && from === id);
  const [first = 0] = named?.to ?? [];
  const [whole, tile] = [sizes.get(id), sizes.get(first)];
  if (named === undefined || others.length > 0 || whole === undefined || tile === undefined) throw unusual();
  const areTiles = named.to.every((one) => {
    const { width, height } = sizes.get(one) ?? {};
    return items.get(one)?.type === "av01" && width === tile.width && height === tile.height;
  });
  const rows = Math.ceil(whole.height / tile.height);
  const columns = Math.ceil(whole.width / tile.width);
  const [{ from, to } = { from: 0, to: 0 }, ...more] = extents;
  const length = to - from;
  const isLong = length === LONG_LENGTH;
  if (!areTiles || rows * columns !== named.to.length || Math.max(rows, columns) > MAX_TILES) throw unusual();
  if (more.length > 0 || (!isLong && length !== SHORT_LENGTH)) throw unusual();
  const bytes = new Uint8Array(length);
  const view = viewOf(bytes);
  bytes.set([0, isLong ? 1 : 0, rows - 1, columns - 1]);
  for (const [index, side] of [whole.width, whole.height].entries())
    if (isLong) view.setUint32(4 + 4 * index, side);
    else view.setUint16(4 + 2 * index, side);
  return bytes;
}
