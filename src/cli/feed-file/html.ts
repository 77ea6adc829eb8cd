/** HTML of a feed → plain text. Pure. */
import { fromHtml } from "hast-util-from-html";
import { toText } from "hast-util-to-text";

/** The text of a fragment. */
export function textOf(html: string): string {
  return toText(fromHtml(html, { fragment: true })).trim();
}
