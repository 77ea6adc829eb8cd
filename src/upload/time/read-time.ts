/** Reads a field that holds a time. Pure. */
import type { Instant } from "../../article/article.ts";
import { excerptOf, type Issue, type IssueField, type Place } from "../issue.ts";
import { readTime, TIME_DETAIL } from "./time.ts";

/**
 * Reads a time.
 * @param word a time in any unambiguous form; undefined and null are returned as they are, and a blank text is no
 * time
 * @param issues takes an issue if the word is no time
 */
export function readInstant<Absent extends null | undefined>(
  word: string | Absent,
  field: IssueField,
  place: Place,
  issues: Issue[],
): Instant | Absent | undefined {
  if (typeof word !== "string") return word;
  if (word.trim() === "") return undefined;
  const time = readTime(word);
  if (time.ok) return time.instant;
  const { reason } = time;
  issues.push({ ...place, field, reason, detail: TIME_DETAIL[reason], found: excerptOf(word) });
  return undefined;
}
