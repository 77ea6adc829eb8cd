/** Expiries: the feeds to which expired articles belonged. No KV, no clock. */
import * as v from "valibot";
import type { Article } from "../../article/article.ts";
import { type FeedId, feedsOf } from "../../article/feed-id.ts";
import type { Feeds } from "./feeds.ts";
import { feedId, isAnyRow, rows } from "../../rows.ts";

export class Expiries {
  readonly #sql: SqlStorage;
  readonly #feeds: Feeds;

  constructor(sql: SqlStorage, feeds: Feeds) {
    this.#sql = sql;
    this.#feeds = feeds;
  }

  /**
   * Notes the feeds of an expired article; none for any other. To be called once the article has left its feeds.
   * @returns the feeds for which this is new, and which show nothing else: to others an expiry doesn't matter
   */
  note(article: Article): FeedId[] {
    const feeds = article.status === "expired" ? [...feedsOf(article, []).keys()] : [];
    const before = rows(
      this.#sql,
      v.object({ feed: feedId }),
      "DELETE FROM expired WHERE article = ? RETURNING feed",
      article.id,
    ).map(({ feed }) => feed);
    for (const feed of feeds) {
      this.#sql.exec("INSERT INTO expired (feed, article) VALUES (?, ?)", feed, article.id);
    }
    const changed = [
      ...before.filter((feed) => !feeds.includes(feed)),
      ...feeds.filter((feed) => !before.includes(feed)),
    ];
    return changed.filter((feed) => this.#feeds.find(feed)?.count === 0);
  }

  /** Whether an expired article belongs to a feed: its page is there, and names what the feed gathers by. */
  isAny(feed: FeedId): boolean {
    return isAnyRow(
      this.#sql,
      `SELECT 1 FROM expired JOIN article ON article.id = expired.article
       WHERE expired.feed = ? AND article.status = 'expired' LIMIT 1`,
      feed,
    );
  }
}
