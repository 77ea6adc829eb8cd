/** The presence of a feed that nobody declared, as its window tells. Pure. */
import { readWindow } from "./records.ts";

/**
 * `named`: an article that readers can open names what the feed gathers by. `nameless`: what did was withdrawn, and the feed has
 * that alone to tell, to those who subscribed. `absent`: there is nothing to tell, as if there never was.
 */
export type Presence = "named" | "nameless" | "absent";

// As the Desk writes a window, its articles stand first: one that has some needn't be read for this.
const NO_ARTICLES = '{"version":1,"articles":[]';

/**
 * @param text the window's; undefined where there is none
 * @param where names it in the log
 */
export function presenceOf(text: string | undefined, where: string): Presence {
  if (text === undefined) return "absent";
  if (!text.startsWith(NO_ARTICLES)) return "named";
  const { isKept, withdrawn } = readWindow(text, where);
  if (isKept === true) return "named";
  return withdrawn.length > 0 ? "nameless" : "absent";
}
