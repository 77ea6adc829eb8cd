/** Reads the time of day and its zone, as every grammar writes them. Pure. */
import { instantOf, refused, type Time } from "./calendar.ts";
import { readZone } from "./zone.ts";

/**
 * The source of a regular expression for `07:07`, `07:07:06`, `7:07:06.5`, `07:07:06 PM`. The second may be missing
 * (W3C-DTF; RFC 5322, section 3.3), a comma may stand for the point (ISO 8601:2004, 4.2.2.4), and blanks may surround
 * the colons (RFC 5322, section 4.3).
 */
export const CLOCK =
  String.raw`(?<hour>\d{1,2}) ?: ?(?<minute>\d{2})(?: ?: ?(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?` +
  String.raw`(?: ?(?<half>[ap])\.?m(?:\.|(?![a-z])))?(?!\d)`;

/** The source of a regular expression for any text in the place of a zone. */
export const ZONE = String.raw`(?<zone>.*)`;

/** The groups of a grammar's match. */
export type Groups = Partial<Record<string, string>>;

/**
 * Makes an instant of a day and a time of day.
 * @param date the day, as its grammar numbers it
 * @param groups of `CLOCK` and `ZONE`: the hour is undefined where a date stands alone
 * @returns the instant, or the rule that is broken
 */
export function timeOn(date: { year: number; month: number; day: number }, groups: Groups): Time {
  const { hour, minute, second, fraction = "", half, zone = "" } = groups;
  const read = readZone(zone.trim());
  if (hour === undefined) {
    const isDay = read.ok || read.reason === "time-without-offset";
    return refused(isDay ? "day-without-time" : "not-a-time");
  }
  if (!read.ok) return read;
  const hours = half === undefined ? Number(hour) : hoursOf(Number(hour), half);
  if (hours === undefined) return refused("no-such-time");
  return instantOf({
    ...date,
    hour: hours,
    minute: Number(minute),
    second: Number(second ?? 0),
    fraction,
    offset: read.offset,
  });
}

/** 12 AM is midnight, 12 PM is noon; undefined for an hour that a twelve-hour clock doesn't have. */
function hoursOf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}
