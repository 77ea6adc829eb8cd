/** Hashes that tell two texts apart, and protect nothing: FNV-1a. Pure. */
import fnv1a from "@sindresorhus/fnv1a";

/** The hash of a text in hexadecimal digits, with zeros before it. @param size in bits */
export function hashOf(text: string, size: 32 | 64): string {
  return fnv1a(text, { size })
    .toString(16)
    .padStart(size / 4, "0");
}
