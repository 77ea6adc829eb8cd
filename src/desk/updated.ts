/** When an article was last updated, as readers' software takes it. Pure. */
import type { Instant } from "../article/article.ts";
import type { Entry } from "./entry.ts";

/**
 * Readers' software shows `updated` as the date of the news: it starts as the dateline's time, and moves when somebody
 * who may have read the article should read it again (RFC 4287, section 4.2.15).
 * @param before undefined for a new article
 * @param isSilent whether nobody needs to read again
 */
export function updatedOf(
  published: Instant,
  before: Pick<Entry, "seen" | "updated"> | undefined,
  isSilent: boolean,
  now: Instant,
): Instant {
  if (before === undefined || !before.seen) return published;
  return Math.max(isSilent ? before.updated : now, published);
}
