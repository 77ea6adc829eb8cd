/** The items of a file, one by one: what can't be read of one leaves the others alone. Pure. */
import { type FeedItem, EMPTY_ITEM } from "./item.ts";

/** An item that can't be read; the message is one sentence for people. */
export class UnreadableItem extends Error {}

/**
 * Reads each item.
 * @param idOf what the item is known by
 * @param read may throw: then the item stays, to be refused by its name
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
