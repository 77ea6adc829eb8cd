/** The body and the summary of an RSS item: `description` may be either. Pure. */
import { textOfHtml } from "../html-text.ts";
import { type FeedItem, firstNonEmpty } from "../item.ts";
import { paragraphsFromBlankLines } from "../paragraphs/paragraphs.ts";

/** The elements, the fullest first; each may be missing. */
type DescriptionElements = {
  encoded: string | undefined;
  description: string | undefined;
  /** Elements in place of a description: Dublin Core’s, and those of podcasts. */
  others: readonly (string | undefined)[];
};

/** Finds the body and the summary. Without another body the description is the body, and there is no summary. */
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
// The block elements of HTML, which end paragraphs (HTML, section 15.3).
const BLOCK =
  /<(?:address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|menu|nav|ol|p|pre|section|table|ul)[\s/>]/i;

/** In plain text, and in text with inline markup, blank lines end paragraphs. */
function withParagraphs(text: string): string {
  return BLANK_LINE.test(text) && !BLOCK.test(text) ? paragraphsFromBlankLines(text) : text;
}
