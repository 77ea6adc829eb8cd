/** Sections of a document: which ones its names stand for, and what is wrong with them. Pure. */
import { closestMatch } from "leven";
import type { SectionName } from "../article/article.ts";
import { MAX_SECTIONS } from "../article/bounds.ts";
import { slug } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import { excerptOf, type Findings, type Issue, type Place } from "./issue.ts";

// A typing error is one letter, or two in a long name.
const maxTypingErrors = (name: string): number => (name.length < 6 ? 1 : 2);

/** The sections that the site declares, each under its id and under the slug of its title. */
export function declaredSections(site: Site): ReadonlyMap<string, SectionName> {
  const declared = new Map<string, SectionName>();
  for (const { id, title } of site.sections) {
    declared.set(slug(title), { id, title });
    declared.set(id, { id, title });
  }
  return declared;
}

/** The section that a whole name or an id stands for: a declared one, or a new one. */
export function sectionNamed(name: string, declared: ReadonlyMap<string, SectionName>): SectionName {
  const id = slug(name);
  return declared.get(id) ?? { id, title: name };
}

/** The sections that whole names or ids stand for, each once, with the index of the first name that stands for it. */
export function sectionsNamed(
  names: readonly string[],
  declared: ReadonlyMap<string, SectionName>,
): { section: SectionName; index: number }[] {
  const found = new Map<string, { section: SectionName; index: number }>();
  names.forEach((name, index) => {
    const section = sectionNamed(name, declared);
    if (!found.has(section.id)) found.set(section.id, { section, index });
  });
  return [...found.values()];
}

/**
 * The language of an article that names none: that of its first section with a language of its own, or else that of
 * the site.
 */
export function languageOf(sections: readonly SectionName[], site: Site): string {
  const own = sections.map(({ id }) => site.sections.find((section) => section.id === id)?.language);
  return own.find((tag) => tag !== undefined) ?? site.language;
}

/**
 * Judges the sections of an article: there may be none, too many, or some that the site doesn't declare. An
 * undeclared one is an issue where the site rejects new sections, and a warning elsewhere.
 * @param sections each once
 * @param placeOf the place of the n-th section; without a number, the place of all
 * @param found the text that names them
 */
export function judgeSections(
  sections: readonly SectionName[],
  site: Site,
  placeOf: (index?: number) => Place,
  found: string,
): Findings {
  const issues: Issue[] = [];
  const warnings: Issue[] = [];
  const field = "sections";
  if (sections.length === 0) {
    const detail = "An article must name at least one section.";
    issues.push({ ...placeOf(), field, reason: "missing-sections", detail, found: excerptOf(found) });
  }
  if (sections.length > MAX_SECTIONS) issues.push(tooManySections(placeOf(), found));
  sections.forEach((section, index) => {
    if (site.sections.some(({ id }) => id === section.id)) return;
    (site.newSections === "reject" ? issues : warnings).push(undeclared(section, placeOf(index), site));
  });
  return { issues, warnings };
}

/** The issue about more sections than an article may have. */
export function tooManySections(place: Place, found: string): Issue {
  return {
    ...place,
    field: "sections",
    reason: "too-many-sections",
    detail: `An article may stand in at most ${MAX_SECTIONS} sections.`,
    found: excerptOf(found),
  };
}

function undeclared(section: SectionName, place: Place, site: Site): Issue {
  const nearest = closestMatch(
    section.title.toLowerCase(),
    site.sections.map(({ title }) => title.toLowerCase()),
    { maxDistance: maxTypingErrors(section.title) },
  );
  const known = site.sections.find(({ title }) => title.toLowerCase() === nearest);
  const hint = known === undefined ? "" : ` Did you mean “${known.title}”?`;
  return {
    ...place,
    field: "sections",
    reason: site.newSections === "reject" ? "unknown-section" : "new-section",
    detail:
      site.newSections === "reject"
        ? `The site has no section “${excerptOf(section.title)}”.${hint}`
        : `The site declares no section “${excerptOf(section.title)}”: it opens as a new one.${hint}`,
    found: excerptOf(section.title),
  };
}
