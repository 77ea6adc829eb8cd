/** Reads the dateline, the first line of a wire document: its sections and its time. Pure. */
import type { Instant, SectionName } from "../../article/article.ts";
import { strayDirectionsIn, withoutStrayDirections } from "../../article/direction.ts";
import { slug } from "../../article/identity.ts";
import type { Site } from "../../article/site.ts";
import { removedDirections } from "../encoding.ts";
import { excerptOf, type Issue } from "../issue.ts";
import {
  declaredSections,
  judgeSections,
  sectionNamed,
  sectionsNamed,
  tooManySections,
} from "../sections.ts";
import { EXAMPLE_TIME, looksLikeTime, parseTime, TIME_DETAIL } from "../time/time.ts";

// More words than the names of all sections have: the rest is ignored.
const MAX_WORDS = 200;

export type Dateline = {
  sections: SectionName[];
  published: Instant | undefined;
  issues: Issue[];
  warnings: Issue[];
};

/**
 * Reads `Politics Human Rights 2025-11-04T07:07:06+00:00`.
 * @param line the text of the line; controls of direction without a partner are removed from each word
 * @param number the number of the line in the document, for issues
 * @param site declares the sections, whose names may have several words: the longest match wins
 * @param fallback the names of the sections for a line that names none
 * @returns the sections and the time, with every problem found; `published` is undefined when there is an issue with
 * it
 */
export function parseDateline(
  line: string,
  number: number,
  site: Site,
  fallback: readonly string[] = [],
): Dateline {
  const written = line.split(/\s+/u);
  const stray = new Set(written.flatMap(strayDirectionsIn));
  const words = written.map(withoutStrayDirections).filter(Boolean);
  const last = words.at(-1) ?? "";
  const time = parseTime(last);
  const issues: Issue[] = [];
  if (!time.ok) {
    const isMissing = time.reason === "not-a-time" && !looksLikeTime(last);
    issues.push({
      line: number,
      field: "published",
      reason: isMissing ? "missing-time" : time.reason,
      detail: isMissing
        ? `The dateline must end in an RFC 3339 time with an offset, such as ${EXAMPLE_TIME}.`
        : TIME_DETAIL[time.reason],
      found: excerptOf(last),
    });
  }
  const names = time.ok || looksLikeTime(last) ? words.slice(0, -1) : words;
  const declared = declaredSections(site);
  const sections =
    names.length > 0
      ? readSections(names.slice(0, MAX_WORDS), declared, site)
      : sectionsNamed(fallback, declared).map(({ section }) => section);
  const found = names.length === 0 ? line.trim() : names.join(" ");
  const judged = judgeSections(sections, site, () => ({ line: number }), found);
  issues.push(...judged.issues);
  if (names.length > MAX_WORDS && !issues.some(({ reason }) => reason === "too-many-sections")) {
    issues.push(tooManySections({ line: number }, found));
  }
  return {
    sections,
    published: time.ok ? time.instant : undefined,
    issues,
    warnings: [...removedDirections([...stray], { line: number }), ...judged.warnings],
  };
}

function readSections(
  words: string[],
  declared: ReadonlyMap<string, SectionName>,
  site: Site,
): SectionName[] {
  const longest = Math.max(1, ...site.sections.map(({ title }) => title.split(/\s+/u).length));
  const found = new Map<string, SectionName>();
  for (let start = 0; start < words.length;) {
    let length = Math.min(longest, words.length - start);
    let section: SectionName | undefined;
    for (; length > 0 && section === undefined; length--) {
      section = declared.get(slug(words.slice(start, start + length).join(" ")));
      if (section !== undefined) break;
    }
    section ??= sectionNamed(words[start] ?? "", declared);
    if (!found.has(section.id)) found.set(section.id, section);
    start += Math.max(1, length);
  }
  return [...found.values()];
}
