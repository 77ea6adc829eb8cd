/** Reads times: RFC 3339 alone, or every unambiguous form for documents from elsewhere. Pure. */
import { bareDate } from "./bare-date.ts";
import { instantOf, refused, type Time, type TimeProblem } from "./calendar.ts";
import { readIso8601 } from "./iso-8601.ts";
import { readMessageDate } from "./message-date.ts";

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:([Zz])|([+-])(\d{2}):(\d{2}))?$/;

// The longest of ECMAScript, with the zone's name in any language, has about 80 characters.
const MAX_LENGTH = 200;

// Four digits are a year, eight a day in ISO 8601's basic format.
const NUMBER = /^[+-]?(?!(?:\d{4}|\d{8})$)\d+(?:[.,]\d+)?$/;

const NUMERIC_DATE = /^\d{1,2}([./ -])\d{1,2}\1\d{2,4}(?!\d)/;

/** A time with its offset, as issues show one. */
export const EXAMPLE_TIME = "2025-11-04T07:07:06+00:00";

/** The sentence about each problem. */
export const TIME_DETAIL: Record<TimeProblem, string> = {
  "not-a-time": `This is not a time that can be read: write it as in RFC 3339, such as ${EXAMPLE_TIME}.`,
  "time-without-offset": "The time needs an offset from UTC, such as Z or +01:00.",
  "no-such-time": "There is no such date, time or offset.",
  "time-out-of-range": "The time must lie in the years 1 to 9999, in UTC.",
  "day-without-time": `The time of day is missing: write the day with its time and offset, such as ${EXAMPLE_TIME}.`,
  "ambiguous-date":
    "Numbers alone do not say which is the day and which the month: write the year first, such as 2025-11-04, or name the month.",
  "number-as-time": `A number alone has no unit and no starting point: write a time such as ${EXAMPLE_TIME}.`,
  "unknown-month":
    "The month must have its English name, such as Nov or November, or be written as in 2025-11-04.",
  "unknown-zone":
    "The zone is unknown, or means different offsets in different places: write the offset, such as +01:00.",
};

/** Whether a word was meant as a time, so that an issue can say what is wrong with it. */
export function looksLikeTime(word: string): boolean {
  return /^\d{4}-\d/.test(word) || /^\d{1,2}:\d{2}/.test(word);
}

/**
 * Reads an RFC 3339 date-time with its offset (section 5.6), and nothing else.
 * @returns the instant, or the rule that the word breaks
 */
export function parseTime(word: string): Time {
  const parts = RFC_3339.exec(word);
  if (parts === null) return refused("not-a-time");
  const [, year, month, day, hour, minute, second, fraction = "", zulu, sign, hours, minutes] = parts;
  if (zulu === undefined && sign === undefined) return refused("time-without-offset");
  return instantOf({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    fraction,
    offset: { isWest: sign === "-", hours: Number(hours ?? 0), minutes: Number(minutes ?? 0) },
  });
}

/**
 * Reads a time in any form that has one meaning: RFC 3339, W3C-DTF and ISO 8601 (iso-8601.ts); RFC 822, 1123, 2822
 * and 5322 with their obsolete forms, RFC 850, asctime and ECMAScript's (message-date.ts).
 * @param text white space around it is ignored
 * @returns the instant, or the rule that the text breaks: a text that could mean two instants is refused
 */
export function readTime(text: string): Time {
  const trimmed = text.trim();
  const bare = trimmed.length > MAX_LENGTH ? undefined : bareDate(trimmed);
  if (bare === undefined) return refused("not-a-time");
  if (NUMBER.test(bare)) return refused("number-as-time");
  if (NUMERIC_DATE.test(bare)) return refused("ambiguous-date");
  return readIso8601(bare) ?? readMessageDate(bare) ?? refused("not-a-time");
}
