/** Fingerprints: name in an entity tag what a page shows besides its own record. Pure. */
import fnv1a from "@sindresorhus/fnv1a";
import { LRUCache } from "lru-cache";

// Every request asks for the same few.
const fingerprints = new LRUCache<string, string>({
  max: 1000,
  memoMethod: (text) => fnv1a(text, { size: 64 }).toString(16).padStart(16, "0"),
});

/** Sixteen hexadecimal digits that stand for a text: of two texts that a page may show, each has its own. */
export function fingerprint(text: string): string {
  return fingerprints.memo(text);
}
