/** Fingerprints: name in an entity tag what a page shows besides its own record. Pure. */
import { LRUCache } from "lru-cache";
import { hashOf } from "../../article/hash.ts";

// Every request asks for the same few.
const fingerprints = new LRUCache<string, string>({
  max: 1000,
  memoMethod: (text) => hashOf(text, 64),
});

/** Sixteen hexadecimal digits that stand for a text: of two texts that a page may show, each has its own. */
export function fingerprint(text: string): string {
  return fingerprints.memo(text);
}
