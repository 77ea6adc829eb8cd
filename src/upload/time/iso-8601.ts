/** Reads ISO 8601 dates and times of day; W3C-DTF and RFC 3339 are profiles of it. Pure. */
import { refused, type Time } from "./calendar.ts";
import { CLOCK, type Groups, timeOn, ZONE } from "./clock.ts";

const GRAMMARS = [
  // The extended format (ISO 8601:2004, 4.3.2). A blank may stand for the T (RFC 3339, 5.6). A date of numbers that
  // begins with the year always continues with the month if it is written with hyphens or slashes, so a zero may be
  // missing.
  String.raw`(?<year>\d{4})(?<gap>[-/])(?<month>\d{1,2})\k<gap>(?<day>\d{1,2})(?:[T ]${CLOCK}|(?!\d)) ?${ZONE}`,
  // The basic format.
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?:[T ](?<hour>\d{2})(?<minute>\d{2})(?:(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?)?(?!\d) ?${ZONE}`,
].map((source) => new RegExp(`^${source}$`, "iu"));

// W3C-DTF's year, or its year with a month.
const PART_OF_DATE = /^\d{4}(?:-\d{2})?$/;

/**
 * Reads `2025-11-04T07:07:06.5+01:00`, `2025-11-04 07:07 +0100`, `20251104T070706Z`.
 * @param text a date without comments and weekday, its white space single blanks
 * @returns the instant, or the rule that is broken; undefined for what is written in another way
 */
export function readIso8601(text: string): Time | undefined {
  if (PART_OF_DATE.test(text)) return refused("day-without-time");
  for (const grammar of GRAMMARS) {
    const groups: Groups | undefined = grammar.exec(text)?.groups;
    if (groups === undefined) continue;
    const { year, month, day } = groups;
    return timeOn({ year: Number(year), month: Number(month), day: Number(day) }, groups);
  }
  return undefined;
}
