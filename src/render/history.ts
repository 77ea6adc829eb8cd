/** The elements of an archived feed (RFC 5005, section 4). Pure. */
import type { Addresses, Paging } from "../feed/document.ts";
import { element } from "./elements.ts";

/** The element with which each XML format links to documents of its own type; RSS borrows Atom's. */
const LINKS = {
  rss: { name: "atom:link", type: "application/rss+xml" },
  atom: { name: "link", type: "application/atom+xml" },
} as const;

/**
 * The elements that tell a document's place in an archived feed: `fh:archive` in an archive page, and links to the other
 * documents where there are any (RFC 5005, section 4).
 */
export function historyElements(
  { isArchive, current, previous, next }: Paging,
  format: keyof typeof LINKS,
): string {
  const { name, type } = LINKS[format];
  const link = (rel: string, addresses: Addresses | undefined): string =>
    addresses === undefined ? "" : element(name, { rel, type, href: addresses[format] });
  return [
    isArchive ? element("fh:archive", {}) : "",
    link("current", current),
    link("prev-archive", previous),
    link("next-archive", next),
  ].join("");
}
