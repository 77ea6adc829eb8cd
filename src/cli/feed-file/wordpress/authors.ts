/** The authors of a post: names for people, where an export has logins. Pure. */
import { told } from "../item.ts";
import { decodedName, isShowableName, plainTitle } from "../plain-title.ts";
import type { WxrItem } from "./wxr.ts";

type Names = ReadonlyMap<string, string>;

/** The names of those who have no account, by the login that the plugin Co-Authors Plus gives them. */
export function guestAuthors(items: readonly WxrItem[]): Map<string, string> {
  return new Map(
    items
      .filter(({ types }) => types.some((type) => type.trim() === "guest-author"))
      .flatMap(({ meta, title }): [string, string][] => {
        const login = meta.get("cap-user_login")?.trim() ?? "";
        const name = decodedName(meta.get("cap-display_name")) ?? plainTitle(title);
        return login === "" || name === undefined || !isShowableName(name) ? [] : [[login, name]];
      }),
  );
}

/**
 * @param names by login
 * @returns the several authors of Co-Authors Plus (`domain="author"`), else the creator. A login that nobody has a name
 *   for is one itself, unless it is an e-mail address.
 */
export function authorsOf({ creators, terms }: WxrItem, names: Names): { name: string }[] {
  const several = terms
    .filter(({ domain }) => domain === "author")
    .map(({ nicename, name }) => names.get(nicename.replace(/^cap-/, "")) ?? names.get(name.trim()) ?? name);
  const logins = several.length > 0 ? several : creators.map((login) => names.get(login.trim()) ?? login);
  const shown = told(logins.map(decodedName)).filter(isShowableName);
  return [...new Set(shown)].map((name) => ({ name }));
}
