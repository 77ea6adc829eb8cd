/** The first line of a wire document: its sections and its time. Pure. */
import { closestMatch } from "leven";
import type { Instant, SectionName } from "../article/article.ts";
import { slug } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import { excerptOf, type Issue } from "./issue.ts";
import { looksLikeTime, parseTime, type TimeProblem } from "./time.ts";

// Every section costs a KV write per article; nobody files under more than a few.
const MAX_SECTIONS = 20;
// More words than that many names have: the rest is not looked at.
const MAX_WORDS = 200;
// A slip is one letter, or two in a long name.
const maxSlip = (name: string): number => (name.length < 6 ? 1 : 2);

export type Dateline = {
  sections: SectionName[];
  published: Instant | undefined;
  issues: Issue[];
  warnings: Issue[];
};

/**
 * Reads `Politics Human Rights 2025-11-04T07:07:06+00:00`.
 * @param line the text of the line
 * @param number its number in the document, for issues
 * @param site declares the sections, whose names may have several words: the longest match wins
 * @returns the sections and the time, with every problem found; `published` is undefined when there is an issue with it
 */
export function parseDateline(line: string, number: number, site: Site): Dateline {
  const words = line.split(/\s+/u).filter(Boolean);
  const last = words.at(-1) ?? "";
  const time = parseTime(last);
  const issues: Issue[] = [];
  const warnings: Issue[] = [];
  if (!time.ok) {
    const isMissing = time.reason === "not-a-time" && !looksLikeTime(last);
    issues.push({
      line: number,
      field: "published",
      reason: isMissing ? "missing-time" : time.reason,
      detail: isMissing
        ? "The dateline must end in an RFC 3339 time with an offset."
        : TIME_DETAIL[time.reason],
      found: excerptOf(last),
    });
  }
  const names = time.ok || looksLikeTime(last) ? words.slice(0, -1) : words;
  const sections = readSections(names.slice(0, MAX_WORDS), site);
  if (sections.length === 0) {
    issues.push({
      line: number,
      field: "sections",
      reason: "missing-sections",
      detail: "The dateline must name at least one section before the time.",
      found: excerptOf(line.trim()),
    });
  }
  if (sections.length > MAX_SECTIONS || names.length > MAX_WORDS) {
    issues.push({
      line: number,
      field: "sections",
      reason: "too-many-sections",
      detail: `An article may stand in at most ${MAX_SECTIONS} sections; the dateline has ${names.length} words before the time.`,
      found: excerptOf(names.join(" ")),
    });
  }
  for (const section of sections) {
    if (site.sections.some(({ id }) => id === section.id)) continue;
    (site.newSections === "reject" ? issues : warnings).push(undeclared(section, number, site));
  }
  return { sections, published: time.ok ? time.instant : undefined, issues, warnings };
}

function readSections(words: string[], site: Site): SectionName[] {
  const declared = new Map<string, SectionName>();
  for (const { id, title } of site.sections) {
    declared.set(slug(title), { id, title });
    declared.set(id, { id, title });
  }
  const longest = Math.max(1, ...site.sections.map(({ title }) => title.split(/\s+/u).length));
  const found = new Map<string, SectionName>();
  for (let start = 0; start < words.length;) {
    let length = Math.min(longest, words.length - start);
    let section: SectionName | undefined;
    for (; length > 0 && section === undefined; length--) {
      section = declared.get(slug(words.slice(start, start + length).join(" ")));
      if (section !== undefined) break;
    }
    const word = words[start] ?? "";
    section ??= { id: slug(word), title: word };
    if (!found.has(section.id)) found.set(section.id, section);
    start += Math.max(1, length);
  }
  return [...found.values()];
}

function undeclared(section: SectionName, line: number, site: Site): Issue {
  const nearest = closestMatch(
    section.title.toLowerCase(),
    site.sections.map(({ title }) => title.toLowerCase()),
    { maxDistance: maxSlip(section.title) },
  );
  const known = site.sections.find(({ title }) => title.toLowerCase() === nearest);
  const hint = known === undefined ? "" : ` Did you mean “${known.title}”?`;
  return {
    line,
    field: "sections",
    reason: site.newSections === "reject" ? "unknown-section" : "new-section",
    detail:
      site.newSections === "reject"
        ? `The site has no section “${excerptOf(section.title)}”.${hint}`
        : `The site declares no section “${excerptOf(section.title)}”: it opens as a new one.${hint}`,
    found: excerptOf(section.title),
  };
}

const TIME_DETAIL: Record<TimeProblem, string> = {
  "not-a-time": "This is not an RFC 3339 time such as 2025-11-04T07:07:06+00:00.",
  "time-without-offset": "The time needs an offset from UTC, such as Z or +01:00.",
  "no-such-time": "There is no such date, time or offset.",
  "time-out-of-range": "The time must lie in the years 1 to 9999, in UTC.",
};
