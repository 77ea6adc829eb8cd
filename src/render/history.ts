/** Paging → the elements of an archived feed (RFC 5005, section 4). Pure. */
import type { Addresses, Paging } from "../feed/document.ts";
import { element } from "./elements.ts";

/** How each XML format links to its own documents; RSS borrows Atom's element. */
const LINKS = {
  rss: { name: "atom:link", type: "application/rss+xml" },
  atom: { name: "link", type: "application/atom+xml" },
} as const;

/**
 * What a document says of its place in an archived feed: `fh:archive` in an archive page, and links to the documents that
 * there are (RFC 5005, section 4).
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
