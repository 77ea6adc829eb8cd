/** The ledger's expiries: which feeds the articles belonged to that have expired. No KV, no clock. */
import { type FeedId, readFeedId } from "../article/feed-id.ts";

export class Expiries {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * Notes to which feeds an article belongs that has expired.
   * @param feeds none for an article that hasn't
   * @returns the feeds of which that says something new
   */
  note(article: string, feeds: readonly FeedId[]): FeedId[] {
    const before = this.#sql
      .exec<{ feed: string }>("DELETE FROM expired WHERE article = ? RETURNING feed", article)
      .toArray()
      .map(({ feed }) => readFeedId(feed));
    for (const feed of feeds) {
      this.#sql.exec("INSERT INTO expired (feed, article) VALUES (?, ?)", feed, article);
    }
    return [
      ...before.filter((feed) => !feeds.includes(feed)),
      ...feeds.filter((feed) => !before.includes(feed)),
    ];
  }

  /** Whether an article belongs to a feed that has expired: its page is there, and names what the feed gathers by. */
  isAny(feed: FeedId): boolean {
    return (
      this.#sql
        .exec(
          `SELECT 1 FROM expired JOIN article ON article.id = expired.article
           WHERE expired.feed = ? AND article.status = 'expired' LIMIT 1`,
          feed,
        )
        .toArray().length > 0
    );
  }
}
