/** Removes comments, the weekday and extra white space from a date: they say nothing of its instant. Pure. */

// A weekday before a comma can be nothing else in any language; some have two words (Thứ Ba).
const WEEKDAY_WITH_COMMA = /^\p{L}[\p{L}\p{M}.'’-]*(?: \p{L}[\p{L}\p{M}.'’-]*)? ?, ?/u;

// A weekday without a comma, as asctime writes it: in English alone, so that no month is taken for one.
const WEEKDAY =
  /^(?:Mon(?:day)?|Tue(?:s|sday)?|Wed(?:nesday)?|Thu(?:r|rs|rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)\.? /i;

/** @returns the date without them, or undefined when a comment doesn't end */
export function bareDate(text: string): string | undefined {
  const words = withoutComments(text)?.replaceAll(/\s+/gu, " ").trim();
  if (words === undefined) return undefined;
  const withoutWeekday = words.replace(WEEKDAY_WITH_COMMA, "");
  return withoutWeekday === words ? words.replace(WEEKDAY, "") : withoutWeekday;
}

/**
 * Replaces each comment by a blank. Comments stand in parentheses and nest, and a backslash in them quotes one
 * character (RFC 5322, section 3.2.2).
 */
function withoutComments(text: string): string | undefined {
  let depth = 0;
  let bare = "";
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === "(") {
      if (depth === 0) bare += " ";
      depth++;
    } else if (depth === 0) {
      bare += character;
    } else if (character === ")") {
      depth--;
    } else if (character === "\\") {
      index++;
    }
  }
  return depth === 0 ? bare : undefined;
}
