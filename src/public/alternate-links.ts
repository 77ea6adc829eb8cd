/** Links as a header field (RFC 8288). Pure. */
import type { Site } from "../article/site.ts";
import { PAGE_CACHING } from "../http/caching.ts";
import type { Fields } from "../http/isolate-cache.ts";
import { alternates, type OfferedFeed } from "../pages/parts/alternates.ts";

// As many as a reader can choose among.
const MAX_FEEDS = 3;
// Many servers and clients take 8 kB of header fields together; Node's and curl's limits are beyond that.
const MAX_LENGTH = 4000;
const MAX_TITLE_LENGTH = 200;

/** The header fields of a page that offers feeds. */
export function pageFields(site: Site, feeds: readonly OfferedFeed[]): Fields {
  return { ...PAGE_CACHING, Link: alternateLinks(site, feeds) };
}

/** The feeds of a page, for software that doesn't read the page itself: the first three, in at most 4 kB. */
export function alternateLinks(site: Site, feeds: readonly OfferedFeed[]): string {
  let field = "";
  for (const { href, type, title } of alternates(site, feeds.slice(0, MAX_FEEDS))) {
    const parameter = title === undefined ? "" : titleParameter(title);
    // The title is for people, who have the page.
    const named = parameter === "" || parameter.length > MAX_TITLE_LENGTH ? "" : `; ${parameter}`;
    const link = `${field === "" ? "" : ", "}<${href}>; rel="alternate"; type="${type}"${named}`;
    if (field.length + link.length > MAX_LENGTH) break;
    field += link;
  }
  return field;
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
