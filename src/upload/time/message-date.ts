/**
 * Reads dates with a named month: those of Internet messages (RFC 5322), of RFC 850, of asctime and of ECMAScript.
 * Pure.
 */
import { refused, type Time } from "./calendar.ts";
import { CLOCK, type Groups, timeOn, ZONE } from "./clock.ts";

// Newspapers write "Sept", and Unicode's CLDR has it for British English.
const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    ["jan", "january"],
    ["feb", "february"],
    ["mar", "march"],
    ["apr", "april"],
    ["may"],
    ["jun", "june"],
    ["jul", "july"],
    ["aug", "august"],
    ["sep", "september", "sept"],
    ["oct", "october"],
    ["nov", "november"],
    ["dec", "december"],
  ].flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);

const MONTH = String.raw`(?<month>\p{L}[\p{L}\p{M}]*)\.?`;
const DAY = String.raw`(?<day>\d{1,2})`;
const YEAR = String.raw`(?<year>\d{4})`;

const GRAMMARS = [
  // RFC 5322, sections 3.3 and 4.3: `4 Nov 2025 07:07:06 +0100`; RFC 850 has hyphens. A comma after the month or the
  // year is in no standard, and common.
  String.raw`${DAY}(?<gap>[ -])${MONTH},?\k<gap>(?<year>\d{2,4})(?:,? ${CLOCK}|(?!\d)) ?${ZONE}`,
  // The month before the day: `Nov 04 2025 07:07:06 GMT+0100` (ECMAScript, Date.prototype.toString).
  String.raw`${MONTH} ${DAY},? ${YEAR}(?:,? ${CLOCK}|(?!\d)) ?${ZONE}`,
  // asctime (ISO 9899, 7.27.3.1) with a zone before the year, as the command `date` prints it (POSIX), or after it.
  String.raw`${MONTH} ${DAY} ${CLOCK}(?: (?<zone>.+))? ${YEAR}`,
  String.raw`${MONTH} ${DAY} ${CLOCK} ${YEAR} ${ZONE}`,
].map((source) => new RegExp(`^${source}$`, "iu"));

/**
 * Reads `4 Nov 2025 07:07:06 +0100`, `04-Nov-25 07:07 GMT`, `Nov 04 2025 07:07:06 GMT+0100`, `Nov 4 07:07:06 UTC 2025`.
 * @param text a date without comments and weekday, its white space single blanks
 * @returns the instant, or the rule that is broken; undefined for what is written in another way
 */
export function readMessageDate(text: string): Time | undefined {
  for (const grammar of GRAMMARS) {
    const groups: Groups | undefined = grammar.exec(text)?.groups;
    if (groups === undefined) continue;
    const { year = "", month = "", day } = groups;
    const number = MONTHS.get(month.toLowerCase());
    if (number === undefined) return refused("unknown-month");
    return timeOn({ year: yearOf(year), month: number, day: Number(day) }, groups);
  }
  return undefined;
}

/** RFC 5322, section 4.3: two digits are a year from 1950 to 2049, three are counted from 1900. */
function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year + (year < 50 ? 2000 : 1900);
  return digits.length === 3 ? year + 1900 : year;
}
