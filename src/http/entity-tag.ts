/** Entity tags (RFC 9110, section 8.8.3) and the header fields that list them. Pure. */

export type EntityTag = { isWeak: boolean; opaque: string };

// etagc = %x21 / %x23-7E / obs-text
const TAG = /\s*(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?:,|$)|\s*,/gy;

/**
 * Parses `If-Match` or `If-None-Match`.
 * @returns `*`, or the tags of the list; a field that is no list of tags counts as an empty one
 */
export function parseEntityTags(field: string): "*" | EntityTag[] {
  if (field.trim() === "*") return "*";
  const tags: EntityTag[] = [];
  let end = 0;
  for (const match of field.matchAll(TAG)) {
    end = match.index + match[0].length;
    const [, weak, opaque] = match;
    if (opaque !== undefined) tags.push({ isWeak: weak !== undefined, opaque });
  }
  return end === field.length ? tags : [];
}
