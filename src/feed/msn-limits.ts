/** The limits of MSN Partner Hub, by which its feed is written and articles are judged. Pure. */
import { characterCount } from "../article/characters.ts";
import type { FeedItem } from "./document.ts";

// "MSN feed item metadata requirements": the title and the published date of an article, in characters and days.
export const MIN_TITLE = 20;
/** Of a title that comes without a short one. */
export const MAX_TITLE = 150;
export const MAX_AGE_DAYS = 365;
/** Of what a promotional card shows ("Feed content specifications in MSN Partner Hub", title guidelines), in characters. */
export const MAX_SHORT_TITLE = 54;

/**
 * The short title that goes with a title too long for a card.
 * @returns undefined where the title needs none, and where there is none
 */
export function shortTitleOf({
  title,
  shortTitle = "",
}: Pick<FeedItem, "title" | "shortTitle">): string | undefined {
  return characterCount(shortTitle) > 0 && characterCount(title) > MAX_SHORT_TITLE ? shortTitle : undefined;
}
