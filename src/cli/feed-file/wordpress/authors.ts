/** The authors of a post: an export has logins, and readers saw names. Pure. */
import { nonEmpty } from "../item.ts";
import { decodedName, personName, plainTitle } from "../exports/plain-title.ts";
import { metaOf, type WxrItem } from "./wxr.ts";

type Names = ReadonlyMap<string, string>;

/** The names of authors without an account, by the login that the plugin Co-Authors Plus gives them. */
export function guestAuthors(items: readonly WxrItem[]): Map<string, string> {
  return new Map(
    items
      .filter(({ types }) => types.some((type) => type.trim() === "guest-author"))
      .flatMap((item): [string, string][] => {
        const login = metaOf(item, "cap-user_login")?.trim() ?? "";
        const name = personName(decodedName(metaOf(item, "cap-display_name")), plainTitle(item.title));
        return login === "" || name === undefined ? [] : [[login, name]];
      }),
  );
}

/**
 * Finds the authors of a post.
 * @param names by login
 * @returns the authors of Co-Authors Plus (`domain="author"`), else the creator. A login without a name stays; the site
 *   removes e-mail addresses
 */
export function authorsOf({ creators, terms }: WxrItem, names: Names): { name: string }[] {
  const several = terms.filter(({ domain }) => domain === "author");
  const written =
    several.length > 0
      ? several.map(({ nicename, name }) =>
          personName(names.get(nicename.replace(/^cap-/, "")), names.get(name.trim()), decodedName(name)),
        )
      : creators.map((login) => personName(names.get(login.trim()), decodedName(login)));
  return [...new Set(nonEmpty(written))].map((name) => ({ name }));
}
