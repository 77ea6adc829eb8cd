/** HTTP dates (RFC 9110, section 5.6.7). Pure. */
import type { Instant } from "../article/article.ts";

const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RFC_850 = /^[A-Z][a-z]{5,8}, (\d{2}-[A-Z][a-z]{2})-(\d{2}) (\d{2}:\d{2}:\d{2}) GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2} [ \d]\d) (\d{2}:\d{2}:\d{2}) (\d{4})$/;

/** An instant as an IMF-fixdate. */
export function formatHttpDate(instant: Instant): string {
  return new Date(instant).toUTCString();
}

/**
 * Reads any of the three forms that a recipient must accept.
 * @param now decides the century of a two-digit year: never more than 50 years ahead
 * @returns undefined for what is no HTTP date; the field is then to be ignored (section 13.1.3)
 */
export function parseHttpDate(field: string, now: Instant): Instant | undefined {
  const text = field.trim();
  const fixdate = IMF_FIXDATE.test(text) ? text : (fromRfc850(text, now) ?? fromAsctime(text));
  const instant = fixdate === undefined ? Number.NaN : Date.parse(fixdate);
  return Number.isNaN(instant) ? undefined : instant;
}

function fromRfc850(text: string, now: Instant): string | undefined {
  const [, day, year, time] = RFC_850.exec(text) ?? [];
  if (day === undefined) return undefined;
  const present = new Date(now).getUTCFullYear();
  const thisCentury = present - (present % 100) + Number(year);
  const full = thisCentury > present + 50 ? thisCentury - 100 : thisCentury;
  return `${day.replace("-", " ")} ${full} ${time} GMT`;
}

function fromAsctime(text: string): string | undefined {
  const [, day, time, year] = ASCTIME.exec(text) ?? [];
  return day === undefined ? undefined : `${day} ${year} ${time} GMT`;
}
