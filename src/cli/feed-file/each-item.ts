/** The items of a file, read one by one: an unreadable item doesn't affect the others. Pure. */
import { type FeedItem, EMPTY_ITEM } from "./item.ts";

/** The error for an item that can't be read; the message is one sentence for people. */
export class UnreadableItem extends Error {}

/**
 * Reads each item.
 * @param idOf finds the item's id
 * @param read reads the item; if it throws, the item stays, marked as unreadable, and is refused by its name
 */
export function readEach<Written>(
  written: readonly Written[],
  idOf: (item: Written) => string | undefined,
  read: (item: Written) => FeedItem,
): FeedItem[] {
  return written.map((item) => {
    try {
      return read(item);
    } catch (error) {
      return unreadable(idOf(item), error);
    }
  });
}

function unreadable(id: string | undefined, error: unknown): FeedItem {
  const why = error instanceof Error ? error.message : String(error);
  return {
    ...EMPTY_ITEM,
    id,
    unreadable: error instanceof UnreadableItem ? why : `The item can’t be read: ${why}`,
  };
}
