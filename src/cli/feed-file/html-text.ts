/** HTML in a feed → plain text. Pure. */
import { textOf as textOfTree } from "../../upload/html/text.ts";
import { parseHtml } from "../../upload/html/tree.ts";
import { UnreadableItem } from "./each-item.ts";

/**
 * Reads the text of a fragment.
 * @throws UnreadableItem for HTML beyond the limits of `parseHtml`
 */
export function textOfHtml(html: string): string {
  const tree = parseHtml(html);
  if (typeof tree === "string") throw new UnreadableItem(DETAIL[tree]);
  return textOfTree(tree);
}

const DETAIL = {
  "too-deep": "The item holds HTML whose elements are nested too deeply.",
  "too-many-elements": "The item holds HTML of too many elements.",
};
