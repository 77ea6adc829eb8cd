/** Bulk reads of KV: several values by one `get`. */
import { report } from "../../report.ts";
import { type VersionedValue, readEdition, UNWRITTEN } from "../edition.ts";
import type { Key } from "../keys.ts";

/** How long a replica may go on answering with the value that it has: the shortest `cacheTtl` that Workers KV takes. */
export const KV_CACHE_SECONDS = 30;

/**
 * Reads the values of several keys at once.
 * @param keys at most 100, the limit of a bulk read
 * @returns a value for each key; one that isn't there, or whose edition can't be read, has the edition `UNWRITTEN`
 */
export async function bulkRead<K extends Key>(
  kv: KVNamespace,
  keys: readonly K[],
): Promise<(VersionedValue & { key: K })[]> {
  if (keys.length === 0) return [];
  const found = await kv.getWithMetadata([...keys], { type: "text", cacheTtl: KV_CACHE_SECONDS });
  return keys.map((key) => {
    const { value, metadata } = found.get(key) ?? { value: null, metadata: null };
    const edition = readEdition(metadata);
    if (value !== null && edition === undefined) report("unreadable-edition", { key });
    return { key, text: value ?? undefined, edition: edition ?? UNWRITTEN };
  });
}
