/** The ledger's entries: which article stands in which feed, and on which of its archive pages. No KV, no clock. */
import type { Article, Instant } from "../../article/article.ts";
import { type FeedId, readFeedId } from "../../article/feed-id.ts";
import { fitting, type Fitting } from "../../article/weight.ts";
import { sequenceOf } from "./sequence.ts";

/** Where an article stands: `page` is 0 until it is on an archive page. */
export type FeedEntry = { feed: FeedId; published: Instant; page: number };

/** An article on an archive page, as the ledger knows it. */
export type Archived = Pick<Article, "id" | "revision" | "updated"> & {
  link?: string | undefined;
  /** Of its public record. */
  sequence: number;
};

type Weighed = { article: string; weight: number };

export class FeedEntries {
  readonly #sql: SqlStorage;
  readonly #windowSize: number;

  /** @param windowSize how many articles a feed shows at most */
  constructor(sql: SqlStorage, windowSize: number) {
    this.#sql = sql;
    this.#windowSize = windowSize;
  }

  /** Every feed that shows an article. */
  of(article: string): FeedEntry[] {
    return this.#sql
      .exec<{ feed: string; published: number; page: number }>(
        "SELECT feed, published, page FROM entry WHERE article = ? ORDER BY feed",
        article,
      )
      .toArray()
      .map(({ feed, published, page }) => ({ feed: readFeedId(feed), published, page }));
  }

  /** @param length what the article weighs, in bytes */
  add(article: string, { feed, published, page }: FeedEntry, length: number): void {
    this.#sql.exec(
      "INSERT INTO entry (feed, published, article, page, length) VALUES (?, ?, ?, ?, ?)",
      feed,
      published,
      article,
      page,
      length,
    );
  }

  /** Notes on which archive page an article stands, and what it weighs now. */
  update(article: string, { feed, published, page }: FeedEntry, length: number): void {
    this.#sql.exec(
      "UPDATE entry SET page = ?, length = ? WHERE feed = ? AND published = ? AND article = ?",
      page,
      length,
      feed,
      published,
      article,
    );
  }

  /** Notes how long an article's record is, wherever it stands. */
  weigh(article: string, length: number): void {
    this.#sql.exec("UPDATE entry SET length = ? WHERE article = ? AND length != ?", length, article, length);
  }

  remove(article: string, { feed, published }: FeedEntry): void {
    this.#sql.exec(
      "DELETE FROM entry WHERE feed = ? AND published = ? AND article = ?",
      feed,
      published,
      article,
    );
  }

  /** An article older than all that a feed shows doesn't change what it shows. */
  isInWindow(article: string, { feed, published }: FeedEntry): boolean {
    const [oldest] = this.#sql
      .exec<{ published: number; article: string }>(
        `SELECT published, article FROM entry WHERE feed = ?
         ORDER BY published DESC, article DESC LIMIT 1 OFFSET ?`,
        feed,
        this.#windowSize - 1,
      )
      .toArray();
    if (oldest === undefined) return true;
    return published === oldest.published ? article >= oldest.article : published > oldest.published;
  }

  /**
   * The records of a feed's newest articles, as JSON texts, newest first; see `fitting`. None that is left out is read.
   * @param maxBytes what they may weigh together
   */
  records(feed: FeedId, maxBytes: number): Fitting<string> {
    const weights = this.#sql.exec<Weighed>(
      `SELECT shown.article, max(shown.length, sum(octet_length(revision.record))) AS weight
       FROM (SELECT article, published, length FROM entry WHERE feed = ?
             ORDER BY published DESC, article DESC LIMIT ?) AS shown
       JOIN article ON article.id = shown.article
       JOIN revision ON revision.article = article.id AND revision.revision = article.revision
       GROUP BY shown.article ORDER BY shown.published DESC, shown.article DESC`,
      feed,
      this.#windowSize,
    );
    const { shown, tooHeavy, isCut } = fitting(weights, ({ weight }) => weight, maxBytes);
    const records = this.#recordsOf(shown.map(({ article }) => article));
    return {
      shown: shown.flatMap(({ article }) => records.get(article) ?? []),
      tooHeavy: tooHeavy.map(({ article }) => article),
      isCut,
    };
  }

  #recordsOf(articles: readonly string[]): ReadonlyMap<string, string> {
    const rows = this.#sql.exec<{ id: string; record: string }>(
      `SELECT article.id, revision.record FROM article
       JOIN revision ON revision.article = article.id AND revision.revision = article.revision
       WHERE article.id IN (SELECT value FROM json_each(?)) ORDER BY article.id, revision.piece`,
      JSON.stringify(articles),
    );
    const records = new Map<string, string>();
    for (const { id, record } of rows) records.set(id, (records.get(id) ?? "") + record);
    return records;
  }

  /** What a feed shows, in its order. */
  shown(feed: FeedId): Pick<Article, "id" | "revision">[] {
    return this.#sql
      .exec<{ id: string; revision: number }>(
        `SELECT article.id, article.revision
         FROM entry JOIN article ON article.id = entry.article
         WHERE entry.feed = ? ORDER BY entry.published DESC, entry.article DESC LIMIT ?`,
        feed,
        this.#windowSize,
      )
      .toArray();
  }

  /** What stands on an archive page, in the feed's order. */
  onPage(feed: FeedId, page: number): Archived[] {
    // The plus signs choose the index by page: sorting a page costs less than walking its feed in order.
    return this.#sql
      .exec<{
        id: string;
        revision: number;
        updated: number;
        link: string | null;
        changed: number;
        sequence: number | null;
        sequenced: number | null;
      }>(
        `SELECT article.id, article.revision, article.updated, article.link, article.changed, article.sequence,
           article.sequenced
         FROM entry JOIN article ON article.id = entry.article
         WHERE entry.feed = ? AND entry.page = ? ORDER BY +entry.published DESC, +entry.article DESC`,
        feed,
        page,
      )
      .toArray()
      .map(({ id, revision, updated, link, changed, sequence, sequenced }) => ({
        id,
        revision,
        updated,
        link: link ?? undefined,
        sequence: sequenceOf({ revision, status: "published", changed, sequence, sequenced }),
      }));
  }

  /** The article that came first to a feed, of those that it shows, as far as archive pages tell. */
  earliest(feed: FeedId): string | undefined {
    return this.#sql
      .exec<{ article: string }>(
        "SELECT article FROM entry WHERE feed = ? ORDER BY page, published, article LIMIT 1",
        feed,
      )
      .toArray()[0]?.article;
  }

  /** Articles that stand on archive pages after one; at most `limit`. */
  beyond(
    feed: FeedId,
    page: number,
    limit: number,
  ): { article: string; published: Instant; length: number }[] {
    return this.#sql
      .exec<{ article: string; published: number; length: number }>(
        "SELECT article, published, length FROM entry WHERE feed = ? AND page > ? ORDER BY page LIMIT ?",
        feed,
        page,
        limit,
      )
      .toArray();
  }

  /** How many articles an archive page holds, and what they weigh together. */
  loadOf(feed: FeedId, page: number): { count: number; length: number } {
    return this.#sql
      .exec<{ count: number; length: number }>(
        "SELECT count(*) AS count, coalesce(sum(length), 0) AS length FROM entry WHERE feed = ? AND page = ?",
        feed,
        page,
      )
      .one();
  }
}
