/** The calendar: makes an instant of a date, a time of day and an offset, or says why there is none. Pure. */
import type { Instant } from "../../article/article.ts";
import { EARLIEST, LATEST } from "../../article/instant.ts";

/** The rule that a text breaks; a stable word for programs. */
export type TimeProblem =
  | "not-a-time"
  | "time-without-offset"
  | "no-such-time"
  | "time-out-of-range"
  | "day-without-time"
  | "ambiguous-date"
  | "number-as-time"
  | "unknown-month"
  | "unknown-zone";

export type Refused = { ok: false; reason: TimeProblem };

/** An instant, or the rule that the text breaks. */
export type Time = { ok: true; instant: Instant } | Refused;

/** An offset from UTC as it is written: `-03:30` is 3 hours and 30 minutes west. */
export type Offset = { isWest: boolean; hours: number; minutes: number };

/** A date and a time of day, as they are written; `fraction` is the digits of a second's decimal fraction. */
export type DateTime = {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  fraction: string;
  offset: Offset;
};

export function refused(reason: TimeProblem): Refused {
  return { ok: false, reason };
}

/**
 * Makes an instant. The times of every grammar pass here, so that none of them turns 30 February into a day of March.
 * A leap second, which only the end of a month in UTC can have (RFC 3339, section 5.7), counts as the last
 * millisecond of its minute.
 * @returns the instant, "no-such-time", or "time-out-of-range" outside the years 1 to 9999 in UTC
 */
export function instantOf({ year, month, day, hour, minute, second, fraction, offset }: DateTime): Time {
  const isLeapSecond = second === 60;
  const date = new Date(0);
  // Date.UTC takes the years 0 to 99 for those from 1900 on.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(
    hour,
    minute,
    isLeapSecond ? 59 : second,
    isLeapSecond ? 999 : Number(fraction.slice(0, 3).padEnd(3, "0")),
  );
  const isSame =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === (isLeapSecond ? 59 : second);
  if (!isSame || offset.hours > 23 || offset.minutes > 59) return refused("no-such-time");
  const east = (offset.isWest ? -1 : 1) * (offset.hours * 60 + offset.minutes);
  const instant = date.getTime() - east * 60_000;
  if (isLeapSecond && !endsMonth(instant)) return refused("no-such-time");
  return instant < EARLIEST || instant > LATEST ? refused("time-out-of-range") : { ok: true, instant };
}

function endsMonth(instant: Instant): boolean {
  const next = new Date(instant + 1);
  return next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0;
}
