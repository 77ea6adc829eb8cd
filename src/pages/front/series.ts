/** Routine series: stories whose headlines name a date and are alike but for dates and numbers, as tide tables do. Pure. */
import { LRUCache } from "lru-cache";
import type { WindowArticle } from "../../article/article.ts";

type Titled = Pick<WindowArticle, "id" | "headline" | "language" | "sections">;

const NUMBER = "#";
// Two may be alike by chance.
const FEWEST = 3;
const MONTHS = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 15));
// The first of June 2026 is a Monday.
const WEEKDAYS = Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 5, 1 + day));

// Making formats costs more time than composing a page.
const calendars = new LRUCache<string, ReadonlySet<string>>({
  max: 20,
  memoMethod: (language) => {
    const names = (dates: readonly number[], options: Intl.DateTimeFormatOptions): string[] => {
      const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
      return dates.flatMap((date) =>
        format
          .formatToParts(date)
          .filter(({ type }) => type === "month" || type === "weekday")
          .flatMap(({ value }) => wordsOf(value, language)),
      );
    };
    return new Set([
      // In some languages a month has another form beside a day.
      ...names(MONTHS, { month: "long" }),
      ...names(MONTHS, { day: "numeric", month: "long" }),
      ...names(MONTHS, { day: "numeric", month: "short" }),
      ...names(WEEKDAYS, { weekday: "long" }),
      ...names(WEEKDAYS, { weekday: "short" }),
    ]);
  },
});

/**
 * The later members of every series.
 * @param stories newest first
 * @returns `routine`: the ids of all stories that belong to a series of three or more; `repeated`: those of them that aren't the newest
 */
export function seriesAmong(stories: readonly Titled[]): { routine: Set<string>; repeated: Set<string> } {
  const series = new Map<string, string[]>();
  for (const story of stories) {
    const pattern = patternOf(story);
    if (pattern === undefined) continue;
    const ids = series.get(pattern);
    if (ids === undefined) series.set(pattern, [story.id]);
    else if (!ids.includes(story.id)) ids.push(story.id);
  }
  const several = [...series.values()].filter(({ length }) => length >= FEWEST);
  return { routine: new Set(several.flat()), repeated: new Set(several.flatMap((ids) => ids.slice(1))) };
}

/**
 * A headline without its dates and numbers, with the story's first section.
 * @returns undefined where the headline names no month and no weekday, or nothing else: a number alone may be news, as that of the
 *   injured is
 */
export function patternOf({ headline, language, sections }: Omit<Titled, "id">): string | undefined {
  const calendar = calendars.memo(language);
  let hasDate = false;
  const pattern: string[] = [];
  for (const word of wordsOf(headline, language)) {
    const isDate = calendar.has(word);
    const isNumber = isDate || /^\p{N}/u.test(word);
    hasDate ||= isDate;
    // "Sunday 22 November" and "1 May" are one date each.
    if (!isNumber) pattern.push(word);
    else if (pattern.at(-1) !== NUMBER) pattern.push(NUMBER);
  }
  const isTold = pattern.some((word) => word !== NUMBER);
  return hasDate && isTold ? `${sections[0]?.id} ${pattern.join(" ")}` : undefined;
}

/** The words of a text in small letters; punctuation is left out. */
function wordsOf(text: string, language: string): string[] {
  return text.toLocaleLowerCase(language).match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
}
