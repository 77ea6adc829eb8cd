/** JSON Pointers (RFC 6901). Pure. */

/** The pointer to what lies under these keys: `/authors/0/name`. */
export function pointerTo(...keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
