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
  /** The values of at most 100 keys as they were within the last second, those that aren't known by one read. */
  together: <K extends Key>(keys: readonly K[]) => Promise<(VersionedValue & { key: K })[]>;
};

// No value has this edition: one that isn't fresh is read.
const UNKNOWN = { epoch: "", sequence: 0 };

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
    together: (keys) =>
      cache.named(
        ARTICLES,
        keys.map((key) => ({ key, edition: cache.known(key, now) ?? UNKNOWN })),
        now,
      ),
  };
}
