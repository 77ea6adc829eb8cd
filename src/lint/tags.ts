/**
 * The tags in the HTML of an article. Pure.
 *
 * This reads what Dateline's own serialiser wrote, not HTML at large: `<` in a text is escaped, so that it only opens
 * tags, and every attribute value stands in quotes. In other HTML it may miss tags, but it never fails.
 */

/**
 * A start tag. Attribute names are in lower case, values as they are written. Of two attributes with one name the
 * first counts.
 */
export type Tag = { name: string; attributes: ReadonlyMap<string, string> };

// A quote opens a value that may hold anything, ">" too.
const START_TAG = /<([a-z][a-z0-9-]*)([^"'<>]*(?:(?:"[^"]*"|'[^']*')[^"'<>]*)*)>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const TEXT = /(?:^|>)\s*[^\s<]/;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** The start tags of `html`, in order. */
export function tagsIn(html: string): Tag[] {
  const tags: Tag[] = [];
  for (const [, name = "", attributes = ""] of html.matchAll(START_TAG)) {
    tags.push({ name: name.toLowerCase(), attributes: attributesIn(attributes) });
  }
  return tags;
}

/** Whether `html` holds more than tags and white space. */
export function hasText(html: string): boolean {
  return TEXT.test(html);
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  if (text === "") return NO_ATTRIBUTES;
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single] of text.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, double ?? single ?? "");
  }
  return attributes;
}
