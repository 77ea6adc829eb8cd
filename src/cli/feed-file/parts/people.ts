/** The people of an item, each once. Pure. */
import { excerptOf, type Issue } from "../../../upload/issue.ts";
import { type FeedItem, firstNonEmpty, nonEmpty } from "../item.ts";
import type { ReadText } from "./plain-text.ts";

/** A person in a feed. An address without a name stays, so that its loss is reported. */
export type FeedPerson = {
  name?: string | undefined;
  email?: string | undefined;
  url?: string | undefined;
};

/**
 * Collects the people of an item.
 * @param persons in the order of the feed; a repeated person comes once, with the first address that is known
 * @returns the authors, and a warning for each person without a name
 */
export function peopleOf(
  persons: readonly FeedPerson[],
  read: ReadText,
): { authors: FeedItem["authors"]; warnings: Issue[] } {
  const people = new Map<string, FeedItem["authors"][number]>();
  const warnings: Issue[] = [];
  for (const { name, email, url } of persons) {
    const known = firstNonEmpty(read(name ?? ""), email);
    if (known !== undefined) {
      const key = known.toLowerCase();
      const same = people.get(key);
      people.set(key, { name: same?.name ?? known, url: same?.url ?? url });
    } else if (url !== undefined) {
      const detail = "An author must have a name: this one was left out.";
      warnings.push({ field: "authors", reason: "author-without-name", detail, found: excerptOf(url) });
    }
  }
  return { authors: [...people.values()], warnings };
}

/** Makes persons of the names in several elements. */
export function personsNamed(names: readonly (string | undefined)[] | undefined): FeedPerson[] {
  return nonEmpty(names).map((name) => ({ name }));
}
