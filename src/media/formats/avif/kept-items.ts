/** The items of an AVIF picture: the primary one, the tiles of a grid, and alpha channels. No thumbnails, and nothing that nobody shows. */
import { damaged, Refused } from "../../refusal.ts";
import { saysAlpha } from "./clean-properties.ts";
import type { Association, Description, Item } from "./description.ts";

/** The item type of a picture that is made of tiles. */
export const GRID = "grid";
const PICTURE_ITEMS = new Set(["av01", GRID]);
// A grid of 256 tiles, each with an alpha channel, is more than anybody makes.
const MAX_ITEMS = 520;

/** Finds the items of the picture. @throws Refused (damaged, cannot-be-cleaned) */
export function keptItems(bytes: Uint8Array, description: Description): Set<number> {
  const { references, primary, items } = description;
  const alphas = alphaItems(bytes, description);
  const alphasOf = Map.groupBy(
    references.flatMap(({ type, from, to }) =>
      // Nobody shows the alpha channel of an alpha channel.
      type === "auxl" && alphas.has(from)
        ? to.flatMap((whole) => (alphas.has(whole) ? [] : [{ alpha: from, whole }]))
        : [],
    ),
    ({ whole }) => whole,
  );
  const tilesOf = Map.groupBy(
    references.filter(({ type }) => type === "dimg"),
    ({ from }) => from,
  );
  const kept = new Set([primary]);
  // A set is walked in the order in which it grows, so that everything that is reached is looked at once.
  for (const id of kept) {
    if (checked(items.get(id)).type === GRID)
      for (const tile of tilesOf.get(id)?.flatMap(({ to }) => to) ?? []) kept.add(tile);
    // Of several, decoders take one.
    const [own, another] = alphasOf.get(id) ?? [];
    if (another !== undefined) throw unusual();
    if (own !== undefined) kept.add(own.alpha);
    if (kept.size > MAX_ITEMS) throw unusual();
  }
  return kept;
}

function checked(item: Item | undefined): Item {
  if (item === undefined) throw damaged("a part of it is missing");
  if (item.isProtected || !PICTURE_ITEMS.has(item.type)) throw unusual();
  return item;
}

/** The refusal of a picture whose parts can't be told from what isn't shown. */
export function unusual(): Refused {
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
