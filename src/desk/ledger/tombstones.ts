/** Tombstones: the articles that were withdrawn from each feed, and when. No KV, no clock. */
import * as v from "valibot";
import type { Instant, Tombstone } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { DAY_MILLISECONDS } from "../../article/instant.ts";
import { feedId, rows } from "../../rows.ts";

/** A withdrawal is announced so long in the feeds. */
const TOMBSTONE_MILLISECONDS = 30 * DAY_MILLISECONDS;

const TombstoneRow = v.pipe(
  v.object({
    id: v.string(),
    guid: v.string(),
    revision: v.number(),
    withdrawn: v.number(),
    reason: v.nullable(v.string()),
  }),
  v.transform(({ reason, ...row }): Tombstone => ({
    version: 1,
    ...row,
    ...(reason !== null && { reason }),
  })),
);

export class Tombstones {
  readonly #sql: SqlStorage;
  readonly #windowSize: number;

  /** @param windowSize how many of them a feed shows at most */
  constructor(sql: SqlStorage, windowSize: number) {
    this.#sql = sql;
    this.#windowSize = windowSize;
  }

  /** Announces a withdrawal in the feeds that showed the article. */
  add(article: string, feeds: readonly FeedId[], withdrawn: Instant): void {
    for (const feed of feeds) {
      this.#sql.exec(
        "INSERT INTO tombstone (feed, withdrawn, article) VALUES (?, ?, ?)",
        feed,
        withdrawn,
        article,
      );
    }
  }

  /** Removes the announcements of an article's withdrawal. @returns the feeds in which they stood */
  remove(id: string): FeedId[] {
    const statement = "DELETE FROM tombstone WHERE article = ? RETURNING feed";
    return rows(this.#sql, v.object({ feed: feedId }), statement, id).map(({ feed }) => feed);
  }

  /** The withdrawals from a feed in the thirty days before `changed`, newest first. */
  of(feed: FeedId, changed: Instant): Tombstone[] {
    return rows(
      this.#sql,
      TombstoneRow,
      `SELECT article.id, article.guid, article.revision, tombstone.withdrawn, article.reason
       FROM tombstone JOIN article ON article.id = tombstone.article
       WHERE tombstone.feed = ? AND tombstone.withdrawn > ?
       ORDER BY tombstone.withdrawn DESC LIMIT +?`,
      feed,
      changed - TOMBSTONE_MILLISECONDS,
      this.#windowSize,
    );
  }
}
