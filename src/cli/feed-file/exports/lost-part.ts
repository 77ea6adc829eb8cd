/** The warning about a part of an item that was lost or changed in reading. Pure. */
import { excerptOf, type Issue } from "../../../upload/issue.ts";

/**
 * Makes the warning.
 * @param reason a stable word for programs
 * @param detail one sentence for people
 * @param found the part as it is written; shortened here
 */
export function lostPart(field: Issue["field"], reason: string, detail: string, found: string): Issue {
  return { field, reason, detail, found: excerptOf(found) };
}
