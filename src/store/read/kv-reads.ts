/** The reads of one request, through the isolate's cache of KV. Never anything but `get`. */
import type { Edition, VersionedValue } from "../edition.ts";
import type { Key } from "../keys.ts";
import type { KvCache } from "./kv-cache.ts";

export type KvReads = {
  /** The edition of a key as it was within the last second: see `KvCache.edition`. */
  edition: (key: Key) => Edition | Promise<Edition>;
  /** The value of a key as it was within the last second: see `KvCache.latest`. */
  latest: (key: Key) => VersionedValue | Promise<VersionedValue>;
  /** The values of at most 100 keys, each in the edition that is named or a later one: see `KvCache.named`. */
  named: <K extends Key>(
    wanted: readonly { key: K; edition: Pick<Edition, "epoch" | "sequence"> }[],
  ) => Promise<(VersionedValue & { key: K })[]>;
};

/**
 * A reader that is bound to one request.
 * @param waitUntil keeps a read alive whose request went away, for the others that wait for it
 * @param now the instant of the request
 */
export function kvReads(
  { ARTICLES }: Pick<Env, "ARTICLES">,
  cache: KvCache,
  waitUntil: (task: Promise<unknown>) => void,
  now: number,
): KvReads {
  return {
    edition: (key) => cache.edition(ARTICLES, key, now, waitUntil),
    latest: (key) => cache.latest(ARTICLES, key, now, waitUntil),
    named: (wanted) => cache.named(ARTICLES, wanted, now),
  };
}
