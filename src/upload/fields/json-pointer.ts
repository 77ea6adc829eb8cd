/** JSON Pointers (RFC 6901). Pure. */

// Longer than any key that means something: a response must not repeat a document.
const MAX_KEY_LENGTH = 200;

/**
 * The pointer to the value under these keys: `/authors/0/name`. Where a key is very long, the pointer ends before it.
 */
export function pointerTo(...keys: readonly (string | number)[]): string {
  const end = keys.findIndex((key) => String(key).length > MAX_KEY_LENGTH);
  const short = end < 0 ? keys : keys.slice(0, end);
  return short.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
