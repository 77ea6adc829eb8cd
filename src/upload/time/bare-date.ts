/** A date without what says nothing of its instant: comments, the weekday, white space. Pure. */

// A weekday that a comma ends can be nothing else, whatever its language; some have two words (Thứ Ba).
const WEEKDAY_WITH_COMMA = /^\p{L}[\p{L}\p{M}.'’-]*(?: \p{L}[\p{L}\p{M}.'’-]*)? ?, ?/u;

// Without its comma, as asctime has it: English alone, lest a month be taken for it.
const WEEKDAY =
  /^(?:Mon(?:day)?|Tue(?:s|sday)?|Wed(?:nesday)?|Thu(?:r|rs|rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)\.? /i;

/** @returns undefined when a comment doesn't end */
export function bareDate(text: string): string | undefined {
  const words = withoutComments(text)?.replaceAll(/\s+/gu, " ").trim();
  if (words === undefined) return undefined;
  const withoutWeekday = words.replace(WEEKDAY_WITH_COMMA, "");
  return withoutWeekday === words ? words.replace(WEEKDAY, "") : withoutWeekday;
}

/**
 * RFC 5322, section 3.2.2: comments stand in parentheses, nest, and a backslash quotes one character in them. A blank
 * takes the place of each.
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
