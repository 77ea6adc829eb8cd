/** JSON Pointers (RFC 6901). Pure. */

// Longer than any key that means something: an answer must not repeat a document.
const MAX_KEY_LENGTH = 200;

/** The pointer to what lies under these keys: `/authors/0/name`; where a key is very long, to what it lies in. */
export function pointerTo(...keys: readonly (string | number)[]): string {
  const end = keys.findIndex((key) => String(key).length > MAX_KEY_LENGTH);
  const short = end < 0 ? keys : keys.slice(0, end);
  return short.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
