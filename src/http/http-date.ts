/** HTTP dates (RFC 9110, section 5.6.7). Pure. */
import type { Instant } from "../article/article.ts";
import { dateOf } from "../article/instant.ts";

const IMF_FIXDATE = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const RFC_850 = /^[A-Z][a-z]{5,8}, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** An instant as an IMF-fixdate; the nearest one for a year that has no four digits. */
export function formatHttpDate(instant: Instant): string {
  return dateOf(instant).toUTCString();
}

/**
 * Parses any of the three forms that a recipient must accept. A leap second counts as the second before it.
 * @param now decides the century of a two-digit year: never more than 50 years ahead
 * @returns undefined for a text that is no HTTP date: the recipient ignores the field then (section 13.1.3)
 */
export function parseHttpDate(field: string, now: Instant): Instant | undefined {
  const text = field.trim();
  const fixdate = IMF_FIXDATE.exec(text);
  if (fixdate !== null) {
    const [, day, month, year, ...time] = fixdate;
    return instantOf(Number(year), month, day, time);
  }
  const rfc850 = RFC_850.exec(text);
  if (rfc850 !== null) {
    const [, day, month, digits, ...time] = rfc850;
    const century = Math.floor(new Date(now).getUTCFullYear() / 100) * 100;
    const candidates = [100, 0, -100].map((shift) =>
      instantOf(century + shift + Number(digits), month, day, time),
    );
    const farthest = new Date(now).setUTCFullYear(new Date(now).getUTCFullYear() + 50);
    return candidates.find((instant) => instant !== undefined && instant <= farthest);
  }
  const asctime = ASCTIME.exec(text);
  if (asctime === null) return undefined;
  const [, month, day, hour = "", minute = "", second = "", year] = asctime;
  return instantOf(Number(year), month, day, [hour, minute, second]);
}

function instantOf(
  year: number,
  monthName: string | undefined,
  dayDigits: string | undefined,
  time: string[],
): Instant | undefined {
  const month = MONTHS.indexOf(monthName ?? "");
  const day = Number(dayDigits);
  const [hour = 0, minute = 0, second = 0] = time.map(Number);
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  // 31 June would roll over into July.
  if (date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, Math.min(second, 59));
}
