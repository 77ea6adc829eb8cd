/** The files of an item, each once. Pure. */
import { excerptOf, type Issue } from "../../../upload/issue.ts";
import { type Enclosure, firstNonEmpty } from "../item.ts";

/** A file as a feed names it: each member may be missing. */
export type FeedEnclosure = { [Part in keyof Enclosure]?: Enclosure[Part] | undefined };

/**
 * Collects the files of an item.
 * @param found in the order of the feed; a repeated file comes once
 * @param resolve makes an address absolute
 * @param picture the address of the item's picture, which is no file besides
 * @returns the files, and a warning for each that has no address
 */
export function enclosuresOf(
  found: readonly FeedEnclosure[],
  resolve: (url: string) => string,
  picture: string | undefined,
): { enclosures: Enclosure[]; warnings: Issue[] } {
  const files = new Map<string, Enclosure>();
  const warnings: Issue[] = [];
  for (const { url, type, length, title } of found) {
    const written = firstNonEmpty(url);
    if (written === undefined) {
      const detail = "The feed gives no address for this file: it was left out.";
      const words = excerptOf(firstNonEmpty(title, type) ?? "");
      warnings.push({ field: "attachments", reason: "enclosure-without-address", detail, found: words });
      continue;
    }
    const absolute = resolve(written);
    if (absolute === picture || files.has(absolute)) continue;
    files.set(absolute, { url: absolute, type, length, title });
  }
  return { enclosures: [...files.values()], warnings };
}
