/** A field that holds a time → an instant. Pure. */
import type { Instant } from "../article/article.ts";
import { excerptOf, type Issue, type Place } from "./issue.ts";
import { parseTime, TIME_DETAIL } from "./time.ts";

/**
 * @param word an RFC 3339 time; undefined and null are handed back
 * @param issues takes an issue if it is none
 */
export function readInstant<Absent extends null | undefined>(
  word: string | Absent,
  field: Issue["field"],
  place: Place,
  issues: Issue[],
): Instant | Absent | undefined {
  if (typeof word !== "string") return word;
  const time = parseTime(word.trim());
  if (time.ok) return time.instant;
  const { reason } = time;
  issues.push({ ...place, field, reason, detail: TIME_DETAIL[reason], found: excerptOf(word) });
  return undefined;
}
