/** Links as a header field (RFC 8288). Pure. */
import type { Site } from "../article/site.ts";
import { alternates, type OfferedFeed } from "../pages/alternates.ts";

/** The feeds of a page, for software that doesn't read the page itself. */
export function alternateLinks(site: Site, feeds: readonly OfferedFeed[]): string {
  return alternates(site, feeds)
    .map(({ href, type, title }) => `<${href}>; rel="alternate"; type="${type}"; ${titleParameter(title)}`)
    .join(", ");
}

// What a quoted string holds as it is (RFC 9110, section 5.6.4), but for its quotes and backslashes.
const PLAIN = /^[\x20\x21\x23-\x5B\x5D-\x7E]*$/;

/** A title with other characters is written as UTF-8 (RFC 8187, section 3.2.1; RFC 8288, section 3.4.1). */
function titleParameter(title: string): string {
  if (PLAIN.test(title)) return `title="${title}"`;
  // encodeURIComponent leaves alone what attr-char doesn't have.
  const encoded = encodeURIComponent(title.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `title*=UTF-8''${encoded}`;
}
