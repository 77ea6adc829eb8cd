/** The presence of a feed that nobody declared, as its window tells. Pure. */
import { readWindow } from "./records.ts";

/**
 * `named`: an article that readers can open gives the feed its name. `nameless`: everything that gave it a name was withdrawn;
 * the feed tells its subscribers of that, and nothing else. `absent`: the feed has nothing to tell, as if it had never existed.
 */
export type Presence = "named" | "nameless" | "absent";

// The Desk writes a window's articles first: a window that has some needn't be decoded to know this.
const NO_ARTICLES = '{"version":1,"articles":[]';

/**
 * Tells a feed's presence from its window.
 * @param text the window's; undefined where there is none
 * @param where names the window in the log
 */
export function presenceOf(text: string | undefined, where: string): Presence {
  if (text === undefined) return "absent";
  if (!text.startsWith(NO_ARTICLES)) return "named";
  const { isKept, withdrawn } = readWindow(text, where);
  if (isKept === true) return "named";
  return withdrawn.length > 0 ? "nameless" : "absent";
}
