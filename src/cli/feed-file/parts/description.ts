/** The body and the summary of an item of RSS, of which one element may be both. Pure. */
import { textOfHtml } from "../html-text.ts";
import { type FeedItem, firstNonEmpty } from "../item.ts";
import { paragraphsFromBlankLines } from "../paragraphs/paragraphs.ts";

/** The elements, the fullest first; any may be missing. */
type DescriptionElements = {
  encoded: string | undefined;
  description: string | undefined;
  /** What may stand in place of a description: Dublin Core’s, and those of podcasts. */
  others: readonly (string | undefined)[];
};

/** The description is the body when there is no other; then it is no summary. */
export function bodyAndSummary({
  encoded,
  description,
  others,
}: DescriptionElements): Pick<FeedItem, "content" | "summary"> {
  const body = firstNonEmpty(encoded);
  const text = firstNonEmpty(description, ...others);
  if (body !== undefined) return { content: { html: body }, summary: firstNonEmpty(textOfHtml(text ?? "")) };
  return {
    content: text === undefined ? undefined : { html: withParagraphs(text) },
    summary: undefined,
  };
}

const BLANK_LINE = /(?:\r\n|\n|\r(?!\n))[^\S\r\n]*[\r\n]/;
// The block elements of HTML, by which markup says where its paragraphs end (HTML, section 15.3).
const BLOCK =
  /<(?:address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|menu|nav|ol|p|pre|section|table|ul)[\s/>]/i;

/** Plain text, or text with inline markup: its blank lines are where its paragraphs end. */
function withParagraphs(text: string): string {
  return BLANK_LINE.test(text) && !BLOCK.test(text) ? paragraphsFromBlankLines(text) : text;
}
