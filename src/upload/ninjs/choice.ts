/** Chooses among the variants, the writers and the subjects of a ninjs item. Pure. */
import type { SectionName } from "../../article/article.ts";
import { slug } from "../../article/identity.ts";
import type { Subject, Variant, Writer } from "./item.ts";

const isWriter = ({ rel, role }: Pick<Subject, "rel" | "role">): boolean =>
  /author|writer|creator|byline/i.test(`${rel} ${role}`);

/** Whether a variant is HTML: by its media type, or by its beginning where it has none. */
export function isHtml({ contenttype, value }: Variant): boolean {
  return contenttype === undefined ? /^\s*</.test(value) : /\bx?html\b/i.test(contenttype);
}

function isReadable(variant: Variant): boolean {
  return isHtml(variant) || /^(text\/plain\b.*)?$/i.test(variant.contenttype ?? "");
}

/**
 * The index of the variant to take: the main one of those that are HTML or plain text.
 * @param prefersHtml whether HTML goes before plain text
 */
export function chosenVariant(variants: readonly Variant[], prefersHtml: boolean): number | undefined {
  const rank = (variant: Variant): number =>
    (isHtml(variant) === prefersHtml ? 2 : 0) + (variant.role?.toLowerCase() === "main" ? 1 : 0);
  const readable = variants
    .map((variant, index) => ({ variant, index }))
    .filter(({ variant }) => isReadable(variant));
  return readable.toSorted((a, b) => rank(b.variant) - rank(a.variant))[0]?.index;
}

function namesOf(concepts: readonly Pick<Subject, "name">[]): string[] {
  return concepts.map(({ name = "" }) => name).filter((name) => name.trim() !== "");
}

/**
 * The names of the writers, and the member that has them: the writers that the item lists, as Superdesk does; or else
 * the by-line, as it is written; or else the people and sources whose relation is that of a writer.
 */
export function writersFrom(
  listed: readonly Writer[],
  byline: string | undefined,
  concepts: readonly Subject[],
): { names: string[]; key: "authors" | "by" | "people" } {
  const writers = namesOf(listed.filter(({ role = "" }) => role === "" || isWriter({ role })));
  if (writers.length > 0) return { names: writers, key: "authors" };
  if (byline !== undefined && byline !== "") return { names: [byline], key: "by" };
  return { names: namesOf(concepts.filter(isWriter)), key: "people" };
}

/**
 * Sorts subjects, services and genres. Those that the site declares as sections, by name or by code, are sections;
 * other subjects and services are tags.
 * @param subjects with the services, as Superdesk calls the parts of a newsroom's file
 * @param opensNew whether the first subject opens a section where none is declared
 */
export function sectionsAndTags(
  subjects: readonly Subject[],
  genres: readonly Subject[],
  declared: ReadonlyMap<string, SectionName>,
  opensNew: boolean,
): { sections: string[]; tags: string[] } {
  const sectionOf = ({ name, literal, code }: Subject): string | undefined =>
    [name, literal, code].find((word) => word !== undefined && declared.has(slug(word)));
  const sections = [...subjects, ...genres].map(sectionOf).filter((word) => word !== undefined);
  const tags = namesOf(subjects.filter((subject) => sectionOf(subject) === undefined));
  const [first] = tags;
  if (sections.length > 0 || !opensNew || first === undefined) return { sections, tags };
  return { sections: [first], tags: tags.slice(1) };
}
