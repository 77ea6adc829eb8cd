/** The `updated` of an article, which readers' software shows. Pure. */
import { type Article, type Instant, isPublic } from "../../article/article.ts";
import type { ArticleRow } from "../ledger/article-row.ts";

/**
 * Readers' software shows `updated` as the date of the news: it starts as the dateline's time, and moves when somebody
 * who may have read the article should read it again (RFC 4287, section 4.2.15). A revision that no reader sees moves nothing:
 * the time at which it was made must not show when the article is public again.
 * @param article as it will be
 * @param before undefined for a new article
 * @param isSilent whether nobody needs to read again
 */
export function updatedOf(
  { status, published }: Pick<Article, "status" | "published">,
  before: Pick<ArticleRow, "seen" | "updated"> | undefined,
  isSilent: boolean,
  now: Instant,
): Instant {
  if (before === undefined || !before.seen) return published;
  if (!isPublic(status)) return before.updated;
  return releasedAt({ published, updated: isSilent ? before.updated : now });
}

/** The `updated` of an article that the clock releases, or that expires. */
export function releasedAt({ published, updated }: Pick<Article, "published" | "updated">): Instant {
  return Math.max(updated, published);
}
