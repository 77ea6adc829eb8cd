/** Times for people and for machines: in a language and the newsroom's time zone, the same for the same article. Pure. */
import { LRUCache } from "lru-cache";
import type { Instant } from "../../article/article.ts";
import { dateOf, formatInstant } from "../../article/instant.ts";
import { primaryLanguage } from "../../article/language.ts";
import { wordsFor } from "../../words/words.ts";

export type TimeProps = {
  instant: Instant;
  /** A BCP 47 tag: an article's, or its page's. */
  language: string;
  /** The site's: a name of the IANA time zone database. */
  timeZone: string;
};

/** Makes an instant's text for people. */
type Format = (instant: Instant) => string;
type MakeFormat = (language: string, timeZone: string) => Format;

// The bare tag means no country: not the order of the United States, which Intl gives it.
const INTERNATIONAL_ENGLISH = "en-GB";

const TIME_OF_DAY = { hour: "numeric", minute: "numeric" } as const;
const LONG_DAY = { day: "numeric", month: "long", year: "numeric" } as const;
const SHORT_DAY = { day: "numeric", month: "short", year: "numeric" } as const;

const shortDay = kept(formatOf(SHORT_DAY));
const longDay = kept(formatOf(LONG_DAY));
const fullTime = kept((language, timeZone) => {
  const zoneName = zoneNameOf(language, timeZone);
  const { language: known, dateAndTime } = wordsFor(language);
  if (primaryLanguage(known) !== primaryLanguage(language)) {
    const format = formatOf({ dateStyle: "long", timeStyle: "short" })(language, timeZone);
    return (instant) => `${format(instant)} ${zoneName(instant)}`;
  }
  const day = formatOf(LONG_DAY)(language, timeZone);
  const timeOfDay = formatOf(TIME_OF_DAY)(language, timeZone);
  return (instant) => `${dateAndTime(day(instant), timeOfDay(instant))} ${zoneName(instant)}`;
});

/** A short date, for lists: "24 Nov 2026". */
export function Day(props: TimeProps) {
  return <TimeElement {...props} format={shortDay} />;
}

/** A date in a sentence: "24 November 2026". */
export function LongDay(props: TimeProps) {
  return <TimeElement {...props} format={longDay} />;
}

/** The full date, the time and the zone, as they stand above an article: "24 November 2026, 07:07 WET". */
export function Time(props: TimeProps) {
  return <TimeElement {...props} format={fullTime} />;
}

function TimeElement({ instant, language, timeZone, format }: TimeProps & { format: MakeFormat }) {
  return (
    <time datetime={formatInstant(instant)} dir="auto">
      {format(language, timeZone)(instant)}
    </time>
  );
}

function formatOf(options: Intl.DateTimeFormatOptions): MakeFormat {
  return (language, timeZone) => {
    const format = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone });
    return (instant) => format.format(dateOf(instant));
  };
}

/** The short name of the zone, or its distance from UTC where the language has none: "WEST", "MEZ", "UTC+1". */
function zoneNameOf(language: string, timeZone: string): Format {
  const format = new Intl.DateTimeFormat(localeOf(language), { timeZone, timeZoneName: "short" });
  return (instant) =>
    format.formatToParts(dateOf(instant)).find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

function localeOf(language: string): string {
  return language.toLowerCase() === "en" ? INTERNATIONAL_ENGLISH : language;
}

/** Keeps formats: making one costs more time than rendering a page. */
function kept(make: MakeFormat): MakeFormat {
  const formats = new LRUCache<string, Format>({
    max: 100,
    // Neither a language tag nor the name of a zone has a space.
    memoMethod: (key) => {
      const [language = "", timeZone = ""] = key.split(" ");
      return make(language, timeZone);
    },
  });
  return (language, timeZone) => formats.memo(`${language} ${timeZone}`);
}
