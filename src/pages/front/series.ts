/** Routine series: stories whose headlines name different dates and are alike but for dates and numbers, as tide tables do. Pure. */
import { LRUCache } from "lru-cache";
import type { WindowArticle } from "../../article/article.ts";

type Titled = Pick<WindowArticle, "id" | "headline" | "language" | "sections">;

/** The words of dates in a language. `links` stand between a day and its month: "1 de mayo". */
type Calendar = Record<"months" | "weekdays" | "links", ReadonlySet<string>>;

const NUMBER = "#";
const DAY_OF_MONTH = /^\p{N}{1,2}$/u;
// Two may be alike by chance.
const FEWEST = 3;
const MONTHS = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 15));
// The first of June 2026 is a Monday.
const WEEKDAYS = Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 5, 1 + day));

// Making formats costs more time than composing a page.
const calendars = new LRUCache<string, Calendar>({
  max: 20,
  memoMethod: (language) => {
    const names = (
      type: "month" | "weekday" | "literal",
      dates: readonly number[],
      ...formats: Intl.DateTimeFormatOptions[]
    ): ReadonlySet<string> => {
      const parts = formats.flatMap((options) => {
        const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
        return dates.flatMap((date) => format.formatToParts(date));
      });
      // Some languages write a month as a number, which isn't a date wherever it stands.
      const named = parts.filter((part) => part.type === type && !/\p{N}/u.test(part.value));
      return new Set(named.flatMap(({ value }) => wordsOf(value, language)));
    };
    const long: Intl.DateTimeFormatOptions = { day: "numeric", month: "long" };
    return {
      // In some languages a month has another form beside a day.
      months: names("month", MONTHS, { month: "long" }, long, { day: "numeric", month: "short" }),
      weekdays: names("weekday", WEEKDAYS, { weekday: "long" }, { weekday: "short" }),
      links: names("literal", MONTHS, long),
    };
  },
});

/**
 * The members of every series.
 * @param stories newest first
 * @returns `routine`: the ids of all stories that belong to a series, which has three dates or more; `repeated`: those of them that
 *   aren't the newest of theirs
 */
export function seriesAmong(stories: readonly Titled[]): { routine: Set<string>; repeated: Set<string> } {
  const series = new Map<string, { ids: Set<string>; dates: Set<string> }>();
  for (const story of stories) {
    const named = datedHeadline(story);
    if (named === undefined) continue;
    const known = series.get(named.pattern) ?? { ids: new Set(), dates: new Set() };
    known.ids.add(story.id);
    known.dates.add(named.date);
    series.set(named.pattern, known);
  }
  const several = [...series.values()].flatMap(({ ids, dates }) => (dates.size < FEWEST ? [] : [[...ids]]));
  return { routine: new Set(several.flat()), repeated: new Set(several.flatMap((ids) => ids.slice(1))) };
}

/**
 * The date that a headline names, and the headline without dates and numbers, with the story's first section.
 * @returns undefined where the headline names no month and no weekday, or nothing else: a number alone may be news, as that of the
 *   injured is
 */
function datedHeadline({
  headline,
  language,
  sections,
}: Omit<Titled, "id">): { pattern: string; date: string } | undefined {
  const { months, weekdays, links } = calendars.memo(language);
  const words = wordsOf(headline, language);
  const pattern: string[] = [];
  const date: string[] = [];
  for (const [at, word] of words.entries()) {
    const isMonth = months.has(word);
    const isDate = isMonth || weekdays.has(word);
    if (isDate) date.push(word);
    // A number anywhere else may be what the headline tells.
    if (isMonth) date.push(...daysBeside(words, at, links));
    const isNumber = isDate || /^\p{N}/u.test(word);
    // "Sunday 22 November" and "1 May" are one date each.
    if (!isNumber) pattern.push(word);
    else if (pattern.at(-1) !== NUMBER) pattern.push(NUMBER);
  }
  const isTold = pattern.some((word) => word !== NUMBER);
  if (date.length === 0 || !isTold) return undefined;
  return { pattern: `${sections[0]?.id} ${pattern.join(" ")}`, date: date.join(" ") };
}

/** The days of a month that stand beside its name. */
function daysBeside(words: readonly string[], month: number, links: Calendar["links"]): string[] {
  const before = words[month - 1] ?? "";
  const first = links.has(before) ? (words[month - 2] ?? "") : before;
  return [first, words[month + 1] ?? ""].filter((word) => DAY_OF_MONTH.test(word));
}

/** The words of a text in small letters; punctuation is left out. */
function wordsOf(text: string, language: string): string[] {
  return text.toLocaleLowerCase(language).match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
}
