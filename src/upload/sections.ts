/** The sections that a document names: which they are, and what is wrong with them. Pure. */
import { closestMatch } from "leven";
import type { SectionName } from "../article/article.ts";
import { MAX_SECTIONS } from "../article/bounds.ts";
import { slug } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import { excerptOf, type Findings, type Issue, type Place } from "./issue.ts";

// A slip is one letter, or two in a long name.
const maxSlip = (name: string): number => (name.length < 6 ? 1 : 2);

/** The sections that the site declares, each under its id and under the slug of its title. */
export function declaredSections(site: Site): ReadonlyMap<string, SectionName> {
  const declared = new Map<string, SectionName>();
  for (const { id, title } of site.sections) {
    declared.set(slug(title), { id, title });
    declared.set(id, { id, title });
  }
  return declared;
}

/** The section that a whole name, or an id, stands for: as declared, or a new one. */
export function sectionNamed(name: string, declared: ReadonlyMap<string, SectionName>): SectionName {
  const id = slug(name);
  return declared.get(id) ?? { id, title: name };
}

/** The sections that whole names, or ids, stand for: each once, with the place of the name that it has first. */
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

/** The language of an article that names none: of its first section that has one of its own, or the site's. */
export function languageOf(sections: readonly SectionName[], site: Site): string {
  const own = sections.map(({ id }) => site.sections.find((section) => section.id === id)?.language);
  return own.find((tag) => tag !== undefined) ?? site.language;
}

/**
 * Tells what is wrong with an article's sections: there are none, there are too many, or the site doesn't declare one,
 * which is an issue where the site rejects new ones and else a warning.
 * @param sections each once
 * @param placeOf where the n-th section is named; without a number, where all are
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

/** The issue that more sections are named than an article may stand in. */
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
    { maxDistance: maxSlip(section.title) },
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
