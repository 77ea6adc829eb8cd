/** The short title that stands beside a long one in MSN's feed. Pure. */
import { characterCount } from "../article/characters.ts";
import { MSN_MAX_SHORT_TITLE } from "../article/partner-limits.ts";
import type { FeedItem } from "./document.ts";

/**
 * The short title that goes with a title too long for a card.
 * @returns undefined where the title needs none, and where there is none
 */
export function shortTitleOf({
  title,
  shortTitle = "",
}: Pick<FeedItem, "title" | "shortTitle">): string | undefined {
  return characterCount(shortTitle) > 0 && characterCount(title) > MSN_MAX_SHORT_TITLE
    ? shortTitle
    : undefined;
}
