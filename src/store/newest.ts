/** The first articles of a window, decoded without the others: a page beside an article shows a few of fifty. Pure. */
import type { WindowArticle } from "../article/article.ts";
import { parseJson } from "./decode.ts";
import { readWindow } from "./records.ts";

// As the Desk writes a window. In a JSON text a quotation mark stands unescaped only where a string begins or ends: no text of an
// article holds these.
const START = '{"version":1,"articles":[';
const BETWEEN = '},{"version":1,"id":"';

/**
 * Decodes the newest articles of a window.
 * @param text the window's; undefined where it was never written
 * @param count the most articles that are wanted
 * @param where names the window in the log
 */
export function readNewest(text: string | undefined, count: number, where: string): WindowArticle[] {
  const beginning = text === undefined ? undefined : beginningOf(text, count);
  return readWindow(beginning ?? text, where).articles.slice(0, count);
}

/** A window that has only the first articles; undefined where it has no more, or is written in another way. */
function beginningOf(text: string, count: number): string | undefined {
  if (!text.startsWith(START)) return undefined;
  let end = START.length;
  for (let found = 0; found < count; found++) {
    end = text.indexOf(BETWEEN, end + 1);
    if (end < 0) return undefined;
  }
  const beginning = `${text.slice(0, end)}}],"withdrawn":[]}`;
  return parseJson(beginning) === undefined ? undefined : beginning;
}
