/** Instants of an article: their range, and how they are written. No I/O. No clock. */
import type { Instant } from "./article.ts";

/** The range that RFC 822 (RSS) and RFC 3339 (Atom, JSON Feed) can both write: years of four digits, in UTC. */
export const EARLIEST: Instant = Date.parse("0001-01-01T00:00:00Z");
export const LATEST: Instant = Date.parse("9999-12-31T23:59:59.999Z");

export const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

// No two articles share an `updated`: those at the end of the last year move past it.
const ROOM_MILLISECONDS = DAY_MILLISECONDS;

/** Whether a number of a record is a time that an article can have: whole milliseconds in the years 1 to 9999. */
export function isInstant(value: number): boolean {
  return Number.isSafeInteger(value) && value >= EARLIEST && value <= LATEST + ROOM_MILLISECONDS;
}

/** An instant as a Date. One out of range becomes the nearest in range, and NaN becomes 1970. */
export function dateOf(instant: Instant): Date {
  return new Date(Number.isNaN(instant) ? 0 : Math.min(Math.max(instant, EARLIEST), LATEST));
}

/** An instant as RFC 3339 and W3C Datetime write it: `2026-11-04T07:07:06.000Z`. Never throws: see `dateOf`. */
export function formatInstant(instant: Instant): string {
  return dateOf(instant).toISOString();
}

/** An instant as RFC 3339 writes it, where there is one. Never throws. */
export function timeOf(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : formatInstant(instant);
}

/** The day of an instant in UTC, as RFC 3339 writes a full-date: `2026-11-23`. Never throws. */
export function isoDay(instant: Instant): string {
  return formatInstant(instant).slice(0, 10);
}

/** Whether Intl knows a name of the IANA time zone database (RFC 9557, section 4.1). An offset such as `+01:00` is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
