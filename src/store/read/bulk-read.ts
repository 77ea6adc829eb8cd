/** Several values by one read of KV. Never anything but `get`. */
import { report } from "../../report.ts";
import { type VersionedValue, readEdition, UNWRITTEN } from "../edition.ts";
import type { Key } from "../keys.ts";

/** The least that Workers KV takes: how long a replica may go on answering with the value that it has. */
export const KV_CACHE_SECONDS = 30;

/**
 * @param keys at most 100, which is what a bulk read takes
 * @returns what each key holds; one that isn't there, or whose edition can't be read, is in the edition of what was never written
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
