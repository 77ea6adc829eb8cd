/** RFC 3339 times. Pure. */
import type { Instant } from "../article/article.ts";

const TIME =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:([Zz])|([+-])(\d{2}):(\d{2}))?$/;

// What RFC 822 (RSS) and RFC 3339 (Atom, JSON Feed) can both say: four digits of a year, in UTC.
const EARLIEST = Date.parse("0001-01-01T00:00:00Z");
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");

export type TimeProblem = "not-a-time" | "time-without-offset" | "no-such-time" | "time-out-of-range";

/** The sentence about each problem. */
export const TIME_DETAIL: Record<TimeProblem, string> = {
  "not-a-time": "This is not an RFC 3339 time such as 2025-11-04T07:07:06+00:00.",
  "time-without-offset": "The time needs an offset from UTC, such as Z or +01:00.",
  "no-such-time": "There is no such date, time or offset.",
  "time-out-of-range": "The time must lie in the years 1 to 9999, in UTC.",
};

/** Whether a word was meant as a time, so that what is wrong with it can be said. */
export function looksLikeTime(word: string): boolean {
  return /^\d{4}-\d/.test(word) || /^\d{1,2}:\d{2}/.test(word);
}

/**
 * Reads an RFC 3339 date-time with its offset (section 5.6). A leap second, which only the end of a month in UTC can
 * have (section 5.7), counts as the last millisecond of its minute.
 * @returns the instant, or which rule the word breaks
 */
export function parseTime(word: string): { ok: true; instant: Instant } | { ok: false; reason: TimeProblem } {
  const parts = TIME.exec(word);
  if (parts === null) return { ok: false, reason: "not-a-time" };
  const [, year, month, day, hour, minute, second, fraction, zulu, sign, offsetHour, offsetMinute] = parts;
  if (zulu === undefined && sign === undefined) return { ok: false, reason: "time-without-offset" };
  const isLeapSecond = second === "60";
  const milliseconds = isLeapSecond ? "999" : (fraction ?? "").slice(0, 3).padEnd(3, "0");
  const local = `${year}-${month}-${day}T${hour}:${minute}:${isLeapSecond ? "59" : second}.${milliseconds}Z`;
  const utc = Date.parse(local);
  // Date.parse rolls 30 February over to March, and 24:00 to the next day.
  if (Number.isNaN(utc) || new Date(utc).toISOString() !== local)
    return { ok: false, reason: "no-such-time" };
  const hours = Number(offsetHour ?? 0);
  const minutes = Number(offsetMinute ?? 0);
  if (hours > 23 || minutes > 59) return { ok: false, reason: "no-such-time" };
  const instant = utc - (sign === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  if (isLeapSecond && !endsMonth(instant)) return { ok: false, reason: "no-such-time" };
  if (instant < EARLIEST || instant > LATEST) return { ok: false, reason: "time-out-of-range" };
  return { ok: true, instant };
}

function endsMonth(instant: Instant): boolean {
  const next = new Date(instant + 1);
  return next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0;
}
