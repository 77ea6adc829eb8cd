/** Events: what happens to an article that its readers can tell. Pure. */
import { isPublic, type Status } from "./article.ts";

/** In the order in which the API names them. */
export const EVENT_KINDS = [
  "published",
  "revised",
  "corrected",
  "withdrawn",
  "reinstated",
  "expired",
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** What of an article tells its events apart. */
type State = { status: Status; correction?: string | undefined };

/**
 * The event that a change of an article is. One that becomes a draft again, or is put under an embargo, is withdrawn for those who
 * had it.
 * @param before undefined for a new article
 * @returns undefined where no reader can tell that anything happened
 */
export function eventOf(before: State | undefined, after: State): EventKind | undefined {
  const wasPublic = before !== undefined && isPublic(before.status);
  if (!isPublic(after.status)) return wasPublic ? "withdrawn" : undefined;
  if (before?.status === "withdrawn") return "reinstated";
  if (after.status === "expired" && before?.status === "published") return "expired";
  // One that comes with an expiry in the past was never news. One that has expired keeps its page, and may be corrected there.
  if (after.status === "expired" && before?.status !== "expired") return undefined;
  if (before?.status !== after.status) return "published";
  return after.correction !== undefined && after.correction !== before.correction ? "corrected" : "revised";
}
